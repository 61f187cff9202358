package org.lozenge.workbench.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lozenge.plugin.NumberText;

/**
 * A file or folder under a hidden name beside its target, {@code .NAME.lozenge-PROCESS-N}. It is deleted when it is
 * closed, when the program is stopped by a signal, and, if the program was killed, when the next one writes the same
 * target.
 */
final class Temporary implements AutoCloseable {

    private static final String MARK = ".lozenge-";
    private static final AtomicLong COUNT = new AtomicLong();

    private final Path path;
    private final Thread hook;

    private Temporary(Path path) {
        this.path = path;
        this.hook = new Thread(() -> delete(path), "lozenge-clean-up");
    }

    /** Returns a name beside a target that no file has, and deletes what a killed process left there. */
    static Temporary beside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path folder = Objects.requireNonNull(absolute.getParent(), "folder");
        String prefix = "." + absolute.getFileName() + MARK;
        sweep(folder, prefix);
        String name = prefix + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Temporary temporary = new Temporary(folder.resolve(name));
        delete(temporary.path);
        try {
            Runtime.getRuntime().addShutdownHook(temporary.hook);
        } catch (IllegalStateException e) {
            // The program is being stopped and delivers what it has: closing deletes as well.
            return temporary;
        }
        return temporary;
    }

    Path path() {
        return path;
    }

    private static void sweep(Path folder, String prefix) throws IOException {
        Pattern leftover = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,9})-\\d+");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder, entry -> String.valueOf(entry.getFileName()).startsWith(prefix))) {
            for (Path entry : entries) {
                Matcher name = leftover.matcher(String.valueOf(entry.getFileName()));
                if (name.matches() && !isAlive(name.group(1))) {
                    delete(entry);
                }
            }
        }
    }

    private static boolean isAlive(String pid) {
        Optional<Double> number = NumberText.parse(pid);
        return number.isPresent()
                && ProcessHandle.of(number.get().longValue())
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    /** Deletes a file or a folder with all it holds, without following links; what cannot be deleted stays. */
    static void delete(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // A leftover under a hidden name harms nobody; the next run tries again.
            return;
        }
    }

    /** Deletes the temporary unless it was moved away. */
    @Override
    public void close() {
        delete(path);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is being stopped: the hook runs anyway.
            return;
        }
    }
}

package org.lozenge.workbench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.lozenge.workbench.report.ReportFolder.FolderInUseException;

/** Writes a folder beside its target and puts it in the target's place. */
final class FolderSwap {

    private static final String MANIFEST = "manifest.txt";
    private static final String FIRST_LINE = "# Written by Lozenge: SHA-256 and name of each file";

    private FolderSwap() {}

    /** @param files content by name; {@code /} separates folders */
    static void write(Path target, Map<String, byte[]> files) {
        try {
            Path folder = Files.exists(target)
                    ? target.toRealPath()
                    : target.toAbsolutePath().normalize();
            checkOwn(target, folder);
            Files.createDirectories(Objects.requireNonNull(folder.getParent(), "folder above " + folder));
            try (Temporary fresh = Temporary.beside(folder);
                    Temporary old = Temporary.beside(folder)) {
                fill(fresh.path(), files);
                swap(folder, fresh.path(), old.path());
            }
        } catch (IOException e) {
            throw OutputFile.failure(target, e);
        }
    }

    private static void fill(Path folder, Map<String, byte[]> files) throws IOException {
        Files.createDirectory(folder);
        StringBuilder manifest = new StringBuilder(FIRST_LINE).append('\n');
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey()).normalize();
            if (!path.startsWith(folder)) {
                throw new IOException("the name " + file.getKey() + " leads out of the folder");
            }
            Files.createDirectories(Objects.requireNonNull(path.getParent(), "folder"));
            OutputFile.force(path, file.getValue());
            manifest.append(hash(file.getValue()))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        OutputFile.force(folder.resolve(MANIFEST), manifest.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void swap(Path folder, Path fresh, Path old) throws IOException {
        boolean replaces = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        if (replaces) {
            Files.move(folder, old);
        }
        try {
            Files.move(fresh, folder);
        } catch (IOException e) {
            if (replaces) {
                Files.move(old, folder);
            }
            throw e;
        }
    }

    /** A folder is ours when its manifest lists every file in it with its present content. */
    private static void checkOwn(Path named, Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new FolderInUseException(named + " is a file, not a folder. Choose another name for --out.");
        }
        Map<String, String> listed = manifest(folder.resolve(MANIFEST));
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !name.equals(MANIFEST)) {
                    checkOwn(named, path, name, listed);
                }
            }
        }
    }

    private static void checkOwn(Path folder, Path file, String name, Map<String, String> listed) throws IOException {
        String expected = listed.getOrDefault(name, "");
        if (expected.isEmpty()) {
            throw new FolderInUseException("The folder " + folder + " holds '" + name
                    + "', which Lozenge did not write. Choose another folder, or move that file away.");
        }
        if (!expected.equals(hash(Files.readAllBytes(file)))) {
            throw new FolderInUseException("'" + name + "' in the folder " + folder
                    + " was changed after Lozenge wrote it. Choose another folder, or move that file away.");
        }
    }

    private static Map<String, String> manifest(Path file) throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return hashes;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (!lines.isEmpty() && lines.get(0).equals(FIRST_LINE)) {
            for (String line : lines.subList(1, lines.size())) {
                int gap = line.indexOf("  ");
                if (gap > 0) {
                    hashes.put(line.substring(gap + 2), line.substring(0, gap));
                }
            }
        }
        return hashes;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

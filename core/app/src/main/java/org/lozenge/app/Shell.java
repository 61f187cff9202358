package org.lozenge.app;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * JShell with Lozenge imported. Runs the snippets in this JVM: a second one would cost a second, and JShell's own option
 * for that does not pass its class path on to the snippets on JDK 17.
 */
final class Shell {

    private Shell() {}

    /** Reads and runs snippets until the input ends or the user leaves; returns the status the session gives. */
    static int start(Console console) {
        try {
            Path imports = script("lozenge.jsh");
            Path mode = script("mode.jsh");
            try {
                return start(console, imports.toString(), mode.toString());
            } finally {
                Files.deleteIfExists(imports);
                Files.deleteIfExists(mode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start JShell: " + e.getMessage(), e);
        }
    }

    private static int start(Console console, String imports, String mode) throws IOException {
        JavaShellToolBuilder builder = JavaShellToolBuilder.builder().locale(Locale.ROOT);
        if (!console.setting().outIsTerminal()) {
            builder.in(console.in(), null).persistence(new HashMap<>());
        }
        String[] options = {
            "--execution", "local", "--class-path", classPath(), "--feedback", "concise", "--startup", imports, mode
        };
        try {
            return builder.start(options);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("JShell could not be started", e);
        }
    }

    /**
     * Returns a script as a file: JShell reads no other. The feedback mode has a script of its own, since a start-up
     * script runs before there are modes.
     */
    private static Path script(String name) throws IOException {
        Path file = Files.createTempFile("lozenge", ".jsh");
        try (InputStream script = Objects.requireNonNull(Shell.class.getResourceAsStream(name))) {
            Files.write(file, script.readAllBytes());
        }
        return file;
    }

    /** The class path with the jars that our own jar names in its manifest: JShell's compiler wants them all. */
    private static String classPath() throws IOException {
        String given = System.getProperty("java.class.path", "");
        if (given.contains(File.pathSeparator) || !given.endsWith(".jar")) {
            return given;
        }
        Path folder = Objects.requireNonNull(Path.of(given).toAbsolutePath().getParent());
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(Path::toString)
                    .filter(jar -> jar.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}

package org.lozenge.app;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            Path startup = startup();
            try {
                return start(console, startup);
            } finally {
                Files.deleteIfExists(startup);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start JShell: " + e.getMessage(), e);
        }
    }

    private static int start(Console console, Path startup) throws IOException {
        JavaShellToolBuilder builder = JavaShellToolBuilder.builder().locale(Locale.ROOT);
        if (!console.setting().outIsTerminal()) {
            builder.in(console.in(), null);
        }
        try {
            return builder.start("--execution", "local", "--class-path", classPath(), "--startup", startup.toString());
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("JShell could not be started", e);
        }
    }

    private static Path startup() throws IOException {
        Path file = Files.createTempFile("lozenge", ".jsh");
        try (InputStream script = Objects.requireNonNull(Shell.class.getResourceAsStream("lozenge.jsh"))) {
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

package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The author's first five minutes, with the distribution and with Maven offline, on the JDK that runs the build:
 * {@code plugin new}, {@code mvn -o verify}, {@code plugin check}, {@code run --plugins}.
 */
class PluginNewIT {

    private static final Path DISTRIBUTION = Path.of("target/lozenge").toAbsolutePath();

    @TempDir
    private Path folder;

    private record Ended(int status, String output) {}

    @Test
    void fromANameToARun() throws Exception {
        Optional<Path> maven = maven();
        assumeTrue(maven.isPresent(), "there is no mvn on the PATH");
        Path libraries = localRepository();

        Ended made = run(folder, lozenge(), "plugin", "new", "hodges-lehmann");
        assertThat(made.status).as(made.output).isZero();
        Path project = folder.resolve("hodges-lehmann");

        Ended built =
                run(project, maven.orElseThrow().toString(), "-o", "-q", "-Dmaven.repo.local=" + libraries, "verify");
        assertThat(built.status).as(built.output).isZero();
        assertThat(project.resolve("src/test/resources/hodges-lehmann.json")).exists();

        Path jar = project.resolve("target/hodges-lehmann-0.1.0.jar");
        Ended checked = run(folder, lozenge(), "plugin", "check", jar.toString());
        assertThat(checked.status).as(checked.output).isZero();
        assertThat(checked.output).contains("hodges-lehmann: ", "all checks passed");

        Files.copy(jar, Files.createDirectories(folder.resolve("plugins")).resolve("hodges-lehmann.jar"));
        Files.writeString(folder.resolve("d.csv"), "yi\n1\n2\n3\n99\n");
        Ended ran = run(
                folder,
                lozenge(),
                "run",
                "hodges-lehmann",
                "d.csv",
                "--trim",
                "0.25",
                "--plugins",
                "plugins",
                "--format",
                "json");
        assertThat(ran.status).as(ran.output).isZero();
        assertThat(ran.output).contains("\"plugin\": \"hodges-lehmann\", \"version\": \"0.1.0\"", "\"value\": 2.5");
    }

    private static Optional<Path> maven() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(java.io.File.pathSeparator))
                .map(place -> Path.of(place, "mvn"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String lozenge() {
        return DISTRIBUTION.resolve("bin/lozenge").toString();
    }

    /**
     * The libraries of this build without Lozenge: a folder of links, so that what Maven takes from the project's own
     * repository leaves no trace in that of the user.
     */
    private Path localRepository() throws IOException {
        Path real = real();
        Path farm = Files.createDirectories(folder.resolve("m2/org"));
        link(real, farm.getParent(), "org");
        link(real.resolve("org"), farm, "lozenge");
        return farm.getParent();
    }

    private static Path real() {
        String given = System.getProperty("maven.repo.local", "");
        return given.isEmpty() ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(given);
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.endsWith(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private Ended run(Path directory, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path output = folder.resolve("output.txt");
        builder.redirectOutput(output.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }
}

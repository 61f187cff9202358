package org.lozenge.hosts.weka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.samples.Samples;

/** The package as Weka gets it: installed by Weka's own package manager, used in Weka's own Explorer. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WekaPackageIT {

    private static final Path PACKAGE = Path.of(System.getProperty("weka.package"));
    private static final Path SCREENSHOT = Path.of(System.getProperty("weka.screenshot"));

    @TempDir
    static Path home;

    @Test
    @Order(1)
    void wekasPackageManagerInstallsItOffline() throws Exception {
        String said = java(
                Map.of(), List.of("weka.core.WekaPackageManager", "-offline", "-install-package", PACKAGE.toString()));
        Path installed = home.resolve("packages/lozenge");
        assertThat(installed.resolve("Description.props")).as(said).exists();
        assertThat(installed.resolve("Explorer.props")).exists();
        try (Stream<Path> jars = Files.list(installed.resolve("lib"))) {
            List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
            assertThat(names)
                    .anyMatch(name -> name.startsWith("lozenge-workbench"))
                    .anyMatch(name -> name.startsWith("lozenge-analyses"))
                    .noneMatch(name -> name.startsWith("weka"))
                    .noneMatch(name -> name.startsWith("lozenge-weka"));
        }
    }

    @Test
    @Order(2)
    void theExplorerGetsATabThatPoolsWhatIsLoaded() throws Exception {
        Path data = home.resolve("eight-schools.csv");
        Files.writeString(data, Samples.get("eight-schools").csv());
        Files.deleteIfExists(SCREENSHOT);
        String said;
        try (Screen screen = Screen.open()) {
            said = java(
                    screen.environment(),
                    List.of(ExplorerDriver.class.getName(), data.toString(), SCREENSHOT.toString()));
        }
        assertThat(said).contains("loader: WekaPackageLibIsolatingClassLoader", "enabled: true", "status: ok");
        assertThat(said).contains("7.686", "ad hoc guard", "figure: Forest plot");
        assertThat(said).doesNotContain("Exception");
        assertThat(ImageIO.read(SCREENSHOT.toFile()).getWidth()).isGreaterThan(1000);
    }

    /** Runs a class in a JVM with Weka, what Weka needs, and the tests, but nothing of Lozenge, on its class path. */
    private static String java(Map<String, String> environment, List<String> call) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dweka.packageManager.offline=true",
                "-cp",
                wekasClassPath()));
        command.addAll(call);
        Path log = Files.createTempFile(home, "weka", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("WEKA_HOME", home.toString());
        builder.environment().keySet().removeAll(List.of("LOZENGE_PLUGINS", "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended).as(said).isTrue();
        return said;
    }

    private static String wekasClassPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .filter(entry -> entry.endsWith("test-classes") || isWekas(entry.replace(File.separatorChar, '/')))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isWekas(String entry) {
        return Stream.of(
                        "/weka",
                        "/bounce",
                        "/mtj",
                        "/netlib",
                        "/native_",
                        "/jniloader",
                        "/core-1",
                        "/arpack",
                        "/java-cup",
                        "/jfilechooser",
                        "/jclipboard",
                        "/flatlaf")
                .anyMatch(name -> entry.substring(entry.lastIndexOf('/')).startsWith(name));
    }

    /** The display that there is, or a virtual one of its own. */
    private record Screen(Optional<Process> server, Map<String, String> environment) implements AutoCloseable {

        static Screen open() throws IOException {
            if (System.getenv("DISPLAY") != null) {
                return new Screen(Optional.empty(), Map.of());
            }
            Optional<Path> xvfb = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, "Xvfb"))
                    .filter(Files::isExecutable)
                    .findFirst();
            assumeTrue(xvfb.isPresent(), "There is neither a display nor Xvfb; install the package xvfb");
            Process server = new ProcessBuilder(
                            xvfb.get().toString(), "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            StringBuilder number = new StringBuilder();
            for (int c = server.getInputStream().read();
                    c >= '0';
                    c = server.getInputStream().read()) {
                number.append((char) c);
            }
            assertThat(number.toString()).as("the display that Xvfb chose").isNotEmpty();
            return new Screen(Optional.of(server), Map.of("DISPLAY", ":" + number));
        }

        @Override
        public void close() {
            server.ifPresent(Process::destroy);
        }
    }
}

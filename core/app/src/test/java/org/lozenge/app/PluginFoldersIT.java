package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled analyses as strangers' plugins load: their built jars, alone in a folder, and a host without them. */
class PluginFoldersIT {

    /** What the bundled plugin brings itself; everything else is the host's. */
    private static final List<String> OF_THE_PLUGIN =
            List.of("lozenge-analyses", "lozenge-stats", "commons-math3", "commons-numbers", "smile", "slf4j");

    /** What the host needs too, so that each side has a copy of its own. */
    private static final List<String> OF_BOTH = List.of("commons-math3", "slf4j");

    private static final Path LIBRARIES = root().resolve("core/app/target/lozenge/lib");

    @TempDir
    private Path folder;

    private record Ended(int status, String out, String err) {}

    private static boolean startsWithAny(Path jar, List<String> names) {
        return names.stream().anyMatch(String.valueOf(jar.getFileName())::startsWith);
    }

    private void layOut() throws Exception {
        Path host = Files.createDirectories(folder.resolve("host"));
        Path plugin = Files.createDirectories(folder.resolve("plugins/lozenge-analyses"));
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                boolean own = startsWithAny(jar, OF_THE_PLUGIN);
                if (own) {
                    Files.copy(jar, plugin.resolve(jar.getFileName()));
                }
                if (!own || startsWithAny(jar, OF_BOTH)) {
                    Files.copy(jar, host.resolve(jar.getFileName()));
                }
            }
        }
    }

    private Ended java(Path libraries, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                libraries + "/*",
                "org.lozenge.app.Main"));
        command.addAll(Arrays.asList(args));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void theBundledAnalysesLoadFromAFolder() throws Exception {
        layOut();
        String plugins = folder.resolve("plugins").toString();
        Path host = folder.resolve("host");

        Ended bare = java(host, "list", "--json");
        assertThat(bare.out.strip()).isEqualTo("[ ]");
        assertThat(bare.err).isEmpty();

        Ended bundled = java(LIBRARIES, "list", "--json");
        Ended loaded = java(host, "list", "--json", "--plugins", plugins);
        assertThat(loaded.err).isEmpty();
        assertThat(loaded.out).isEqualTo(bundled.out).contains("\"pool\"");

        for (String analysis : List.of("pool", "gosh")) { // gosh uses Smile, which only the plugin has
            String[] call = {"run", analysis, "sample:bcg", "--format", "json"};
            String[] withPlugins = Arrays.copyOf(call, call.length + 2);
            withPlugins[call.length] = "--plugins";
            withPlugins[call.length + 1] = plugins;
            Ended run = java(host, withPlugins);
            assertThat(run.status).as(run.err).isZero();
            assertThat(run.out).isEqualTo(java(LIBRARIES, call).out);
        }
    }

    @Test
    void listPrintsNothingOnStandardError() throws Exception {
        Ended ended = java(LIBRARIES, "list");
        assertThat(ended.status).isZero();
        assertThat(ended.out).contains("pool");
        assertThat(ended.err).isEmpty();
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("plugin-api"))) {
            at = at.getParent();
        }
        return at;
    }
}

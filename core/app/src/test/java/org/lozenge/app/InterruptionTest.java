package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C as a user presses it: a real process gets the signal while it computes. */
@EnabledOnOs(OS.LINUX)
class InterruptionTest {

    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    private record Ended(int status, String out, String err) {}

    /** Who runs the tests may have switched the signal off, which processes inherit. */
    @BeforeEach
    void theSignalIsNotIgnored() throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("SigIgn: 0")
                .replaceFirst("SigIgn:\\s*", "");
        assumeTrue((Long.parseUnsignedLong(ignored, 16) & 0b10) == 0, "SIGINT is ignored here");
    }

    private Path studies(int k) throws IOException {
        StringBuilder csv = new StringBuilder("study,effect,se,dose\n");
        SplittableRandom random = new SplittableRandom(k);
        for (int i = 1; i <= k; i++) {
            csv.append("Study ").append(i).append(',').append(random.nextInt(-90, 110) / 100.0);
            csv.append(',').append(random.nextInt(10, 60) / 100.0);
            csv.append(',').append(random.nextInt(1, 50)).append('\n');
        }
        return Files.writeString(folder.resolve("studies.csv"), csv);
    }

    private Ended interrupted(String step, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-Dlozenge.err.terminal=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(words);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            process.getOutputStream().close();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (!Files.readString(err).contains("% " + step) && process.isAlive() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(process.isAlive())
                    .as("still computing: %s", Files.readString(err))
                    .isTrue();
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "gosh,        60,   Subsets,        --tau2 ml --subsets 3000000,  subsets",
        "permutation, 100,  Arrangements,   --tau2 ml --draws 20000000,   test",
        "bootstrap,   100,  Draws,          --tau2 ml --draws 5000000,    intervals",
        "multiverse,  1500, Specifications, --exclude one,                specifications",
        "influence,   5000, Studies left out, --map moderators=dose,      influence",
        "leave-one-out, 20000, Studies left out, --model random,          fits",
        "cumulative,  20000, Steps,         --model random,               fits",
    })
    void whatIsDoneIsDelivered(String analysis, int k, String step, String options, String table) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", analysis, studies(k).toString(), "--format", "json"));
        words.addAll(List.of(options.split(" ")));
        Ended ended = interrupted(step, words);
        assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.CANCELLED);
        assertThat(ended.out()).contains("\"status\": \"cancelled\"").contains("\"id\": \"" + table + "\"");
        assertThat(ended.out()).containsPattern("\"code\": \"stopped-early\", \"text\": \"Stopped after [1-9][0-9,]* ");
        assertThat(ended.out()).contains("'" + analysis + "' was cancelled.").endsWith("}\n");
    }

    @Test
    void aFolderIsWrittenWhole() throws Exception {
        Path out = folder.resolve("result");
        Ended ended = interrupted(
                "Subsets",
                List.of(
                        "run",
                        "gosh",
                        studies(60).toString(),
                        "--tau2",
                        "ml",
                        "--subsets",
                        "3000000",
                        "--out",
                        out + "/"));
        assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.CANCELLED);
        assertThat(out.resolve("results.json")).content().contains("\"status\": \"cancelled\"");
        assertThat(out.resolve("figures/gosh.png")).isNotEmptyFile();
        assertThat(ended.err()).contains("Stopped after ").contains("Wrote ");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("studies.csv", "out.txt", "err.txt", "result");
        }
    }
}

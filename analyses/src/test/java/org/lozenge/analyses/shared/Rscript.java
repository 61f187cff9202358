package org.lozenge.analyses.shared;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** R, where it is installed with metafor. */
public final class Rscript {

    private Rscript() {}

    /**
     * What a script says and its exit status.
     *
     * @param status 0 if it came to its end
     * @param output everything it wrote
     */
    public record Run(int status, String output) {}

    /** Runs a script in a folder; the test is skipped where R or metafor is missing. */
    public static Run run(Path folder, String script) {
        try {
            Path file = folder.resolve("analysis.R");
            Assumptions.assumeTrue(
                    start(folder, "-e", "library(metafor)").status() == 0, "R with metafor is not installed");
            Files.writeString(file, script);
            return start(folder, file.toString());
        } catch (IOException e) {
            Assumptions.abort("Rscript is not installed: " + e.getMessage());
            throw new IllegalStateException(e);
        }
    }

    private static Run start(Path folder, String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "Rscript";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int status = process.waitFor();
            return new Run(status, Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package org.lozenge.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** The word DATA of a command: a file, {@code -} for CSV from standard input, or {@code sample:NAME}. */
final class DataSource {

    static final String SAMPLE = "sample:";

    private DataSource() {}

    /**
     * Reads the data.
     *
     * @throws CommandException if there is no such sample
     * @throws org.lozenge.workbench.table.InputException if the data cannot be read
     */
    static Dataset read(String name, Console console) {
        if (name.equals("-")) {
            return Dataset.read("standard input", console.in(), FileFormat.CSV);
        }
        if (name.startsWith(SAMPLE)) {
            return sample(name.substring(SAMPLE.length()));
        }
        try {
            return Dataset.read(Path.of(name));
        } catch (InvalidPathException e) {
            throw CommandException.mend("no-such-file", "'" + name + "' cannot be the name of a file");
        }
    }

    static Dataset sample(String name) {
        return Samples.find(name)
                .map(sample ->
                        Dataset.parse(SAMPLE + name, sample.csv().getBytes(StandardCharsets.UTF_8), FileFormat.CSV))
                .orElseThrow(() -> noSample(name));
    }

    static CommandException noSample(String name) {
        return CommandException.mend(
                "no-such-sample",
                "There is no sample data set '" + name + "'." + Suggestion.didYouMean(name, Samples.names())
                        + " 'lozenge sample' lists them.");
    }
}

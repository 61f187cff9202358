package org.lozenge.analyses.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Runs bundled analyses through the real host on CSV text. */
public final class Runs {

    private Runs() {}

    /** Runs an analysis on lines of CSV. */
    public static Outcome run(String id, String csv, UnaryOperator<Run> settings) {
        try (Workbench workbench = Workbench.openLazily()) {
            Dataset data = Dataset.parse("data.csv", csv.getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
            return settings.apply(workbench.run(id, data)).get();
        }
    }

    /** Runs an analysis with its defaults. */
    public static Outcome run(String id, String csv) {
        return run(id, csv, run -> run);
    }

    /** A test resource of individual patients without its comment line. */
    public static String patients(String name) {
        String text = resource("ipd-" + name + ".csv");
        return text.substring(text.indexOf('\n') + 1);
    }

    /** A test resource as text, by its absolute name or one relative to this package. */
    public static String resource(String name) {
        try (InputStream in = Runs.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table of a result that must be there. */
    public static Tabular table(Outcome outcome, String id) {
        return outcome.get().item(id, Tabular.class);
    }

    /** The texts of a column. */
    public static List<String> texts(Tabular table, String column) {
        return IntStream.range(0, table.rows())
                .mapToObj(i -> table.text(column, i))
                .toList();
    }

    /** The codes of all messages. */
    public static List<String> codes(Outcome outcome) {
        return outcome.messages().stream().map(Message::code).toList();
    }

    /** The text of the only message with a code. */
    public static String text(Outcome outcome, String code) {
        List<String> texts = outcome.messages().stream()
                .filter(m -> m.code().equals(code))
                .map(Message::text)
                .toList();
        if (texts.size() != 1) {
            throw new AssertionError("Messages with code " + code + ": " + texts + " among " + outcome.messages());
        }
        return texts.get(0);
    }
}

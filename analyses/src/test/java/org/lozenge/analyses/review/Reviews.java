package org.lozenge.analyses.review;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Reviews run through the host, and views of their results. */
final class Reviews implements AutoCloseable {

    private final Workbench workbench = Workbench.openLazily();

    Run sample(String name) {
        return on(name, Samples.get(name).csv());
    }

    Run on(String csv) {
        return on("trials", csv);
    }

    private Run on(String name, String csv) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return workbench.run("review", Dataset.parse(name + ".csv", bytes, FileFormat.CSV));
    }

    static Section section(Outcome outcome, String id) {
        return outcome.get().item(id, Section.class);
    }

    static Tabular table(Outcome outcome, String section, String id) {
        return section(outcome, section).item(id, Tabular.class);
    }

    static String text(Outcome outcome, String section, String id) {
        return section(outcome, section).item(id, Text.class).body();
    }

    static List<String> texts(Tabular table, String column) {
        return IntStream.range(0, table.rows())
                .mapToObj(row -> table.text(column, row))
                .toList();
    }

    static List<Integer> integers(Tabular table, String column) {
        return IntStream.range(0, table.rows())
                .mapToObj(row -> (int) table.number(column, row))
                .toList();
    }

    static List<String> codes(List<Message> messages) {
        return messages.stream().map(Message::code).toList();
    }

    /** Returns the number in a column, in the row whose text in another column is given. */
    static double number(Tabular table, String key, String value, String column) {
        return table.number(column, texts(table, key).indexOf(value));
    }

    /** Returns the row numbers that a column of row texts such as {@code 7–11, 15} stands for. */
    static Set<Integer> rows(List<String> texts) {
        Set<Integer> rows = new TreeSet<>();
        for (String text : texts) {
            for (String part : text.split(", ")) {
                String[] ends = part.split("\u2013");
                IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                        .forEach(rows::add);
            }
        }
        return rows;
    }

    @Override
    public void close() {
        workbench.close();
    }
}

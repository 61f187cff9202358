package org.lozenge.workbench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;

/**
 * An outcome in the words and digits of a reader: what the text, Markdown and HTML renderers share. All numbers are
 * rounded texts.
 *
 * @param title heading
 * @param status {@code ok}, {@code rejected}, {@code failed} or {@code cancelled}
 * @param blocks the parts in reading order
 * @param messages what the reader should know about the run as a whole
 * @param provenance what was run on what
 */
record Document(String title, String status, List<Block> blocks, List<Message> messages, Provenance provenance) {

    /** One part. */
    sealed interface Block {}

    /** A label and its value. */
    record Fact(String label, String value) {}

    /** Single numbers that stand next to each other. */
    record Facts(List<Fact> facts) implements Block {}

    /** A column of a table; numbers are set flush right. */
    record Column(String name, String header, boolean numeric, List<String> cells) {}

    /**
     * A table.
     *
     * @param rows number of rows shown
     * @param omitted number of further rows, for which there is no room
     */
    record Grid(String id, String title, List<Column> columns, int rows, int omitted) implements Block {}

    /** A figure: the item to draw, its description in words, and what it shows as a table. */
    record Plot(ResultItem item, String description, Grid data) implements Block {}

    /** Paragraphs. */
    record Prose(String id, String title, List<String> paragraphs) implements Block {}

    /** Parts under a heading. */
    record Part(String id, String title, Section.Status status, List<Block> blocks, List<Message> messages)
            implements Block {}

    Document {
        blocks = List.copyOf(blocks);
        messages = List.copyOf(messages);
    }

    /**
     * Returns the document of an outcome.
     *
     * @param title heading
     * @param mostRows rows of a table beyond which the rest is left out
     */
    static Document of(Outcome outcome, String title, int mostRows) {
        List<Block> blocks = outcome.available()
                .map(result -> new Typesetter(mostRows).blocks(result.items()))
                .orElse(List.of());
        return new Document(title, outcome.status(), blocks, outcome.messages(), outcome.provenance());
    }

    /** Returns the non-empty paragraphs of a text. */
    static List<String> paragraphs(String body) {
        List<String> paragraphs = new ArrayList<>();
        for (String paragraph : Arrays.asList(body.split("\\R[ \\t]*\\R", -1))) {
            if (!paragraph.isBlank()) {
                paragraphs.add(paragraph.strip());
            }
        }
        return paragraphs;
    }

    /** Returns the rows of a message in words: {@code row 2} or {@code rows 2, 3 and 7}; empty when there are none. */
    static String rows(Message message) {
        List<Integer> rows = message.rows();
        if (rows.isEmpty()) {
            return "";
        }
        if (rows.size() == 1) {
            return "row " + rows.get(0);
        }
        int shown = Math.min(rows.size(), 12);
        StringBuilder text = new StringBuilder("rows ").append(rows.get(0));
        for (int i = 1; i < shown; i++) {
            text.append(i == rows.size() - 1 ? " and " : ", ").append(rows.get(i));
        }
        return shown < rows.size()
                ? text.append(" and ")
                        .append(rows.size() - shown)
                        .append(" more")
                        .toString()
                : text.toString();
    }
}

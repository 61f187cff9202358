package org.lozenge.workbench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.figure.Figure;
import org.lozenge.workbench.figure.FigureOptions;
import org.lozenge.workbench.report.Document.Block;

/**
 * A result, or a part of one, as a piece of somebody else's page: a cell of a notebook, a pane of a window. It has the
 * tables, figures, texts and messages that a {@link Report} has, but no heading, no provenance and no page around it.
 * Immutable.
 *
 * <pre>{@code display.putHTML(Fragment.of(outcome).html());}</pre>
 */
public final class Fragment {

    private static final int MOST_ROWS = 1000;
    private static final int USUAL_WIDTH = 100;

    private final String status;
    private final List<ResultItem> items;
    private final List<Message> messages;

    private Fragment(String status, List<ResultItem> items, List<Message> messages) {
        this.status = status;
        this.items = List.copyOf(items);
        this.messages = List.copyOf(messages);
    }

    /** Returns what an outcome has to show and to say. */
    public static Fragment of(Outcome outcome) {
        List<ResultItem> items = outcome.available().map(AnalysisResult::items).orElse(List.of());
        return new Fragment(outcome.status(), items, outcome.messages());
    }

    /** Returns the parts of a result. */
    public static Fragment of(AnalysisResult result) {
        return new Fragment("ok", result.items(), List.of());
    }

    /** Returns one part of a result. */
    public static Fragment of(ResultItem item) {
        return new Fragment("ok", List.of(item), List.of());
    }

    /** Returns it as plain text, up to 100 characters wide. */
    public String text() {
        String parts = new TextReport(USUAL_WIDTH, false).parts(blocks(), messages);
        return status.equals("ok") ? parts : "Status: " + status + "\n\n" + parts;
    }

    /**
     * Returns it as an HTML element of class {@code lozenge} with style and figures inside, without scripts. Its rules
     * reach no other element of the page, and pieces of different content share no ids.
     */
    public String html() {
        String path = "f" + hash(text());
        FileNames prefixes = new FileNames();
        Drawing drawing = item -> {
            String prefix = path + "-" + prefixes.unique(item.id());
            return Figure.of(item, FigureOptions.defaults().idPrefix(prefix)).svg();
        };
        return "<div class=\"lozenge\">\n<style>\n" + style() + "</style>\n"
                + new HtmlReport(drawing).parts(status, blocks(), messages, path) + "</div>\n";
    }

    /**
     * Returns its texts, tables and messages as HTML elements without style and figures, for viewers that know little more
     * than tables, such as those of Swing.
     */
    public String plainHtml() {
        List<Block> blocks = new Typesetter(MOST_ROWS).blocks(undrawn(items));
        return new HtmlReport(item -> "").parts(status, blocks, messages, "");
    }

    private static List<ResultItem> undrawn(List<ResultItem> items) {
        List<ResultItem> undrawn = new ArrayList<>();
        for (ResultItem item : items) {
            if (item instanceof Section part) {
                undrawn.add(
                        new Section(part.id(), part.title(), part.status(), undrawn(part.items()), part.messages()));
            } else if (!Figure.canDraw(item)) {
                undrawn.add(item);
            }
        }
        return undrawn;
    }

    private List<Block> blocks() {
        return new Typesetter(MOST_ROWS).blocks(items);
    }

    private static String hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static String style() {
        try (InputStream in = Fragment.class.getResourceAsStream("fragment.css")) {
            if (in == null) {
                throw new IllegalStateException("The jar holds no fragment.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read fragment.css", e);
        }
    }
}

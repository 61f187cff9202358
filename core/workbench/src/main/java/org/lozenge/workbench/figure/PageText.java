package org.lozenge.workbench.figure;

import java.util.List;

/** Lines and paragraphs of text that run over the page. */
final class PageText {

    private static final int PARAGRAPH_LINES = 12;

    private final Theme theme;
    private final Sizes sizes;
    private final double width;
    private final List<Shape> out;

    /**
     * @param width of the page
     * @param out receives the texts
     */
    PageText(Theme theme, Sizes sizes, double width, List<Shape> out) {
        this.theme = theme;
        this.sizes = sizes;
        this.width = width;
        this.out = out;
    }

    /** Returns how notes are set. */
    TextStyle small() {
        return TextStyle.of(sizes.small(), theme.muted());
    }

    /** Sets a line in the type of rows. */
    void line(double x, double base, String line) {
        out.add(new Shape.Words(new Point(x, base), line, TextStyle.of(sizes.body(), theme.ink())));
    }

    /** Sets small lines from a top edge on and returns their bottom edge. */
    double lines(double x, double top, List<String> lines) {
        double y = top;
        for (String line : lines) {
            y += sizes.smallLead();
            out.add(new Shape.Words(new Point(x, y - 2 * sizes.scale()), line, small()));
        }
        return y;
    }

    /** Sets a small text over the width of the page and returns its bottom edge; nothing if it is empty. */
    double paragraph(double top, String text) {
        if (text.isEmpty()) {
            return top;
        }
        double room = width - 2 * Sizes.MARGIN;
        return lines(Sizes.MARGIN, top, FigureText.wrap(text, small(), room, PARAGRAPH_LINES));
    }
}

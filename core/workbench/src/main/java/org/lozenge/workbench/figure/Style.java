package org.lozenge.workbench.figure;

/**
 * How a shape is filled and outlined.
 *
 * @param fill colour as {@code 0xRRGGBB}, or {@link #NONE}
 * @param stroke colour of the outline, or {@link #NONE}
 * @param width width of the outline in points
 * @param dash length of a dash in points; 0 for a solid line
 * @param gap length of the gap between dashes
 * @param opacity from 0, invisible, to 1
 */
public record Style(int fill, int stroke, double width, double dash, double gap, double opacity) {

    /** No colour. */
    public static final int NONE = -1;

    /** Returns a filled shape without an outline. */
    public static Style filled(int colour) {
        return new Style(colour, NONE, 0, 0, 0, 1);
    }

    /** Returns a solid line. */
    public static Style line(int colour, double width) {
        return new Style(NONE, colour, width, 0, 0, 1);
    }

    /** Returns this style with an outline. */
    public Style outlined(int colour, double lineWidth) {
        return new Style(fill, colour, lineWidth, dash, gap, opacity);
    }

    /** Returns this style with dashes and gaps of the given lengths. */
    public Style dashed(double on, double off) {
        return new Style(fill, stroke, width, on, off, opacity);
    }

    /** Returns this style, more or less transparent. */
    public Style opacity(double value) {
        return new Style(fill, stroke, width, dash, gap, value);
    }
}

package org.lozenge.workbench.figure;

import java.util.Objects;

/**
 * How a text is set, in Liberation Sans.
 *
 * @param size of the type in points
 * @param bold or regular
 * @param colour {@code 0xRRGGBB}
 * @param anchor which part of the text stands at its place
 * @param upwards whether it reads from bottom to top
 */
public record TextStyle(double size, boolean bold, int colour, Anchor anchor, boolean upwards) {

    /** The part of a text that stands at its place. */
    public enum Anchor {
        /** Its left end. */
        START,
        /** Its middle. */
        MIDDLE,
        /** Its right end. */
        END
    }

    /** Checks the anchor. */
    public TextStyle {
        Objects.requireNonNull(anchor, "anchor");
    }

    /** Returns upright regular type that starts at its place. */
    public static TextStyle of(double size, int colour) {
        return new TextStyle(size, false, colour, Anchor.START, false);
    }

    /** Returns this style in bold, or not. */
    public TextStyle bold(boolean yes) {
        return new TextStyle(size, yes, colour, anchor, upwards);
    }

    /** Returns this style with another anchor. */
    public TextStyle anchor(Anchor other) {
        return new TextStyle(size, bold, colour, other, upwards);
    }

    /** Returns this style turned to read from bottom to top. */
    public TextStyle turned() {
        return new TextStyle(size, bold, colour, anchor, true);
    }
}

package org.lozenge.workbench.figure;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How a figure looks. Immutable; every {@code with}-like method returns changed options.
 *
 * <pre>{@code FigureOptions.defaults().theme(Theme.MONO).width(Width.COLUMN).decimals(3)}</pre>
 */
public final class FigureOptions {

    /** The width of the page. */
    public enum Width {
        /** A column of a journal: 241 pt or 85 mm. Columns of text are left out where they do not fit. */
        COLUMN(241, 241),
        /** The page of a journal: 510 pt or 180 mm for forest plots, 320 pt for plots over two axes. */
        FULL(510, 320),
        /** Slides and screens: 720 pt, 480 pt for plots over two axes. */
        WIDE(720, 480);

        private final double forest;
        private final double xy;

        Width(double forest, double xy) {
            this.forest = forest;
            this.xy = xy;
        }

        double forest() {
            return forest;
        }

        double xy() {
            return xy;
        }
    }

    /**
     * Both ends of an axis, in the units of the plot.
     *
     * @param low left end
     * @param high right end, above the left one
     */
    public record Limits(double low, double high) {
        /** Checks the order. */
        public Limits {
            if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
                throw new IllegalArgumentException(
                        "Axis limits must be two finite numbers in ascending order, but are " + low + " and " + high);
            }
        }
    }

    private static final Pattern XML_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private static final FigureOptions DEFAULTS =
            new FigureOptions(Width.FULL, Theme.COLOUR, OptionalInt.empty(), Optional.empty(), Optional.empty(), 1);

    private final Width width;
    private final Theme theme;
    private final OptionalInt decimals;
    private final Optional<Limits> limits;
    private final Optional<String> idPrefix;
    private final double fontScale;

    private FigureOptions(
            Width width,
            Theme theme,
            OptionalInt decimals,
            Optional<Limits> limits,
            Optional<String> idPrefix,
            double fontScale) {
        this.width = Objects.requireNonNull(width, "width");
        this.theme = Objects.requireNonNull(theme, "theme");
        this.decimals = decimals;
        this.limits = limits;
        this.idPrefix = idPrefix;
        this.fontScale = fontScale;
    }

    /** Returns full width, colours, limits and decimals chosen from the data. */
    public static FigureOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another width. */
    public FigureOptions width(Width value) {
        return new FigureOptions(value, theme, decimals, limits, idPrefix, fontScale);
    }

    /** Returns these options with other colours. */
    public FigureOptions theme(Theme value) {
        return new FigureOptions(width, value, decimals, limits, idPrefix, fontScale);
    }

    /**
     * Returns these options with a number of decimals for effects and intervals. Without it, two, and more where an
     * effect would lose its digits. A number that is not zero never prints as zero.
     *
     * @param value 0 to 10
     */
    public FigureOptions decimals(int value) {
        if (value < 0 || value > 10) {
            throw new IllegalArgumentException("Decimals must be from 0 to 10, but are " + value);
        }
        return new FigureOptions(width, theme, OptionalInt.of(value), limits, idPrefix, fontScale);
    }

    /**
     * Returns these options with the ends of the horizontal axis. What lies beyond ends in an arrow.
     *
     * @param low left end; above 0 on a log axis
     * @param high right end
     */
    public FigureOptions limits(double low, double high) {
        return new FigureOptions(width, theme, decimals, Optional.of(new Limits(low, high)), idPrefix, fontScale);
    }

    /**
     * Returns these options with the start of all ids in the SVG. Pictures that stand in one HTML page need different
     * ones. Without it, the id of the plot.
     *
     * @param value a letter, then letters, digits, {@code -} or {@code _}
     */
    public FigureOptions idPrefix(String value) {
        if (!XML_NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' cannot start the ids of a figure: use a letter, then letters, digits, '-' or '_'");
        }
        return new FigureOptions(width, theme, decimals, limits, Optional.of(value), fontScale);
    }

    /**
     * Returns these options with larger or smaller type, rows and marks on the same page.
     *
     * @param value 0.5 to 3; 1 sets text in 8 pt
     */
    public FigureOptions fontScale(double value) {
        if (!(value >= 0.5 && value <= 3)) {
            throw new IllegalArgumentException("The font scale must be from 0.5 to 3, but is " + value);
        }
        return new FigureOptions(width, theme, decimals, limits, idPrefix, value);
    }

    /** Returns the width of the page. */
    public Width width() {
        return width;
    }

    /** Returns the colours. */
    public Theme theme() {
        return theme;
    }

    /** Returns the number of decimals; empty to choose from the data. */
    public OptionalInt decimals() {
        return decimals;
    }

    /** Returns the ends of the horizontal axis; empty to choose from the data. */
    public Optional<Limits> limits() {
        return limits;
    }

    /** Returns the start of all ids in the SVG; empty for the id of the plot. */
    public Optional<String> idPrefix() {
        return idPrefix;
    }

    /** Returns the factor by which type, rows and marks grow. */
    public double fontScale() {
        return fontScale;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FigureOptions that
                && width == that.width
                && theme.equals(that.theme)
                && decimals.equals(that.decimals)
                && limits.equals(that.limits)
                && idPrefix.equals(that.idPrefix)
                && fontScale == that.fontScale;
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, theme, decimals, limits, idPrefix, fontScale);
    }

    @Override
    public String toString() {
        return "FigureOptions " + width + " " + theme.name();
    }
}

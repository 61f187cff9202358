package org.lozenge.workbench.figure;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The colours of a figure as {@code 0xRRGGBB}. Shapes repeat whatever a colour says, so every theme can be read without
 * colours.
 *
 * @param name by which options choose it
 * @param background the page
 * @param ink text, axes and the line of no effect
 * @param muted small text and dashed lines; at least 7:1 against the background
 * @param data observed data
 * @param estimate pooled results
 * @param estimateLight fill of the pooled result of a group
 * @param second a second line of interest
 * @param shadeLight the faintest region
 * @param shadeMedium a region
 * @param shadeDark the strongest region
 */
public record Theme(
        String name,
        int background,
        int ink,
        int muted,
        int data,
        int estimate,
        int estimateLight,
        int second,
        int shadeLight,
        int shadeMedium,
        int shadeDark) {

    /** Colours of Okabe and Ito on white, told apart by readers with any kind of colour vision. */
    public static final Theme COLOUR = new Theme(
            "colour", 0xFFFFFF, 0x000000, 0x595959, 0x0072B2, 0xD55E00, 0xF2B48A, 0x009E73, 0xF2F2F2, 0xBDBDBD,
            0x969696);

    /** Black and grey on white, for print. */
    public static final Theme MONO = new Theme(
            "mono", 0xFFFFFF, 0x000000, 0x595959, 0x404040, 0x000000, 0xC8C8C8, 0x595959, 0xF2F2F2, 0xCFCFCF, 0xB0B0B0);

    /** Light on dark, for slides and screens. */
    public static final Theme DARK = new Theme(
            "dark", 0x17191D, 0xF2F2F2, 0xB9BEC6, 0x56B4E9, 0xE69F00, 0x7A5710, 0x2FCB9B, 0x23262C, 0x3A3F48, 0x555B66);

    /** Checks the name. */
    public Theme {
        Objects.requireNonNull(name, "name");
    }

    /**
     * Returns the theme with a name.
     *
     * @param name {@code colour}, {@code mono} or {@code dark}, in any case
     * @throws IllegalArgumentException if there is none; the message lists what there is
     */
    public static Theme named(String name) {
        return all().stream()
                .filter(theme -> theme.name.equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no theme '" + name + "'; themes: "
                        + all().stream().map(Theme::name).toList()));
    }

    /** Returns the themes that come with the workbench. */
    public static List<Theme> all() {
        return List.of(COLOUR, MONO, DARK);
    }
}

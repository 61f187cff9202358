package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.workbench.figure.FigureOptions.Width;

class FigureOptionsTest {

    private static final FigureOptions DEFAULTS = FigureOptions.defaults();

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void eachWitherChangesItsValueOnly() {
        FigureOptions options = DEFAULTS.width(Width.WIDE)
                .theme(Theme.MONO)
                .decimals(3)
                .limits(0.1, 10)
                .idPrefix("pfs")
                .fontScale(1.2);
        assertEquals(Width.WIDE, options.width());
        assertEquals(Theme.MONO, options.theme());
        assertEquals(3, options.decimals().orElseThrow());
        assertEquals(new FigureOptions.Limits(0.1, 10), options.limits().orElseThrow());
        assertEquals("pfs", options.idPrefix().orElseThrow());
        assertEquals(1.2, options.fontScale());
        assertEquals(Width.FULL, DEFAULTS.width());
    }

    @Test
    void equalOptionsAreEqual() {
        assertThat(DEFAULTS.decimals(2)).isEqualTo(DEFAULTS.decimals(2)).hasSameHashCodeAs(DEFAULTS.decimals(2));
        assertThat(DEFAULTS.decimals(2)).isNotEqualTo(DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "1, 1", "NaN, 1", "0, Infinity"})
    void limitsMustAscend(double low, double high) {
        assertThat(message(() -> DEFAULTS.limits(low, high))).contains(String.valueOf(low));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a\"", "ä"})
    void anIdPrefixMustBeAName(String prefix) {
        assertThat(message(() -> DEFAULTS.idPrefix(prefix))).contains("'" + prefix + "'");
    }

    @Test
    void otherValuesMustBeSensible() {
        assertThat(message(() -> DEFAULTS.decimals(-1))).contains("-1");
        assertThat(message(() -> DEFAULTS.decimals(11))).contains("11");
        assertThat(message(() -> DEFAULTS.fontScale(0.1))).contains("0.1");
        assertThat(message(() -> DEFAULTS.fontScale(Double.NaN))).contains("NaN");
    }

    @Test
    void themesAreFoundByName() {
        assertEquals(Theme.MONO, Theme.named("Mono"));
        assertThat(message(() -> Theme.named("pink"))).contains("'pink'").contains("colour, mono, dark");
    }

    @ParameterizedTest
    @MethodSource("org.lozenge.workbench.figure.Theme#all")
    void textCanBeReadAndMarksCanBeSeen(Theme theme) {
        assertThat(contrast(theme.ink(), theme.background())).isGreaterThan(12);
        assertThat(contrast(theme.muted(), theme.background())).isGreaterThanOrEqualTo(7);
        assertThat(contrast(theme.data(), theme.background())).isGreaterThan(3);
        assertThat(contrast(theme.estimate(), theme.background())).isGreaterThan(3);
        assertThat(contrast(theme.second(), theme.background())).isGreaterThan(3);
    }

    /** WCAG 2.2, relative luminance and contrast ratio. */
    private static double contrast(int one, int other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * channel(rgb >> 16 & 0xFF) + 0.7152 * channel(rgb >> 8 & 0xFF) + 0.0722 * channel(rgb & 0xFF);
    }

    private static double channel(int value) {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}

package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTextTest {

    private static final TextStyle STYLE = TextStyle.of(8, 0);

    private static double width(String text) {
        return Typeface.of(false).width(text, 8);
    }

    @Test
    void whiteSpaceBecomesSingleSpaces() {
        assertEquals("a b c", FigureText.clean("  a\t\tb \r\n c\u2028"));
    }

    @Test
    void decomposedLettersAreComposed() {
        assertEquals("Café", FigureText.clean("Cafe\u0301"));
    }

    @Test
    void whatXmlForbidsIsReplaced() {
        assertEquals(
                "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe",
                FigureText.clean("a\u0000b\uD800c\uFFFFd\u0085\u009Fe").replace(" ", ""));
    }

    @Test
    void marksThatForceDirectionAreDropped() {
        assertEquals("safe txt.exe", FigureText.clean("safe \u202Etxt.\u2066exe\u2069\uFEFF"));
    }

    @Test
    void emojiAndOtherPlanesAreKept() {
        assertEquals("🙂 𝛘", FigureText.clean("🙂 𝛘"));
    }

    @Test
    void shortTextIsNotCut() {
        assertEquals("Smith 2001", FigureText.fit("Smith 2001", STYLE, 100));
    }

    @Test
    void longTextEndsInAnEllipsis() {
        String fitted = FigureText.fit("Pneumonoultramicroscopic", STYLE, 40);
        assertThat(fitted).endsWith("…").startsWith("Pneu");
        assertThat(width(fitted)).isLessThanOrEqualTo(40);
    }

    @Test
    void charactersAreNotSplit() {
        for (int width = 5; width < 80; width++) {
            String fitted = FigureText.fit("🙂🙂🙂b\u0302\u0302c\u0302👩\u200D🔬", STYLE, width);
            assertThat(fitted.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                    .isTrue();
            assertThat(fitted).doesNotEndWith("\u200D…").doesNotEndWith("b…").doesNotEndWith("b\u0302…");
        }
    }

    @Test
    void breaksBetweenWords() {
        assertThat(FigureText.wrap("one two three", STYLE, width("one two ") + 0.01, 5))
                .containsExactly("one two", "three");
    }

    @Test
    void doesNotBreakBesideSignsOfComparison() {
        String note = "Q = 152.23, df = 12, P < 0.001";
        for (double width = width("df = 12, "); width < width(note); width += 0.7) {
            for (String line : FigureText.wrap(note, STYLE, width, 9)) {
                assertThat(line)
                        .doesNotEndWith("=")
                        .doesNotEndWith("<")
                        .doesNotStartWith("=")
                        .doesNotStartWith("<");
            }
        }
    }

    @Test
    void theLastLineSaysThatThereIsMore() {
        List<String> lines = FigureText.wrap("one two three four five six", STYLE, 30, 2);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).endsWith("…");
    }

    @Test
    void breaksInsideAWordThatIsTooLong() {
        List<String> lines = FigureText.wrap("試験試験試験試験", STYLE, 24.5, 9);
        assertThat(lines).containsExactly("試験試", "験試験", "試験");
    }

    @RepeatedTest(50)
    void linesHoldAllTheTextAndFit(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            out.append("abc  =<é試🙂b\u0302".charAt(random.nextInt(11)));
        }
        String text = FigureText.clean(out.toString());
        double width = 20 + 60 * random.nextDouble();

        List<String> lines = FigureText.wrap(text, STYLE, width, 1000);

        assertEquals(text.replace(" ", ""), String.join("", lines).replace(" ", ""));
        assertThat(lines).allMatch(line -> width(line) <= width);
    }

    @ParameterizedTest
    @CsvSource({
        "0.4894, 2, 0.49", "-0.5, 2, −0.50", "0.004, 2, 0.004", "-0.00412345, 2, −0.00412", "0, 2, 0.00",
        "123.456, 2, 123.5", "999.99, 2, 1000.0", "5000, 2, 5000", "1234567.8, 2, 1234568", "1.5e10, 2, 1.5e10",
        "1.234e-7, 2, 1.23e−7", "0.995, 2, 0.99", "1.005, 2, 1.00", "0.125, 2, 0.12", "5e-324, 2, 4.94e−324"
    })
    void printsNumbersAsUsual(double value, int decimals, String expected) {
        assertEquals(expected, FigureNumbers.usual(value, decimals));
    }

    @ParameterizedTest
    @CsvSource({
        "123.456, 2, 123.46",
        "5000, 3, 5000.000",
        "0.4, 0, 0.4",
        "12.5, 0, 12",
        "Infinity, 2, ∞",
        "-Infinity, 2, −∞"
    })
    void printsNumbersWithFixedDecimals(double value, int decimals, String expected) {
        assertEquals(expected, FigureNumbers.fixed(value, decimals));
    }

    @Test
    void printsNothingForAMissingNumber() {
        assertEquals("", FigureNumbers.fixed(Double.NaN, 2));
    }

    @ParameterizedTest
    @CsvSource({"0.1019, 10.2%", "1, 100.0%", "0.0001, <0.1%", "0, 0.0%", "0.0005, 0.1%"})
    void printsShares(double fraction, String expected) {
        assertEquals(expected, FigureNumbers.percent(fraction));
    }

    @ParameterizedTest
    @CsvSource({"0.95, 95", "0.999, 99.9", "0.9, 90", "0.975, 97.5", "0.6827, 68.27"})
    void printsLevels(double level, String expected) {
        assertEquals(expected, FigureNumbers.level(level));
    }
}

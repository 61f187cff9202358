package org.lozenge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0, 0",
        "-0, 0",
        "+0, 0",
        "1, 1",
        "+1, 1",
        "-1, -1",
        "0.10, 0.1",
        ".5, 0.5",
        "-.5, -0.5",
        "5., 5",
        "007, 7",
        "1e3, 1000",
        "1E3, 1000",
        "1e+3, 1000",
        "1e-3, 0.001",
        "1.5e0003, 1500",
        "0e99999, 0",
        "\u22120.69, -0.69",
        "1e\u22123, 0.001",
        "9007199254740993, 9007199254740992",
        "1e308, 1E+308",
        "5e-324, 5E-324",
        "0.1e-322, 1E-323",
        "1e0000000001, 10",
        "123456789012345678901234567890, 1.2345678901234568E+29",
        "0.30000000000000004, 0.30000000000000004"
    })
    void readsNumbers(String text, double expected) {
        assertThat(NumberText.parse(text)).hasValue(expected + 0.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {" 1", "1 ", "\t1\n", "\u00A01\u00A0", "\u20071", "1\u202F", "\u30001"})
    void ignoresSpaceAround(String text) {
        assertThat(NumberText.parse(text)).hasValue(1.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "-",
                "+",
                "--1",
                "+-1",
                "- 1",
                "1 000",
                "1,5",
                "1,000",
                "1.000.000",
                "1'000",
                "1_000",
                "1d",
                "1f",
                "1D",
                "1F",
                "1L",
                "0x1p3",
                "0x10",
                "NaN",
                "nan",
                "Infinity",
                "-Infinity",
                "Inf",
                "inf",
                "\u221E",
                "1e",
                "1e+",
                "e5",
                ".e5",
                "1e5.0",
                "1e400",
                "-1e400",
                "1e-400",
                "1e99999999999",
                "5%",
                "<0.001",
                "0.5*",
                "0.5a",
                "$5",
                "1/2",
                "1..2",
                "1.2.3",
                "\u0661\u0662",
                "\uFF11",
                "\u00BD",
                "1\u00002",
                "NA",
                "null",
                "true",
                "0.3-0.8",
                "(0.5)",
                "1 e5",
                "\u20131",
                "1:30",
                "#N/A"
            })
    void takesNothingElse(String text) {
        assertThat(NumberText.parse(text)).isEmpty();
    }

    @Test
    void readsVeryLongTextsWithoutDelay() {
        assertThat(NumberText.parse("0." + "0".repeat(500_000))).hasValue(0.0);
        assertThat(NumberText.parse("1" + "0".repeat(500_000))).isEmpty();
        assertThat(NumberText.parse("0." + "0".repeat(500_000) + "1")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.1, 0.1",
        "-0.69, -0.69",
        "100, 100",
        "1e15, 1E+15",
        "123456789012345, 123456789012345",
        "1e-12, 0.000000000001",
        "1e-13, 1E-13",
        "2e-44, 2E-44",
        "5.684341886080802E-14, 5.684341886080802E-14",
        "2.980232238769531E-8, 2.980232238769531E-8",
        "4.9e-324, 5E-324",
        "1.7976931348623157e308, 1.7976931348623157E+308",
        "0.30000000000000004, 0.30000000000000004",
        "1e23, 1E+23",
        "2e-3, 0.002",
        "-0.0, 0",
        "NaN, ''",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        "9007199254740993, 9007199254740992"
    })
    void printsTheShortestText(double value, String expected) {
        assertEquals(expected, NumberText.print(value));
    }

    @RepeatedTest(20)
    void printedNumbersReadBack(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        for (int i = 0; i < 500; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            double usual = Math.round(random.nextGaussian() * 1e4) / 1e3;
            double value = Double.isFinite(any) && i % 2 == 0 ? any : usual;
            assertThat(NumberText.parse(NumberText.print(value))).hasValue(value + 0.0);
            assertThat(digits(NumberText.print(value))).isLessThanOrEqualTo(digits(Double.toString(value)));
        }
    }

    private static int digits(String number) {
        return new BigDecimal(number).stripTrailingZeros().precision();
    }

    @Test
    void powersOfTwoReadBack() {
        for (int e = -1074; e <= 1023; e++) {
            double power = Math.scalb(1.0, e);
            assertThat(NumberText.parse(NumberText.print(power))).hasValue(power);
            assertThat(digits(NumberText.print(power))).isLessThanOrEqualTo(digits(Double.toString(power)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG-u-nu-arab", "fa-IR"})
    void doesNotDependOnTheLocale(String tag) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertEquals("-1234.5", NumberText.print(-1234.5));
            assertThat(NumberText.parse("-1234.5")).hasValue(-1234.5);
        } finally {
            Locale.setDefault(before);
        }
    }
}

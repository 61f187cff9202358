package org.lozenge.analyses.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.AnalysisException;

class FormulaTest {

    private static Formula parse(String text) {
        return Formula.parse("formula", text);
    }

    private static List<String> names(String text) {
        return parse(text).terms().stream().map(Term::name).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "~ a; a",
                "a + b + a; a b",
                "~ a * b; a b a:b",
                "~ b:a + a + b; a b b:a",
                "~ a:b + b:a; a:b",
                "~ a * b * c; a b c a:b a:c b:c a:b:c",
                "~ a * b * c - a:b:c; a b c a:b a:c b:c",
                "~ (a + b + c)^2; a b c a:b a:c b:c",
                "~ (a + b):c; a:c b:c",
                "~ (a + b) * c; a b c a:c b:c",
                "~ a:a; a",
                "~ `a`; a",
                "~ log( a ) + poly(a,2); log( a ) poly(a,2)",
                "~ .a + b_2; .a b_2",
                "~ é + größe; é größe",
            })
    void addsAndMultipliesTerms(String text, String terms) {
        assertThat(String.join(" ", names(text))).isEqualTo(terms);
    }

    @ParameterizedTest
    @CsvSource({
        "~ a, true",
        "~ a - 1, false",
        "~ 0 + a, false",
        "~ a + 0, false",
        "~ -1 + a, false",
        "~ a - 1 + 1, true"
    })
    void knowsWhetherThereIsAnIntercept(String text, boolean intercept) {
        assertThat(parse(text).intercept()).isEqualTo(intercept);
        assertThat(names(text)).containsExactly("a");
    }

    @Test
    void takesOneAsAModelWithoutTerms() {
        assertThat(parse("~ 1")).isEqualTo(new Formula(true, List.of()));
    }

    @Test
    void readsNamesBetweenBackticks() {
        assertThat(names("~ `Dose (mg)` * `n 2`")).containsExactly("Dose (mg)", "n 2", "Dose (mg):n 2");
        assertThat(parse("~ log(`a b` + 1)").columns()).containsExactly("a b");
    }

    @Test
    void knowsTheColumns() {
        assertThat(parse("~ I((x - y) / z^2) + factor(w, ref = \"b c\") + poly(v, 3, raw = TRUE)")
                        .columns())
                .containsExactlyInAnyOrder("x", "y", "z", "w", "v");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "~; something is missing at the end",
                "~ a +; something is missing at the end",
                "~ a b; a sign such as + is missing before 'b'",
                "~ a ^ 2; as in I(x^2)",
                "~ (a + b)^2.5; a whole number from 1 to 10",
                "~ (a + b; ')' is missing at the end",
                "~ a + 2; can only be 0 or 1",
                "~ 2a; need `backticks`",
                "~ `a; the sign ` is not closed",
                "~ ``; nothing stands between",
                "~ sin(a); no function 'sin'",
                "~ poly(a, 0); must be a whole number from 1 to 20, not '0'",
                "~ poly(a, raw = 3); raw must be TRUE or FALSE",
                "~ poly(a, deg = 3); 'degree' is",
                "~ factor(a, base = x); 'ref' is",
                "~ I(3 + 4); holds no column",
                "~ log(a; ')' is missing at the end",
                "~ a / b; '/' is not understood",
                "~ a ~ b; there is only a right side",
                "yi ~ a; there is only a right side",
                "~ a + b $ c; '$' is not understood before '$ c' (at character 9)",
            })
    void saysWhereAFormulaGoesWrong(String text, String expected) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("Option 'formula' is '")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "20000, '(', ')', more than 100 parentheses",
        "20000, 'log(', ')', more than 100 parentheses",
        "20000, '-', '', more than 100 parentheses",
        "20000, 'a^', '', more than 100 parentheses",
        "20000, 'a+', '', more than 500 signs",
        "101, '(', ')', more than 100 parentheses",
    })
    void refusesWhatWouldExhaustTheStack(int times, String open, String close, String expected) {
        assertThatThrownBy(() -> parse("~ I(" + open.repeat(times) + "a" + close.repeat(times) + ")"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("at character")
                .message()
                .hasSizeLessThan(500);
        assertThat(parse("~ I(" + "(".repeat(90) + "a" + ")".repeat(90) + ")").columns())
                .containsExactly("a");
    }

    @Test
    void refusesNestedSums() {
        assertThatThrownBy(() -> parse("~ " + "(".repeat(20000) + "a" + ")".repeat(20000)))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("more than 100 parentheses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(%s)^10", "%s"})
    void refusesProductsWithoutEnd(String form) {
        String sign = form.startsWith("(") ? " + " : " * ";
        String columns = IntStream.range(0, 40).mapToObj(i -> "c" + i).collect(Collectors.joining(sign));
        assertThatThrownBy(() -> parse(String.format(Locale.ROOT, form, columns)))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("more than 2000 products");
    }

    @RepeatedTest(20)
    void readsOrNamesThePlaceWhateverTheSigns(RepetitionInfo run) {
        String[] tokens = {
            "a", "`b c`", "1", "0", "2.5", "1e999", "+", "-", "*", ":", "^", "(", ")", "(", ")", "I(", "log(", "poly(",
            "factor(", "center(", ",", "=", "ref", "raw", "TRUE", "\"x\"", "'", "`", "~", "/", "%", "é", "\u00a0", "."
        };
        Random random = new Random(run.getCurrentRepetition());
        for (int i = 0; i < 500; i++) {
            String text = IntStream.range(0, 1 + random.nextInt(9))
                    .mapToObj(j -> tokens[random.nextInt(tokens.length)])
                    .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
            try {
                assertThat(parse("~ " + text).columns()).as(text).doesNotContain("");
            } catch (AnalysisException e) {
                assertThat(e.getMessage()).as(text).contains("(at character ");
            }
        }
    }
}

package org.lozenge.analyses.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.AnalysisException;

class ModelMatrixTest {

    private static final List<Variable> DATA = List.of(
            Variable.of("x", "3.5", "1", "4", "1.5", "5", "9", "2", "6.5", "3", "8"),
            Variable.of("z", "2001", "1998", "2010", "1987", "2001", "1995", "2004", "1999", "2013", "1990"),
            Variable.of("f", "b", "a", "c", "a", "c", "b", "a", "b", "c", "a"),
            Variable.of("g", "u", "v", "v", "u", "u", "v", "v", "u", "v", "u"),
            Variable.of("n", "1", "2", "3", "1", "2", "3", "1", "2", "3", "1"));

    private static ModelMatrix matrix(String formula) {
        return ModelMatrix.of(Formula.parse("formula", formula), DATA, i -> "row " + (i + 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "model-matrix.csv", delimiter = ';', numLinesToSkip = 1, maxCharsPerColumn = 100_000)
    void makesTheColumnsThatRMakes(String formula, boolean intercept, String columns) {
        ModelMatrix matrix = matrix(formula);
        assertThat(matrix.formula().intercept()).isEqualTo(intercept);
        String[] expected = columns.split(",");
        assertThat(matrix.names()).as("columns").hasSameSizeAs(expected);
        for (int j = 0; j < expected.length; j++) {
            double[] column = Arrays.stream(expected[j].split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double size = Arrays.stream(column).map(Math::abs).max().orElseThrow();
            for (int i = 0; i < column.length; i++) {
                assertThat(matrix.columns()[j][i])
                        .as(matrix.names().get(j) + " " + i)
                        .isCloseTo(column[i], within(2e-13 * size));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "~ x * f; x|f b|f c|x:f b|x:f c",
                "~ factor(n, ref = 2) - 1; factor(n, ref = 2) 2|factor(n, ref = 2) 1|factor(n, ref = 2) 3",
                "~ poly(z, 2) + center(x); poly(z, 2) 1|poly(z, 2) 2|center(x)",
            })
    void namesColumns(String formula, String names) {
        assertThat(String.join("|", matrix(formula).names())).isEqualTo(names);
    }

    @Test
    void tellsAColumnCalledLikeAFunctionFromTheFunction() {
        ModelMatrix matrix = ModelMatrix.of(
                Formula.parse("formula", "~ log(x) + `log(x)`"),
                List.of(Variable.of("x", "1", "10", "5"), Variable.of("log(x)", "7", "8", "10")),
                i -> "row " + i);
        assertThat(matrix.columns()[0]).containsExactly(0, StrictMath.log(10), StrictMath.log(5));
        assertThat(matrix.columns()[1]).containsExactly(7, 8, 10);
    }

    @Test
    void knowsTheColumnsOfATerm() {
        ModelMatrix matrix = matrix("~ x * f");
        assertThat(matrix.termNames()).containsExactly("x", "f", "x:f");
        assertThat(matrix.columnsOf(1)).containsExactly(1, 2);
        assertThat(matrix.columnsOf(2)).containsExactly(3, 4);
    }

    @Test
    void givesNewValuesTheCellsThatTheDataHave() {
        ModelMatrix matrix = matrix("~ poly(z, 3) * f + scale(x) + factor(n)");
        for (int i = 0; i < 10; i++) {
            int row = i;
            Map<String, String> values = Map.of(
                    "x", String.valueOf(DATA.get(0).number(row)),
                    "z", String.valueOf(DATA.get(1).number(row)),
                    "f",
                            DATA.get(2)
                                    .levelNames()
                                    .get(DATA.get(2).levels().codes().get(row)),
                    "n", String.valueOf(DATA.get(4).number(row)));
            double[] cells = matrix.row(values);
            for (int j = 0; j < cells.length; j++) {
                assertThat(cells[j]).isEqualTo(matrix.columns()[j][i]);
            }
        }
    }

    @Test
    void saysWhichNewValueIsWrong() {
        ModelMatrix matrix = matrix("~ f + log(x)");
        assertThatThrownBy(() -> matrix.row(Map.of("x", "1"))).hasMessageContaining("A value of 'f' is missing");
        assertThatThrownBy(() -> matrix.row(Map.of("x", "1", "f", "d")))
                .hasMessageContaining("'d' is not a value of column 'f'")
                .hasMessageContaining("[a, b, c]");
        assertThatThrownBy(() -> matrix.row(Map.of("x", "high", "f", "a")))
                .hasMessageContaining("'high' is not a number");
        assertThatThrownBy(() -> matrix.row(Map.of("x", "-1", "f", "a"))).hasMessageContaining("no finite value at");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "~ log(f); needs numbers, but column 'f' holds texts such as 'a'",
                "~ log(x - 1); has no finite value in row 2, where x = 1",
                "~ I(1 / (n - 2)); has no finite value in row 2, where n = 2",
                "~ poly(n, 3); needs more than 3 different values, but there are 3",
                "~ factor(f, ref = z); 'z' is not a value of column 'f'",
            })
    void saysWhatTheDataDoNotAllow(String formula, String expected) {
        assertThatThrownBy(() -> matrix(formula))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining(expected);
    }
}

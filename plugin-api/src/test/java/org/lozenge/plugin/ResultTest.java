package org.lozenge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ResultTest {

    private static final Tabular TABLE = Tabular.of("t", "Table")
            .texts("study", "A", "")
            .numbers("k", 3, Double.NaN)
            .format("k", Format.INTEGER)
            .label("k", "Number of studies");

    static Stream<ResultItem> items() {
        return Stream.of(
                Scalar.of("q", "Q", 1.5),
                Estimate.of("e", "E", 0.5, 0.2, 0.9).level(0.9).p(0.01).scale(Scale.LOG),
                TABLE,
                Text.of("text", "", "One.\n\nTwo."),
                new Attachment("analysis", "Script", "Run it.", "R", "x <- 1\nx"),
                ForestPlot.of("forest", "Forest", Scale.LOG)
                        .column("n", "N", ForestPlot.Side.LEFT)
                        .add(ForestPlot.Row.text(ForestPlot.RowKind.HEADING, "Group"))
                        .add(ForestPlot.Row.of(ForestPlot.RowKind.STUDY, "A", 0.5, 0.2, 0.9, 1)
                                .cell("n", "10")
                                .indent(1))
                        .summary("All", 0.5, 0.2, 0.9)
                        .prediction("PI", 0.1, 2)
                        .note("I² = 0")
                        .favours("low", "high")
                        .footnote("foot"),
                XYPlot.of("funnel", "Funnel", "x", "y")
                        .band(XYPlot.Tone.LIMIT, "", new double[] {1, 2}, new double[] {0, 0}, new double[] {1, 1})
                        .points(XYPlot.Tone.DATA, "d", new double[] {1}, new double[] {2}, new double[0], List.of("A"))
                        .invertY(),
                Section.of("s", "Section", Scalar.of("q", "Q", 1)).with(Message.info("a", "b")));
    }

    @ParameterizedTest
    @MethodSource("items")
    void everyItemIsATable(ResultItem item) {
        Table table = item.toTable();
        assertEquals(item.id(), table.name());
        assertThat(table.rowCount()).isPositive();
    }

    @Test
    void equalContentIsEqual() {
        List<ResultItem> once = items().toList();
        List<ResultItem> twice = items().toList();
        assertEquals(once, twice);
        assertEquals(once.hashCode(), twice.hashCode());
        assertEquals(AnalysisResult.of(once), AnalysisResult.of(twice));
        assertNotEquals(AnalysisResult.of(once), AnalysisResult.of(once.subList(1, 8)));
    }

    @Test
    void everyKindOfItemIsCovered() {
        assertThat(items().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(ResultItem.class.getPermittedSubclasses());
    }

    @Test
    void standardColumnsReadTheSameInEveryTable() {
        Tabular table = Tabular.of("t", "Table")
                .texts("tau2_method", "reml")
                .numbers("p_value", 0.04)
                .numbers("i2", 0.5)
                .numbers("dose", 10)
                .label("i2", "Share");

        assertThat(table.columns()).extracting(Tabular.Series::label).containsExactly("τ² by", "P", "Share", "dose");
        assertThat(table.columns())
                .extracting(Tabular.Series::format)
                .containsExactly(Format.GENERAL, Format.P_VALUE, Format.PERCENT, Format.GENERAL);
    }

    @Test
    void attachmentsHavePlainFileNames() {
        assertEquals("analysis.R", new Attachment("analysis", "", "", "R", "").fileName());
        for (String extension : List.of("", "../x", "a.b", "toolongxx", "é")) {
            assertThatThrownBy(() -> new Attachment("analysis", "", "", extension, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be the ending of a file");
        }
    }

    @Test
    void itemsAreFoundById() {
        AnalysisResult result = AnalysisResult.of(TABLE).with(Scalar.of("q", "Q", 1));
        assertEquals(1, result.item("q", Scalar.class).value());
        assertThatThrownBy(() -> result.item("x", Scalar.class))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("There is no item 'x'; items: [t, q]");
        assertThatThrownBy(() -> result.item("q", Tabular.class)).hasMessage("Item 'q' is a Scalar, not a Tabular");
        assertThatThrownBy(() -> result.with(Scalar.of("q", "Q", 2))).hasMessageContaining("'q'");
        assertThatThrownBy(() -> Section.of("s", "S", TABLE, TABLE)).hasMessageContaining("'t'");
    }

    @Test
    void aTableHoldsCopies() {
        double[] values = {1, 2};
        Tabular table = Tabular.of("t", "T").numbers("x", values);
        values[0] = 99;
        assertEquals(1, table.number("x", 0));
    }

    @Test
    void aTableTellsWhatIsWrong() {
        assertThatThrownBy(() -> TABLE.numbers("k", 1, 2)).hasMessageContaining("'k'");
        assertThatThrownBy(() -> TABLE.numbers("z", 1))
                .hasMessage("Column 'z' of table 't' has 1 cells, but the columns before it have 2");
        assertThatThrownBy(() -> TABLE.column("z"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("Table 't' has no column 'z'; columns: [study, k]");
        assertThatThrownBy(() -> TABLE.text("k", 0)).hasMessageContaining("numbers, not texts");
        assertThatThrownBy(() -> TABLE.number("study", 0)).hasMessageContaining("texts, not numbers");
        assertThatThrownBy(() -> TABLE.texts("n", "a", null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aTableSurvivesTablesaw() {
        Tabular back = Tabular.of("t", TABLE.toTable());
        assertEquals("", back.text("study", 1));
        assertEquals(3, back.number("k", 0));
        assertThat(back.number("k", 1)).isNaN();
    }

    @Test
    void tablesawColumnsBecomeNumbersOrTexts() {
        IntColumn ints = IntColumn.create("i", 1, 2);
        ints.setMissing(1);
        DateColumn dates = DateColumn.create("d");
        dates.append(java.time.LocalDate.of(2019, 6, 2));
        dates.appendMissing();
        Tabular table = Tabular.of(
                "t",
                Table.create("name", ints, dates, StringColumn.create("s", "a", ""), DoubleColumn.create("x", 0.1, 2)));
        assertEquals("name", table.title());
        assertEquals(1, table.number("i", 0));
        assertThat(table.number("i", 1)).isNaN();
        assertEquals("2019-06-02", table.text("d", 0));
        assertEquals("", table.text("d", 1));
        assertEquals("", table.text("s", 1));
        assertEquals(0.1, table.number("x", 0));
    }

    @Test
    void anEmptyTableHasNoRows() {
        assertEquals(0, Tabular.of("t", "T").rows());
        assertEquals(0, Tabular.of("t", "T").numbers("x").toTable().rowCount());
    }

    @Test
    void aForestPlotKnowsItsNullLine() {
        assertEquals(1, ForestPlot.of("f", "F", Scale.LOG).reference());
        assertEquals(0, ForestPlot.of("f", "F", Scale.LINEAR).reference());
        assertThat(ForestPlot.of("f", "F", Scale.LOG).reference(Double.NaN).reference())
                .isNaN();
    }

    @Test
    void plotsTellWhatIsWrong() {
        ForestPlot forest = ForestPlot.of("f", "F", Scale.LOG).column("n", "N", ForestPlot.Side.LEFT);
        assertThatThrownBy(() -> forest.level(95)).hasMessageContaining("95");
        assertThatThrownBy(() -> forest.column("n", "N", ForestPlot.Side.RIGHT)).hasMessageContaining("'n'");
        assertThatThrownBy(() -> forest.named("F", "F")).hasMessageContaining("'F'");
        XYPlot plot = XYPlot.of("p", "P", "x", "y");
        assertThatThrownBy(() -> plot.layer(XYPlot.Mark.LINE, XYPlot.Tone.DATA, "l", new double[2], new double[3]))
                .hasMessageContaining("2 x values but 3");
    }

    @Test
    void plotsAreNotChangedByTheirWithers() {
        ForestPlot forest = ForestPlot.of("f", "F", Scale.LOG);
        ForestPlot other = forest.study("A", 1, 0.5, 2, 1)
                .axis("axis")
                .measure("HR")
                .describe("words")
                .named("g", "G");
        assertThat(forest.rows()).isEmpty();
        assertEquals("", forest.axis());
        assertEquals("g", other.id());
        assertEquals("axis", other.axis());
        assertEquals("HR", other.measure());
        assertEquals("words", other.description());
        assertEquals("A", other.rows().get(0).label());
    }

    @Test
    void aLevelIsAFraction() {
        assertThatThrownBy(() -> Estimate.of("e", "E", 1, 0, 2).level(95)).hasMessageContaining("95");
    }
}

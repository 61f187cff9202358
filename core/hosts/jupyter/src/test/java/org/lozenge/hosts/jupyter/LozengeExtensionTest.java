package org.lozenge.hosts.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.figure.Figure;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

class LozengeExtensionTest {

    private static NotebookKernel kernel;
    private static Workbench workbench;
    private static Dataset schools;
    private static Outcome outcome;

    @BeforeAll
    static void open() {
        kernel = new NotebookKernel();
        workbench = Workbench.open();
        schools = Dataset.parse(
                "eight-schools.csv",
                Samples.get("eight-schools").csv().getBytes(StandardCharsets.UTF_8),
                FileFormat.CSV);
        outcome = workbench.run("pool", schools).get();
    }

    @AfterAll
    static void close() {
        workbench.close();
        kernel.close();
    }

    private static DisplayData render(Object value) {
        return kernel.getRenderer().render(value);
    }

    private static String html(Object value) {
        return (String) render(value).getData(MIMEType.TEXT_HTML);
    }

    private static String text(Object value) {
        return (String) render(value).getData(MIMEType.TEXT_PLAIN);
    }

    @Test
    void theKernelFindsTheExtensionByItsServicesFile() {
        assertThat(html(outcome)).startsWith("<div class=\"lozenge\">");
        assertThat(render("a text").hasDataForType(MIMEType.TEXT_HTML)).isFalse();
    }

    @Test
    void anOutcomeHasTablesFiguresAndMessagesAndAFormInText() {
        assertThat(html(outcome))
                .contains("<table>", "<svg ", "class=\"messages\"")
                .doesNotContain("<script", "<html");
        assertThat(text(outcome)).contains("random", "Forest plot").doesNotContain("<", "Outcome");
    }

    @Test
    void aResultIsShownLikeItsOutcome() {
        AnalysisResult result = outcome.get();
        assertThat(html(result)).contains("<table>", "<svg ").doesNotContain("class=\"messages\"");
    }

    @Test
    void aPlotIsHtmlWithInlineSvgAndCanBeAskedForAsSvgAlone() {
        ForestPlot forest = outcome.get().item("forest", ForestPlot.class);
        assertThat(html(forest)).containsOnlyOnce("<svg ");
        DisplayData asked = kernel.getRenderer().renderAs(forest, "image/svg+xml");
        assertThat((String) asked.getData(MIMEType.IMAGE_SVG)).startsWith("<svg ");
        assertThat(html(outcome.get().item("funnel", XYPlot.class))).containsOnlyOnce("<svg ");
        assertThat(html(Figure.of(forest))).startsWith("<img ").contains("data:image/svg+xml;base64,");
        DisplayData figure = kernel.getRenderer().renderAs(Figure.of(forest), "image/svg+xml");
        assertThat((String) figure.getData(MIMEType.IMAGE_SVG)).startsWith("<svg ");
        assertThat(text(Figure.of(forest))).isEqualTo(Figure.of(forest).description());
    }

    @Test
    void tablesEstimatesAndNumbersAreShownAlone() {
        assertThat(html(outcome.get().item("model", Tabular.class))).containsOnlyOnce("<table>");
        Estimate estimate = Estimate.of("hr", "Hazard ratio", 0.5, 0.25, 1);
        assertThat(html(estimate)).contains("Hazard ratio", "0.25");
        assertThat(text(estimate)).contains("Hazard ratio", "0.25").doesNotContain("Estimate[");
        assertThat(html(Scalar.of("k", "Studies", 8))).contains("Studies", "8");
    }

    @Test
    void aDataSetShowsItsFirstRowsUnderItsOwnNames() {
        assertThat(html(schools)).contains("eight-schools.csv: 8 rows", "effect");
        String csv = "\"HR (95% CI)\",b\n" + "0.50,<i>\n".repeat(12);
        Dataset twelve = Dataset.parse("twelve.csv", csv.getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
        assertThat(html(twelve)).contains("first 10 of 12 rows", "HR (95% CI)", "0.50", "&lt;i&gt;");
    }

    @Test
    void aRejectedOutcomeSaysWhatToMend() {
        Outcome rejected =
                workbench.run("pool", schools).set("tau2", "nonsense").get();
        assertThat(html(rejected)).contains("Status: rejected", "nonsense").doesNotContain("<table>");
        assertThat(text(rejected)).startsWith("Status: rejected").contains("nonsense");
        assertThat(html(workbench.run("no-such", schools).get())).contains("no-such");
    }

    /** Ids are global in a page; a clip path of another cell would cut this cell's figure. */
    @Test
    void cellsOfDifferentContentShareNoIds() {
        Outcome other = workbench.run("pool", schools).set("tau2", "dl").get();
        assertThat(ids(html(outcome)))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(ids(html(other)));
        assertThat(html(outcome)).isEqualTo(html(workbench.run("pool", schools).get()));
    }

    private static List<String> ids(String html) {
        return Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map((java.util.regex.MatchResult m) -> m.group(1))
                .toList();
    }

    /** A rule that does not begin with the class would restyle the notebook. */
    @Test
    void styleReachesNothingElseInThePage() {
        Matcher style = Pattern.compile("(?s)<style>\n(.*?)</style>").matcher(html(outcome));
        assertThat(style.find()).isTrue();
        String rules = style.group(1).replaceAll("\\{[^}]*\\}", "\n");
        assertThat(rules.lines()
                        .flatMap(line -> List.of(line.split(",")).stream())
                        .map(String::strip)
                        .filter(s -> !s.isEmpty()))
                .isNotEmpty()
                .allMatch(selector -> selector.startsWith(".lozenge"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 + 1", "int i = 3; i * 2", "import java.util.*;"})
    void otherValuesAreLeftToTheKernel(String source) {
        DisplayData shown = kernel.eval(source);
        assertThat(shown == null || !shown.hasDataForType(MIMEType.TEXT_HTML)).isTrue();
    }
}

package org.lozenge.workbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.workbench.Outcome;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportFormatsTest {

    private static final String SCRIPT = "<script>alert(1)</script>";

    private static Json json(Outcome outcome) throws IOException {
        return Json.read(Report.of(outcome).json());
    }

    @Test
    void jsonHoldsEveryNumberExactly() throws IOException {
        double[] hard = {0.1, 1e-300, -4.9e-324, 1.7976931348623157e308, Math.PI, 1.0 / 3, 123456789.123456789};
        Json root = json(
                Outcomes.ok(Tabular.of("t", "T").numbers("x", hard).texts("s", "a", "b", "c", "d", "e", "f", "g")));
        for (int i = 0; i < hard.length; i++) {
            assertThat(Double.parseDouble(root.at("items/0/rows/" + i + "/0"))).isEqualTo(hard[i]);
        }
    }

    @Test
    void jsonHasTheNamesOfTheContract() throws IOException {
        Json root = json(Outcomes.everything("Trial"));
        assertThat(root.at("status")).isEqualTo("ok");
        assertThat(root.at("analysis/id")).isEqualTo("pool");
        assertThat(root.at("input/used")).isEqualTo("3");
        assertThat(root.at("mapping/study/0")).isEqualTo("trial");
        assertThat(root.at("params/tau2")).isEqualTo("reml");
        assertThat(root.at("seed")).isEqualTo("42");
        assertThat(root.at("messages/0/severity")).isEqualTo("info");
        assertThat(root.at("messages/1/rows/1")).isEqualTo("3");
        List<String> types =
                Arrays.asList("scalar", "estimate", "table", "table", "forest-plot", "xy-plot", "text", "section");
        for (int i = 0; i < types.size(); i++) {
            assertThat(root.at("items/" + i + "/type")).isEqualTo(types.get(i));
        }
        assertThat(root.at("items/2/columns/0/name")).isEqualTo("model");
        assertThat(root.at("items/2/rows/0/7")).as("df of a z test").isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+SUM(A1)",
                "@cmd",
                "-2+3+cmd|' /C calc'!A0",
                "\t=1",
                "\"=1",
                "\uFEFF=1",
                "＝1",
                "%0A",
                "|x"
            })
    void csvTextIsNoFormula(String text) {
        String csv = Report.of(
                        Outcomes.ok(Tabular.of("t", "T").texts("study", text).numbers("y", -0.33)))
                .csv("t");
        assertThat(csv).contains("'").contains("-0.33").doesNotContain("'-0.33");
    }

    @Test
    void csvOfAnUnknownTableNamesTheKnown() {
        assertThatThrownBy(() -> Report.of(Outcomes.everything("A")).csv("nope"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("nope")
                .hasMessageContaining("studies");
    }

    @Test
    void htmlIsWellFormedAndHoldsNoScript() throws Exception {
        String html = Report.of(Outcomes.everything(SCRIPT + "\" onload='x' & javascript:alert(1) \u202e\u0007"))
                .html();
        String body = html.substring(html.indexOf("<html"));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(body.replaceAll("<(meta|link|br|hr|img)([^>]*[^/])>", "<$1$2/>")
                        .replace("&nbsp;", " "))));
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(html).doesNotContain("<script").contains("&lt;script&gt;").contains("default-src 'none'");
    }

    @Test
    void markdownKeepsTextFromBecomingMarkup() {
        String markdown =
                Report.of(Outcomes.everything("*bold* [x](http://y) | <b>")).markdown();
        assertThat(markdown).doesNotContain("<b>").doesNotContain("[x](http").doesNotContain(" *bold*");
    }

    @Test
    void textShowsNumbersMessagesAndSections() {
        String text = Report.of(Outcomes.everything("IFM")).text(100, false);
        assertThat(text)
                .contains("Pooled effect")
                .contains("CALGB 100104")
                .contains("The interval of IFM is not symmetric.")
                .contains("[ci-asymmetric]")
                .contains("Section IFM")
                .contains("I² IFM")
                .contains("76.8%");
        assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(100);
        assertThat(text).doesNotContain("\u001b");
        assertThat(Report.of(Outcomes.everything("IFM")).text(100, true)).contains("\u001b[");
    }

    @Test
    void wideTablesWithSentencesStandOnTheirSideWithoutScrolling() {
        String sentence = "The standard error comes from P alone, and the report does not say whether P is one-sided.";
        Tabular wide = Tabular.of("trials", "Trials")
                .texts("trial", "A", "B")
                .texts("printed", "HR 0.18 (0.09 to 0.32)", "HR 0.28, P = 0.0005")
                .texts("found", sentence, "nothing")
                .texts("route", "T4, interval of the hazard ratio", "T7, hazard ratio and P value")
                .texts("agree", "T9 (bound) and no other route", "none of those there are")
                .texts("more", "further words that make it wide", "x")
                .texts("still", "further words that make it wide", "x")
                .texts("last", "further words that make it wide", "x");
        String html = Report.of(Outcomes.ok(wide)).html();
        assertThat(html).contains("<th scope=\"col\" class=\"w\">A</th>");
        assertThat(html).contains("<td class=\"w\">" + sentence);
    }

    @Test
    void writesAFolderWithAttachmentsOfSections(@TempDir Path folder) throws IOException {
        Attachment script = new Attachment("analysis", "The same in R", "Run it.", "R", "x <- 1\n");
        Outcome outcome = Outcomes.ok(
                Outcomes.models(),
                Outcomes.forest("B"),
                script,
                Section.of("methods", "Methods", new Attachment("analysis", "R", "Run.", "R", "y <- 2\n")));
        Path target = folder.resolve("out");
        Report.of(outcome)
                .folder()
                .figures(Set.of(ReportFolder.FigureFormat.SVG))
                .write(target);
        assertThat(target.resolve("analysis.R")).hasContent("x <- 1");
        assertThat(target.resolve("methods-analysis.R")).hasContent("y <- 2");
        assertThat(target.resolve("tables/model.csv")).exists();
        assertThat(target.resolve("figures/forest.svg")).exists();
        assertThat(Files.readString(target.resolve("report.html"), StandardCharsets.UTF_8))
                .contains("Run it. File analysis.R")
                .contains("Run. File methods-analysis.R");
        assertThat(Json.read(Files.readString(target.resolve("results.json"))).at("items/2/file"))
                .isEqualTo("analysis.R");
        // Again over its own files, but never over those of others.
        Report.of(outcome).folder().write(target);
        Path other = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(other.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> Report.of(outcome).folder().write(other))
                .isInstanceOf(ReportFolder.FolderInUseException.class)
                .hasMessageContaining("thesis.txt");
        assertThat(other.resolve("thesis.txt")).hasContent("years of work");
    }

    @Test
    void rejectedOutcomesSayWhyInEveryFormat() throws IOException {
        Outcome rejected = new Outcome.Rejected(
                Outcomes.provenance(),
                List.of(Message.error("bad-cell", "Row 2: 'x' is no number.").at(2)));
        assertThat(Report.of(rejected).text())
                .contains("Row 2: 'x' is no number.")
                .contains("bad-cell");
        assertThat(Report.of(rejected).html()).contains("Row 2: &#39;x&#39; is no number.");
        assertThat(Report.of(rejected).markdown()).contains("is no number.");
        assertThat(json(rejected).at("status")).isEqualTo("rejected");
        assertThat(json(rejected).at("messages/0/code")).isEqualTo("bad-cell");
    }

    @Test
    void anEmptyTableSaysSo() {
        Outcome empty = Outcomes.ok(
                Tabular.of("t", "T").texts("a").numbers("b"), Text.of("x", "", "End."), Scalar.of("k", "k", 0));
        assertThat(Report.of(empty).html()).contains("No rows.");
        assertThat(Report.of(empty).csv("t")).isEqualToIgnoringNewLines("a,b");
    }
}

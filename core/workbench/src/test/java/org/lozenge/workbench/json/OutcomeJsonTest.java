package org.lozenge.workbench.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

class OutcomeJsonTest {

    private static final Role X = Role.number("x", "X");
    private static final Param<Double> SCALE = Param.number("scale", "Scale", 1).formerly("factor");
    private static final Param<Boolean> ODD = Param.flag("odd", "Odd", false);

    private static final Dataset DATA =
            Dataset.parse("t.csv", "x,z,g\n1,5,a\n2,6,a\n4,7,b\n".getBytes(UTF_8), FileFormat.CSV);

    private static List<ResultItem> everything() {
        double[] x = {1, Double.NaN, 1e-300};
        double[] y = {-0.1, Double.POSITIVE_INFINITY, 3};
        return List.of(
                Scalar.of("a", "Ünïcode \"quoted\"", Math.PI),
                new Scalar("n", "N", Double.NEGATIVE_INFINITY, Format.INTEGER),
                Estimate.of("e", "E", 0.5, 0.25, Double.NaN).level(0.9).p(1e-12).scale(Scale.LOG),
                Text.of("t", "", "One.\n\nTwo."),
                new Attachment("s", "Script", "Run it.", "R", "x <- 1\n"),
                Tabular.of("tab", "Table")
                        .numbers("v", x)
                        .texts("w", "", "NA", "1.50")
                        .label("v", "Value")
                        .format("v", Format.P_VALUE),
                Tabular.of("no-rows", "Empty").numbers("v").texts("w"),
                ForestPlot.of("f", "F", Scale.LOG)
                        .measure("Hazard ratio")
                        .level(0.99)
                        .reference(Double.NaN)
                        .axis("axis")
                        .favours("low", "high")
                        .describe("words")
                        .column("events", "Events", ForestPlot.Side.LEFT)
                        .add(ForestPlot.Row.of(ForestPlot.RowKind.STUDY, "A", 1, 0.5, 2, 3)
                                .cell("events", "3/4")
                                .indent(1))
                        .summary("All", 1, 0.7, Double.POSITIVE_INFINITY)
                        .footnote("note"),
                XYPlot.of("p", "P", "x", "y")
                        .scales(Scale.LOG, Scale.LINEAR)
                        .invertY()
                        .describe("words")
                        .points(XYPlot.Tone.values()[0], "points", x, y, new double[] {1, 2, 3}, List.of("a", "b", "c"))
                        .points(XYPlot.Tone.values()[0], "plain", x, y, new double[0], List.of())
                        .band(XYPlot.Tone.values()[1], "band", x, y, y)
                        .layer(XYPlot.Mark.STEP, XYPlot.Tone.values()[0], "step", x, y)
                        .footnote("note"),
                new Section(
                        "sec",
                        "Section",
                        Section.Status.FAILED,
                        List.of(Scalar.of("a", "A", 1)),
                        List.of(Message.warning("w", "careful").at(1, 2).with("k", "v"))));
    }

    private static Provenance provenance() {
        return new Provenance(
                "id",
                "plugin",
                "1.0",
                new Provenance.Input("t.csv", "ab", 3, 2),
                Map.of("x", List.of("x", "y")),
                Map.of("scale", "2"),
                Map.of("g", List.of("a", "b")),
                "g",
                Long.MIN_VALUE,
                new Provenance.Given(Map.of("x", List.of("x")), Map.of("factor", "2"), true));
    }

    @Test
    void everyKindOfOutcomeReadsBack() {
        List<Message> messages = List.of(Message.error("e", "no"), Message.info("i", "yes"));
        for (Outcome outcome : List.of(
                new Outcome.Ok(provenance(), AnalysisResult.of(everything()), messages),
                new Outcome.Rejected(provenance(), messages),
                new Outcome.Failed(provenance(), "", messages),
                new Outcome.Cancelled(provenance(), Optional.empty(), messages),
                new Outcome.Cancelled(provenance(), Optional.of(AnalysisResult.of(everything())), messages))) {
            assertEquals(outcome, OutcomeJson.read(Report.of(outcome).losslessJson()));
        }
    }

    @Test
    void whatIsNoOutcomeIsRefused() {
        for (String text : List.of("", "[]", "{}", "{\"status\": \"ok\"}", "x,y", "{\"analysis\": 1, \"input\": {}}")) {
            assertThatThrownBy(() -> OutcomeJson.read(text)).isInstanceOf(IllegalArgumentException.class);
        }
        String json = Report.of(new Outcome.Rejected(provenance(), List.of())).json();
        assertThatThrownBy(() -> OutcomeJson.read(json.replace("rejected", "great")))
                .hasMessageContaining("'great' is not a status");
    }

    private static Workbench workbench(double shift) {
        Analysis sum = Analysis.of(
                AnalysisSpec.of("sum", "Sum").roles(X).params(SCALE, ODD).formerly("total"), (in, context) -> {
                    double scale = in.isSet(SCALE) ? in.get(SCALE) + 10 : in.get(SCALE);
                    double[] x = in.numbers(X);
                    return AnalysisResult.of(
                            Tabular.of("model", "Model")
                                    .texts("what", "sum")
                                    .numbers("estimate", Arrays.stream(x).sum() * scale + shift),
                            Scalar.of("random", "Random", context.random().nextDouble()));
                });
        return Workbench.of(sum);
    }

    private static String saved() {
        try (Workbench workbench = workbench(0)) {
            return Report.of(workbench
                            .run("total", DATA)
                            .map("x", "z")
                            .set("factor", "1")
                            .where("g", "a")
                            .seed(7)
                            .get())
                    .json();
        }
    }

    private static Differences replay(String saved, double shift, Dataset data, double tolerance) {
        Replay replay = Replay.of(saved);
        try (Workbench workbench = workbench(shift)) {
            return replay.compare(replay.run(workbench, data).get(), tolerance);
        }
    }

    @Test
    void aReplayIsTheSameRun() {
        String saved = saved();
        assertThat(saved).contains("121"); // (5 + 6) · (1 + 10): the option was set, though to its default
        Differences same = replay(saved, 0, DATA, 0);
        assertEquals(
                List.of("analysis.id was total, is sum"),
                new ArrayList<>(replay(saved.replace("\"id\": \"sum\"", "\"id\": \"total\""), 0, DATA, 0)
                        .versions()));
        assertThat(same.changes()).isEmpty();
        assertEquals(2, same.numbers());
        assertEquals(0, same.largest());
    }

    @Test
    void aReplaySaysWhatChanged() {
        String saved = saved();
        Differences numbers = replay(saved, 1e-6, DATA, 0);
        assertEquals(List.of("items model.rows 1 estimate was 121, is 121.000001"), numbers.changes());
        assertThat(numbers.largest()).isBetween(8e-9, 9e-9);
        assertThat(replay(saved, 1e-6, DATA, 1e-8).isEmpty()).isTrue();

        Dataset other = Dataset.parse("t.csv", "x,z,g\n1,5,a\n2,7,a\n".getBytes(UTF_8), FileFormat.CSV);
        assertThat(replay(saved, 0, other, 0).changes())
                .anyMatch(line -> line.startsWith("input.sha256 was '"))
                .contains("input.rows was '3', is '2'")
                .contains("items model.rows 1 estimate was 121, is 132");

        Dataset without = Dataset.parse("t.csv", "x,g\n1,a\n".getBytes(UTF_8), FileFormat.CSV);
        assertThat(replay(saved, 0, without, 0).changes())
                .contains("status was 'ok', is 'rejected'")
                .as("what follows from that is left out")
                .noneMatch(line -> line.startsWith("items") || line.startsWith("params"));
        assertThat(replay(saved.replace("\"scale\": \"1\"", "\"scale\": \"3\""), 0, DATA, 0)
                        .changes())
                .containsExactly("params.scale was '3', is '1'");
    }
}

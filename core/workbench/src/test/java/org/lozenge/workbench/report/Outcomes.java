package org.lozenge.workbench.report;

import java.util.List;
import java.util.Map;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;

/** Outcomes to render. */
final class Outcomes {

    private Outcomes() {}

    static Provenance provenance() {
        return new Provenance(
                "pool",
                "lozenge-analyses",
                "0.1.0",
                new Provenance.Input("trials.csv", "ab".repeat(32), 4, 3),
                Map.of("study", List.of("trial")),
                Map.of("tau2", "reml"),
                Map.of("endpoint", List.of("PFS")),
                "",
                42);
    }

    static Outcome ok(ResultItem... items) {
        return ok(List.of(), items);
    }

    static Outcome ok(List<Message> messages, ResultItem... items) {
        return new Outcome.Ok(provenance(), AnalysisResult.of(items), messages);
    }

    /** One item of every kind, labelled with a text that may be hostile. */
    static Outcome everything(String label) {
        return ok(
                List.of(
                        Message.info("rows-dropped", label).at(4),
                        Message.warning("ci-asymmetric", "The interval of " + label + " is not symmetric.")
                                .at(2, 3)),
                everyItem(label).toArray(ResultItem[]::new));
    }

    static List<ResultItem> everyItem(String label) {
        return List.of(
                new Scalar("i2", "I² " + label, 0.768, Format.PERCENT),
                Estimate.of("pooled", "Pooled " + label, 0.48, 0.41, 0.55)
                        .p(1e-9)
                        .scale(Scale.LOG),
                models(),
                studies(label),
                forest(label),
                funnel(label),
                Text.of("methods", "Methods " + label, label + "\n\nA second paragraph of " + label),
                Section.of("inner", "Section " + label, Text.of("note", "", label))
                        .with(Message.info("note", label)));
    }

    static Tabular models() {
        return Tabular.of("model", "Pooled effect")
                .texts("model", "common", "random")
                .texts("tau2_method", "", "reml")
                .texts("test", "z", "hksj")
                .numbers("k", 3, 3)
                .format("k", Format.INTEGER)
                .numbers("estimate", -0.736891, -0.7412345)
                .numbers("se", 0.0728, 0.0813)
                .numbers("statistic", -10.1, -9.12)
                .numbers("df", Double.NaN, 2)
                .format("df", Format.INTEGER)
                .numbers("p_value", 4.2e-24, 0.0118)
                .format("p_value", Format.P_VALUE)
                .numbers("ci_lower", -0.8796, -1.0911)
                .numbers("ci_upper", -0.594, -0.3914)
                .numbers("pi_lower", Double.NaN, -1.4)
                .numbers("pi_upper", Double.NaN, -0.08)
                .numbers("effect", 0.4786, 0.4765)
                .format("effect", Format.FIXED2)
                .numbers("effect_lower", 0.415, 0.3358)
                .format("effect_lower", Format.FIXED2)
                .numbers("effect_upper", 0.5521, 0.6761)
                .format("effect_upper", Format.FIXED2);
    }

    static Tabular studies(String label) {
        return Tabular.of("studies", "Studies")
                .texts("study", "CALGB 100104", label, "RV-MM-PI-209")
                .label("study", "Study")
                .numbers("y", Math.log(0.38), Math.log(0.53), Math.log(0.47))
                .numbers("weight_common", 0.2395, 0.57, 0.19)
                .format("weight_common", Format.PERCENT);
    }

    static ForestPlot forest(String label) {
        return ForestPlot.of("forest", "Progression-free survival", Scale.LOG)
                .measure("Hazard ratio")
                .favours("Favours lenalidomide", "Favours control")
                .describe("Forest plot of three trials, " + label)
                .study("CALGB 100104", 0.38, 0.28, 0.50, 0.2395)
                .study(label, 0.53, 0.44, 0.64, 0.57)
                .study("RV-MM-PI-209", 0.47, 0.33, 0.65, 0.19)
                .summary("Common effect", 0.48, 0.42, 0.55)
                .prediction("95% prediction interval", 0.25, 0.92)
                .footnote("Weights of the common-effect model. " + label);
    }

    static XYPlot funnel(String label) {
        return XYPlot.of("funnel", "Funnel plot", "Hazard ratio", "Standard error")
                .scales(Scale.LOG, Scale.LINEAR)
                .invertY()
                .describe("Funnel plot. " + label)
                .points(
                        XYPlot.Tone.DATA,
                        "Studies",
                        new double[] {0.38, 0.53, 0.47},
                        new double[] {0.148, 0.096, 0.173},
                        new double[0],
                        List.of("CALGB 100104", label, "RV-MM-PI-209"));
    }
}

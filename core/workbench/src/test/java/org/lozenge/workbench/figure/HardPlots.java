package org.lozenge.workbench.figure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;

/** Plots at the edge of what an analysis may hand over. */
final class HardPlots {

    private static final double NONE = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private HardPlots() {}

    private static ForestPlot log() {
        return ForestPlot.of("forest", "Hard", Scale.LOG)
                .measure("Hazard ratio")
                .favours("Favours treatment", "Favours control");
    }

    private static ForestPlot linear() {
        return ForestPlot.of("forest", "Hard", Scale.LINEAR).measure("Mean difference");
    }

    /** Returns all plots by name. */
    static Map<String, ResultItem> all() {
        Map<String, ResultItem> plots = new LinkedHashMap<>();
        plots.put("empty", log());
        plots.put("only-notes", log().note("No study reports a usable result.").footnote("A footnote."));
        plots.put("one-study", log().study("A 2001", 0.7, 0.5, 0.98, 1).summary("Common effect", 0.7, 0.5, 0.98));
        plots.put("enormous-interval", enormous());
        plots.put("open-intervals", open());
        plots.put("identical", identical());
        plots.put(
                "identical-without-intervals",
                log().study("A", 0.5, NONE, NONE, NONE).study("B", 0.5, NONE, NONE, NONE));
        plots.put("not-estimable", notEstimable());
        plots.put("without-weights", withoutWeights());
        plots.put("long-names", longNames());
        plots.put("scripts", scripts());
        plots.put("negative", negative());
        plots.put("tiny-effects", tiny());
        plots.put("huge-effects", huge());
        plots.put("narrow", narrow());
        plots.put("decades", decades());
        plots.put(
                "three-hundred-decades",
                log().study("Least", Double.MIN_VALUE, 0, 1e-200, 0.5).study("Most", 1e300, 1e100, INF, 0.5));
        plots.put("prevalence", prevalence());
        plots.put("many-columns", manyColumns());
        plots.put("many-groups", manyGroups());
        plots.put(
                "overlong-summary",
                log().study("A", 0.5, 0.3, 0.8, 1)
                        .summary(
                                "Random effects (restricted maximum likelihood, Hartung-Knapp-Sidik-Jonkman)",
                                .5,
                                .01,
                                90));
        plots.put("reference-far-away", linear().study("A", 1000, 999, 1001, .5).study("B", 1001, 1000, 1002, .5));
        plots.put("five-hundred", manyStudies(500));
        plots.put("points-without-place", pointsWithoutPlace());
        plots.put(
                "one-point",
                XYPlot.of("xy", "One point", "x", "y")
                        .points(
                                Tone.DATA,
                                "Trial",
                                new double[] {3},
                                new double[] {4},
                                new double[0],
                                List.of("Only one")));
        plots.put("no-points", XYPlot.of("xy", "No points", "x", "y"));
        plots.put("bubbles", bubbles());
        plots.put("survival", survival());
        plots.put("cloud", cloud());
        plots.put("long-legend", longLegend());
        plots.put("crowded-labels", crowdedLabels());
        plots.put("little-funnel", littleFunnel());
        return plots;
    }

    private static ForestPlot enormous() {
        return log().study("Small 1999", 1.8, 0.001, 5000, 0.01)
                .study("Middle 2003", 0.7, 0.5, 0.98, 0.4)
                .study("Large 2010", 0.8, 0.7, 0.91, 0.59)
                .summary("Random effects", 0.77, 0.68, 0.87)
                .prediction("95% prediction interval", 0.2, 3.1);
    }

    private static ForestPlot open() {
        return log().study("No events in one arm", 0.2, 0, 0.9, 0.2)
                .study("No upper limit", 2, 0.5, INF, 0.2)
                .study("No limits at all", 1.1, 0, INF, 0.1)
                .study("Estimate of zero", 0, 0, 3, 0.1)
                .study("Infinite estimate", INF, 1.2, INF, 0.1)
                .study("No interval", 0.6, NONE, NONE, 0.1)
                .study("Usual", 0.9, 0.7, 1.2, 0.2)
                .summary("Random effects", 0.9, 0.7, 1.15)
                .prediction("95% prediction interval", 0, INF);
    }

    private static ForestPlot identical() {
        ForestPlot plot = log();
        for (int i = 1; i <= 4; i++) {
            plot = plot.study("Trial " + i, 0.5, 0.4, 0.625, 0.25);
        }
        return plot.summary("Common effect", 0.5, 0.45, 0.56);
    }

    private static ForestPlot notEstimable() {
        return log().study("Known", 0.5, 0.3, 0.8, 1)
                .study("No events at all", NONE, NONE, NONE, NONE)
                .study("Weight of zero", 0.9, 0.4, 2, 0)
                .summary("Nothing", NONE, NONE, NONE)
                .prediction("95% prediction interval", NONE, NONE);
    }

    private static ForestPlot withoutWeights() {
        return log().study("omitting Smith 2001", 0.52, 0.4, 0.68, NONE)
                .study("omitting Jones 2003", 0.61, 0.45, 0.83, NONE)
                .study("omitting Weiß 2007", 0.47, 0.35, 0.63, NONE)
                .summary("All studies", 0.53, 0.42, 0.67);
    }

    private static ForestPlot longNames() {
        String endless = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(6);
        return log().measure("Cause-specific hazard ratio adjusted for everything that was measured at baseline")
                .favours(
                        "Favours the new treatment in combination with everything else",
                        "Favours standard of care according to the choice of the treating physician")
                .column("dose", "Dose of the investigational medicinal product", Side.LEFT)
                .column("note", "Note", Side.RIGHT)
                .add(Row.text(
                        RowKind.HEADING,
                        "A group whose name says in one long line all that distinguishes it from the other groups"))
                .add(Row.of(
                                RowKind.STUDY,
                                "The Multicentre Randomised Placebo-Controlled Double-Blind Trial of Something Long"
                                        + " Investigators and Their Collaborators on Behalf of the Group 2001",
                                0.5,
                                0.3,
                                0.8,
                                0.5)
                        .cell("dose", "10 mg once daily on days 1 to 21 of each cycle of 28 days until progression")
                        .cell("note", endless))
                .study(endless, 0.7, 0.5, 0.9, 0.5)
                .summary("Random effects", 0.6, 0.45, 0.8)
                .note("Heterogeneity: " + "τ² = 0.31; Q = 152.23, df = 12, P < 0.001; ".repeat(6))
                .note(endless)
                .footnote("A footnote that goes on. ".repeat(20));
    }

    private static ForestPlot scripts() {
        return log().study("試験グループ 2001", 0.5, 0.3, 0.8, 0.1)
                .study("Müller-Łukasiewicz & Ångström", 0.6, 0.4, 0.9, 0.1)
                .study("Emoji 🧪🙂 trial", 0.7, 0.4, 1.1, 0.1)
                .study("Cafe\u0301 Zalgo a\u0335\u0335\u0302b\u0302", 0.8, 0.4, 1.2, 0.1)
                .study("مجموعة الدراسة 2004", 0.9, 0.4, 1.4, 0.1)
                .study("קבוצת (המחקר) 2005", 1.0, 0.4, 1.6, 0.1)
                .study("<script>alert('x')</script> & \"quotes\"", 1.1, 0.6, 1.9, 0.1)
                .study("Control\u0000\u0007\u001b characters\u202E reversed\uD800", 1.2, 0.7, 2.0, 0.1)
                .study("Two\nlines\tand a tab", 1.3, 0.8, 2.1, 0.1)
                .study("Исследование Ω ≥ 5 µg", 1.4, 0.9, 2.2, 0.1)
                .study("", 0.9, 0.5, 1.6, 0.1)
                .summary("Random effects", 0.9, 0.7, 1.15);
    }

    private static ForestPlot negative() {
        return linear().favours("Lower is better", "Higher is worse")
                .column("mean", "Mean\n(SD)", Side.LEFT)
                .add(Row.of(RowKind.STUDY, "Hart 1991", -12.5, -20.1, -4.9, 0.3).cell("mean", "-3.2 (1.5)"))
                .add(Row.of(RowKind.STUDY, "Webb 1996", 3.4, -1.1, 7.9, 0.5).cell("mean", "0.4 (-0.1)"))
                .add(Row.of(RowKind.STUDY, "Long 2002", -0.3, -5.2, 4.6, 0.2).cell("mean", "<0.1"))
                .summary("Random effects", -2.9, -9.8, 4.0)
                .prediction("95% prediction interval", -40, 34);
    }

    private static ForestPlot tiny() {
        return linear().measure("Risk difference")
                .study("A", 0.0000012, -0.0000003, 0.0000027, 0.5)
                .study("B", -0.0012, -0.0031, 0.0007, 0.25)
                .study("C", 0.0004, -0.0015, 0.0023, 0.25)
                .summary("Random effects", -0.0002, -0.0011, 0.0007);
    }

    private static ForestPlot huge() {
        return linear().measure("Cost difference")
                .study("A", 1_234_567.8, 1_000_000, 1_469_135.6, 0.5)
                .study("B", 98_765.4, 50_000, 147_530.8, 0.25)
                .study("C", -2345.67, -3000, -1691.34, 0.25)
                .summary("Random effects", 400_000, -100_000, 900_000);
    }

    private static ForestPlot narrow() {
        return log().study("A", 0.98, 0.95, 1.01, 0.5)
                .study("B", 1.01, 0.97, 1.052, 0.3)
                .study("C", 0.95, 0.9, 1.003, 0.2)
                .summary("Random effects", 0.98, 0.95, 1.011);
    }

    private static ForestPlot decades() {
        return log().measure("Odds ratio")
                .study("A", 0.003, 0.0005, 0.018, 0.3)
                .study("B", 1.2, 0.1, 14.4, 0.4)
                .study("C", 250, 40, 1560, 0.3)
                .summary("Random effects", 0.9, 0.002, 400);
    }

    private static ForestPlot prevalence() {
        return linear().measure("Proportion")
                .reference(NONE)
                .study("A", 0.12, 0.08, 0.17, 0.3)
                .study("B", 0.25, 0.19, 0.32, 0.4)
                .study("C", 0.02, 0, 0.06, 0.3)
                .summary("Random effects", 0.13, 0.05, 0.29);
    }

    private static ForestPlot manyColumns() {
        ForestPlot plot = log();
        Row row = Row.of(RowKind.STUDY, "Smith 2001", 0.5, 0.3, 0.8, 1);
        for (int i = 0; i < 8; i++) {
            plot = plot.column("c" + i, "Column\nnumber " + i, i % 2 == 0 ? Side.LEFT : Side.RIGHT);
            row = row.cell("c" + i, i % 3 == 0 ? "12/345" : "some text");
        }
        return plot.add(row).summary("Random effects", 0.5, 0.3, 0.8);
    }

    private static ForestPlot manyGroups() {
        ForestPlot plot = log();
        for (String group : List.of("Smoldering", "After transplantation", "Relapse")) {
            plot = plot.add(Row.text(RowKind.HEADING, group));
            for (int i = 1; i <= 3; i++) {
                plot = plot.add(Row.of(RowKind.STUDY, "Trial " + i, 0.3 + 0.2 * i, 0.2 + 0.1 * i, 0.5 + 0.4 * i, 0.11)
                        .indent(1));
            }
            plot = plot.add(Row.of(RowKind.SUBTOTAL, "Random effects", 0.7, 0.4, 1.1, NONE)
                            .indent(1))
                    .add(Row.of(RowKind.PREDICTION, "95% prediction interval", NONE, 0.1, 4, NONE)
                            .indent(1))
                    .add(Row.text(
                                    RowKind.NOTE,
                                    "Heterogeneity: τ² = 0.31; Q = 152.23, df = 12, P < 0.001; I² = 92% (95% CI 82% to"
                                            + " 98%); test for overall effect: z = −3.95, P < 0.001")
                            .indent(1));
        }
        return plot.summary("Common effect", 0.66, 0.6, 0.73)
                .summary("Random effects (REML, HKSJ)", 0.7, 0.5, 0.98)
                .note("Test for subgroup differences: Q = 1.77, df = 2, P = 0.41");
    }

    /** Returns a plot with so many studies. */
    static ForestPlot manyStudies(int count) {
        Random random = new Random(1);
        ForestPlot plot = log();
        List<Row> rows = IntStream.range(0, count)
                .mapToObj(i -> {
                    double se = 0.05 + random.nextDouble();
                    double y = -0.3 + 0.3 * random.nextGaussian() + se * random.nextGaussian();
                    return Row.of(
                            RowKind.STUDY,
                            "Study " + (i + 1),
                            Math.exp(y),
                            Math.exp(y - 2 * se),
                            Math.exp(y + 2 * se),
                            1 / (se * se) / 10_000);
                })
                .toList();
        return plot.addAll(rows).summary("Random effects", 0.74, 0.7, 0.78);
    }

    private static XYPlot pointsWithoutPlace() {
        return XYPlot.of("xy", "Points without a place", "Odds ratio", "y")
                .scales(Scale.LOG, Scale.LINEAR)
                .points(
                        Tone.DATA,
                        "Trials",
                        new double[] {1, 2, 0, -1, NONE, INF, 4},
                        new double[] {1, NONE, 1, 1, 1, 1, 2},
                        new double[0],
                        List.of())
                .layer(Mark.LINE, Tone.ESTIMATE, "Broken", new double[] {1, 2, NONE, 3, 4}, new double[] {1, 2, 0, 2, 1
                })
                .layer(Mark.LINE, Tone.LIMIT, "Far", new double[] {0, INF}, new double[] {-INF, INF});
    }

    private static XYPlot bubbles() {
        double[] x = {13, 19, 27, 33, 42, 44, 52, 55};
        double[] y = {1.01, 0.63, 0.98, 1.56, 0.26, 0.41, 0.24, 0.2};
        double[] sizes = {10, 8.7, 8.4, 3.8, 4.4, 5.1, 9.7, 6.4};
        double[] grid = {10, 20, 30, 40, 50, 60};
        return XYPlot.of("bubble", "Bubble plot", "Absolute latitude (degrees)", "Risk ratio")
                .scales(Scale.LINEAR, Scale.LOG)
                .band(Tone.ESTIMATE, "95% confidence band", grid, scaled(grid, 0.75), scaled(grid, 1.3))
                .layer(Mark.LINE, Tone.ESTIMATE, "Meta-regression", grid, scaled(grid, 1))
                .layer(Mark.LINE, Tone.REFERENCE, "", new double[] {0, 100}, new double[] {1, 1})
                .points(Tone.DATA, "Trials (area: weight)", x, y, sizes, List.of())
                .footnote("Slope −0.029 per degree (95% CI −0.044 to −0.015), P < 0.001.");
    }

    private static double[] scaled(double[] grid, double factor) {
        return Arrays.stream(grid)
                .map(latitude -> factor * Math.exp(0.25 - 0.029 * latitude))
                .toArray();
    }

    private static XYPlot survival() {
        double[] time = {0, 6, 12, 18, 24, 36, 48, 60};
        return XYPlot.of(
                        "survival",
                        "Progression-free survival",
                        "Months since randomisation",
                        "Share without progression")
                .band(Tone.DATA, "95% band", time, new double[] {1, .88, .8, .71, .62, .5, .4, .3}, new double[] {
                    1, .96, .9, .83, .76, .66, .57, .48
                })
                .layer(Mark.STEP, Tone.DATA, "Lenalidomide", time, new double[] {1, .92, .85, .77, .69, .58, .48, .39})
                .layer(Mark.STEP, Tone.ESTIMATE, "Placebo", time, new double[] {1, .85, .7, .58, .45, .3, .22, .15})
                .points(Tone.DATA, "", new double[] {30, 54}, new double[] {.69, .48}, new double[0], List.of());
    }

    private static XYPlot cloud() {
        Random random = new Random(2);
        double[] x = random.doubles(20_000).toArray();
        double[] y = random.doubles(20_000).map(v -> 0.9 * v * v).toArray();
        return XYPlot.of("gosh", "GOSH", "Effect", "I²").layer(Mark.POINTS, Tone.DATA, "Subsets", x, y);
    }

    private static XYPlot longLegend() {
        String name =
                "A layer with a name that fills more than one line of the legend, because it explains a great deal"
                        + " of what is to be seen";
        return XYPlot.of(
                        "xy",
                        "Long legend",
                        "An axis label that is as long as a sentence can be without being cut ".repeat(3),
                        "A vertical label that is as long as a sentence can be without being cut ".repeat(3))
                .layer(Mark.LINE, Tone.ESTIMATE, name, new double[] {0, 1}, new double[] {0, 1e-7})
                .layer(Mark.POINTS, Tone.IMPUTED, name, new double[] {0, 1}, new double[] {1e-7, 0})
                .footnote("A footnote that goes on. ".repeat(12));
    }

    private static XYPlot crowdedLabels() {
        Random random = new Random(3);
        double[] x = random.doubles(9).map(v -> 1e6 + v).toArray();
        double[] y = random.doubles(9).map(v -> -1 - v).toArray();
        List<String> labels =
                IntStream.range(0, 9).mapToObj(i -> "Rosenthal et al 196" + i).toList();
        return XYPlot.of("baujat", "Baujat", "Contribution to Q", "Influence")
                .points(Tone.DATA, "Trials", x, y, new double[0], labels);
    }

    private static XYPlot littleFunnel() {
        double[] se = {0, 0.37};
        return XYPlot.of("funnel", "Funnel plot", "Hazard ratio, log scale", "Standard error")
                .scales(Scale.LOG, Scale.LINEAR)
                .invertY()
                .layer(Mark.LINE, Tone.REFERENCE, "No effect", new double[] {1, 1}, se)
                .layer(Mark.LINE, Tone.ESTIMATE, "Common effect", new double[] {0.42, 0.42}, se)
                .layer(Mark.LINE, Tone.LIMIT, "95% limits", new double[] {0.42, 0.42 * Math.exp(-0.725)}, se)
                .layer(Mark.LINE, Tone.LIMIT, "95% limits", new double[] {0.42, 0.42 * Math.exp(0.725)}, se)
                .points(
                        Tone.DATA,
                        "Trials",
                        new double[] {0.18, 0.28, 0.5},
                        new double[] {0.323, 0.367, 0.125},
                        new double[0],
                        List.of("QuiRedex", "E3A06", "IFM 2005-02"))
                .footnote("Fewer than 10 studies: asymmetry cannot be judged.");
    }
}

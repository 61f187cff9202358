package org.lozenge.workbench.figure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;

/** Plots of real trials, as analyses make them. */
final class SamplePlots {

    private static final double Z = 1.959964;

    /** Risk ratio, limits and weight of the 13 BCG trials; metafor 3.8.1, escalc("RR") and rma(test = "knha"). */
    private static final String[] BCG = {
        "Aronson 1948|4/123|11/139|0.4109|0.1343|1.2574|0.05059",
        "Ferguson & Simes 1949|6/306|29/303|0.2049|0.0863|0.4864|0.06365",
        "Rosenthal et al 1960|3/231|11/220|0.2597|0.0734|0.9186|0.04436",
        "Hart & Sutherland 1977|62/13598|248/12867|0.2366|0.1793|0.3121|0.09699",
        "Frimodt-Moller et al 1973|33/5069|47/5808|0.8045|0.5163|1.2536|0.08868",
        "Stein & Aronson 1953|180/1541|372/1451|0.4556|0.3871|0.5362|0.10096",
        "Vandiviere et al 1973|8/2545|10/629|0.1977|0.0784|0.4989|0.06027",
        "TPT Madras 1980|505/88391|499/88391|1.0120|0.8946|1.1449|0.10189",
        "Coetzee & Berjak 1968|29/7499|45/7277|0.6254|0.3926|0.9962|0.08743",
        "Rosenthal et al 1961|17/1716|65/1665|0.2538|0.1494|0.4310|0.08368",
        "Comstock et al 1974|186/50634|141/27338|0.7122|0.5725|0.8860|0.09925",
        "Comstock & Webster 1969|5/2498|3/2341|1.5619|0.3737|6.5284|0.03822",
        "Comstock et al 1976|27/16913|29/17854|0.9828|0.5821|1.6593|0.08403",
    };

    private SamplePlots() {}

    /** The 13 trials of BCG vaccine, pooled with random effects. */
    static ForestPlot bcg() {
        ForestPlot plot = ForestPlot.of("forest", "BCG vaccine against tuberculosis", Scale.LOG)
                .measure("Risk ratio")
                .favours("Favours vaccine", "Favours control")
                .column("vaccine", "Vaccinated\nevents/total", Side.LEFT)
                .column("control", "Control\nevents/total", Side.LEFT);
        for (String line : BCG) {
            String[] cell = line.split("\\|", -1);
            double[] v =
                    Arrays.stream(cell).skip(3).mapToDouble(Double::parseDouble).toArray();
            plot = plot.add(Row.of(RowKind.STUDY, cell[0], v[0], v[1], v[2], v[3])
                    .cell("vaccine", cell[1])
                    .cell("control", cell[2]));
        }
        return plot.summary("Random effects (REML, HKSJ)", 0.4894, 0.3301, 0.7257)
                .prediction("95% prediction interval", 0.1359, 1.7629)
                .note("Heterogeneity: τ² = 0.31; Q = 152.23, df = 12, P < 0.001; I² = 92% (95% CI 82% to 98%)")
                .note("Test for overall effect: t = −3.95, df = 12, P = 0.002");
    }

    /** Three trials of lenalidomide in two settings, with common and random effects. */
    static ForestPlot lenalidomide() {
        return ForestPlot.of("forest", "Lenalidomide: progression", Scale.LOG)
                .measure("Hazard ratio")
                .axis("Hazard ratio for progression or death, log scale")
                .favours("Favours lenalidomide", "Favours control")
                .column("events", "Events", Side.LEFT)
                .add(Row.text(RowKind.HEADING, "Smoldering myeloma"))
                .add(Row.of(RowKind.STUDY, "QuiRedex", 0.18, 0.09, 0.32, 0.2852)
                        .cell("events", "60")
                        .indent(1))
                .add(Row.of(RowKind.STUDY, "E3A06", 0.28, 0.1363, 0.5751, 0.2592)
                        .cell("events", "44")
                        .indent(1))
                .add(Row.of(RowKind.SUBTOTAL, "Subtotal", 0.2164, 0.1379, 0.3396, Double.NaN)
                        .indent(1))
                .add(Row.text(RowKind.NOTE, "Heterogeneity: τ² = 0.00; Q = 0.88, df = 1, P = 0.35; I² = 0%")
                        .indent(1))
                .add(Row.text(RowKind.HEADING, "After transplantation"))
                .add(Row.of(RowKind.STUDY, "IFM 2005-02", 0.50, 0.3914, 0.6388, 0.4556)
                        .cell("events", "264")
                        .indent(1))
                .summary("Common effect", 0.419, 0.337, 0.522)
                .summary("Random effects (REML, HKSJ)", 0.311, 0.083, 1.163)
                .prediction("95% prediction interval", 0.0251, 3.8501)
                .note("Heterogeneity: τ² = 0.22; Q = 10.94, df = 2, P = 0.004; I² = 82% (95% CI 32% to 99%)")
                .note("Test for overall effect (random effects): t = −3.81, df = 2, P = 0.06")
                .note("Test for subgroup differences: Q = 10.06, df = 1, P = 0.002")
                .footnote("Time to progression and progression-free survival are pooled as one family, progression.");
    }

    /** The 65 trials of chemotherapy for head and neck cancer: observed minus expected deaths and their variance. */
    static ForestPlot headAndNeck() {
        ForestPlot plot = ForestPlot.of("forest", "Chemotherapy for head and neck cancer", Scale.LOG)
                .measure("Hazard ratio")
                .favours("Favours chemotherapy", "Favours control");
        double total = 0;
        double sum = 0;
        List<String[]> trials = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(
                SamplePlots.class.getResourceAsStream("head-and-neck.csv"), "head-and-neck.csv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .forEach(trials::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String[] trial : trials) {
            sum += Double.parseDouble(trial[1]);
            total += Double.parseDouble(trial[2]);
        }
        for (String[] trial : trials) {
            double v = Double.parseDouble(trial[2]);
            double y = Double.parseDouble(trial[1]) / v;
            double half = Z / Math.sqrt(v);
            plot = plot.study(trial[0], Math.exp(y), Math.exp(y - half), Math.exp(y + half), v / total);
        }
        double y = sum / total;
        double half = Z / Math.sqrt(total);
        return plot.summary("Common effect", Math.exp(y), Math.exp(y - half), Math.exp(y + half));
    }

    /** A funnel plot of the BCG trials with contours of significance and the line of Egger's test. */
    static XYPlot bcgFunnel() {
        double[] effects = Stream.of(BCG).mapToDouble(line -> number(line, 3)).toArray();
        double[] errors = Stream.of(BCG)
                .mapToDouble(line -> Math.log(number(line, 5) / number(line, 4)) / (2 * Z))
                .toArray();
        List<String> names =
                Stream.of(BCG).map(line -> line.substring(0, line.indexOf('|'))).toList();
        double[] se = {0, 0.77};
        double pooled = 0.6466;
        return XYPlot.of("funnel", "Funnel plot", "Risk ratio, log scale", "Standard error of the log risk ratio")
                .scales(Scale.LOG, Scale.LINEAR)
                .invertY()
                .layer(Mark.REGION, Tone.SHADE_LIGHT, "P < 0.01", wall(0.02, 30), new double[] {0, 0.77, 0.77, 0})
                .layer(Mark.REGION, Tone.SHADE_MEDIUM, "0.01 to 0.05", cone(2.5758), new double[] {0, 0.77, 0.77})
                .layer(Mark.REGION, Tone.SHADE_DARK, "0.05 to 0.10", cone(1.95996), new double[] {0, 0.77, 0.77})
                .layer(Mark.REGION, Tone.REFERENCE, "", cone(0), new double[] {0, 0.77, 0.77})
                .layer(Mark.LINE, Tone.ESTIMATE, "Common effect", new double[] {pooled, pooled}, se)
                .layer(
                        Mark.LINE,
                        Tone.LIMIT,
                        "95% limits around the common effect",
                        new double[] {pooled, pooled * Math.exp(-Z * 0.77)},
                        se)
                .layer(
                        Mark.LINE,
                        Tone.LIMIT,
                        "95% limits around the common effect",
                        new double[] {pooled, pooled * Math.exp(Z * 0.77)},
                        se)
                .layer(Mark.LINE, Tone.SECOND, "Egger's regression", new double[] {0.4894, 0.4434}, se)
                .points(Tone.DATA, "Trials", effects, errors, new double[0], names)
                .footnote("Egger's test: intercept −2.35, t = −1.40, df = 11, P = 0.19. The random-effects estimate is"
                        + " not shown.");
    }

    private static double[] wall(double left, double right) {
        return new double[] {left, left, right, right};
    }

    private static double[] cone(double z) {
        return new double[] {1, Math.exp(-z * 0.77), Math.exp(z * 0.77)};
    }

    private static double number(String line, int cell) {
        return Double.parseDouble(line.split("\\|", -1)[cell]);
    }

    /** Every mark in every tone. */
    static XYPlot everyMark() {
        XYPlot plot = XYPlot.of("marks", "Every mark", "Time (months)", "Share");
        Tone[] tones = Tone.values();
        for (int i = 0; i < tones.length; i++) {
            String name = tones[i].name().toLowerCase(java.util.Locale.ROOT);
            double b = 0.1 * i;
            plot = plot.layer(Mark.REGION, tones[i], name + " region", new double[] {1, 1, 9, 9}, new double[] {
                        b, b + 0.02, b + 0.02, b
                    })
                    .band(
                            tones[i],
                            name + " band",
                            new double[] {10, 15, 20},
                            new double[] {b, b + 0.02, b},
                            new double[] {b + 0.05, b + 0.06, b + 0.05})
                    .layer(Mark.LINE, tones[i], name + " line", new double[] {21, 25, 30}, new double[] {b, b + .05, b})
                    .layer(Mark.STEP, tones[i], name + " step", new double[] {31, 35, 40}, new double[] {b, b + .05, b})
                    .points(
                            tones[i],
                            name + " points",
                            new double[] {41, 45, 50},
                            new double[] {b, b + .05, b},
                            new double[] {1, 2, 3},
                            List.of("a", "b", "c"));
        }
        return plot;
    }
}

package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.workbench.figure.FigureOptions.Width;

/** Plots with random content of every kind. */
final class RandomPlots {

    private static final String[] WORDS = {
        "Smith",
        "2001",
        "et",
        "al",
        "Investigators",
        "für",
        "試験",
        "🙂",
        "دراسة",
        "I² = 92%;",
        "<b>",
        "&",
        "−3.95",
        "Pneumonoultramicroscopicsilicovolcanoconiosis",
        "a\u0301",
        "\u202E",
        "\n",
        "0.49",
        "(0.34 to 0.70)"
    };

    private RandomPlots() {}

    /** Returns options of any kind that fit any plot. */
    static FigureOptions options(Random random) {
        Width[] widths = Width.values();
        return FigureOptions.defaults()
                .width(widths[random.nextInt(widths.length)])
                .fontScale(random.nextInt(3) == 0 ? 0.7 + 1.3 * random.nextDouble() : 1)
                .theme(Theme.all().get(random.nextInt(3)));
    }

    private static String text(Random random, int most) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            out.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return out.toString();
    }

    /** Returns a forest plot whose rows, columns and words are random, now and then with missing or endless values. */
    static ForestPlot forest(Random random) {
        Scale scale = random.nextBoolean() ? Scale.LOG : Scale.LINEAR;
        ForestPlot plot = ForestPlot.of("forest", text(random, 5), scale)
                .measure(text(random, 4))
                .axis(text(random, 12))
                .favours(text(random, 8), text(random, 8))
                .level(random.nextBoolean() ? 0.95 : 0.999);
        int columns = random.nextInt(4);
        for (int i = 0; i < columns; i++) {
            plot = plot.column("c" + i, text(random, 3), random.nextBoolean() ? Side.LEFT : Side.RIGHT);
        }
        double spread = Math.exp(3 * random.nextGaussian());
        for (int i = random.nextInt(25); i > 0; i--) {
            plot = plot.add(row(random, scale, spread, columns));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            plot = plot.footnote(text(random, 40));
        }
        return plot;
    }

    private static Row row(Random random, Scale scale, double spread, int columns) {
        RowKind[] kinds = RowKind.values();
        RowKind kind = random.nextBoolean() ? RowKind.STUDY : kinds[random.nextInt(kinds.length)];
        double y = spread * random.nextGaussian();
        double half = spread * random.nextDouble() * (random.nextInt(10) == 0 ? 30 : 1);
        Row row = Row.of(
                        kind,
                        text(random, 8),
                        odd(random, value(scale, y)),
                        odd(random, value(scale, y - half)),
                        odd(random, value(scale, y + half)),
                        random.nextInt(8) == 0 ? Double.NaN : random.nextDouble())
                .indent(random.nextInt(3));
        for (int i = 0; i < columns; i++) {
            row = row.cell("c" + i, text(random, 4));
        }
        return row;
    }

    private static double value(Scale scale, double y) {
        return scale == Scale.LOG ? Math.exp(y) : y;
    }

    private static double odd(Random random, double value) {
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> 0;
            default -> value;
        };
    }

    /** Returns a plot of random layers on random axes. */
    static XYPlot xy(Random random) {
        Scale x = random.nextBoolean() ? Scale.LOG : Scale.LINEAR;
        Scale y = random.nextInt(4) == 0 ? Scale.LOG : Scale.LINEAR;
        XYPlot plot = XYPlot.of("xy", text(random, 5), text(random, 12), text(random, 12))
                .scales(x, y);
        plot = random.nextBoolean() ? plot.invertY() : plot;
        Mark[] marks = Mark.values();
        Tone[] tones = Tone.values();
        for (int i = random.nextInt(6); i > 0; i--) {
            int size = random.nextInt(30);
            double spread = Math.exp(3 * random.nextGaussian());
            double[] xs = values(random, x, spread, size);
            double[] ys = values(random, y, spread, size);
            Tone tone = tones[random.nextInt(tones.length)];
            Mark mark = marks[random.nextInt(marks.length)];
            String name = text(random, 10);
            if (mark == Mark.BAND) {
                plot = plot.band(tone, name, xs, ys, values(random, y, spread, size));
            } else if (mark == Mark.POINTS) {
                plot = plot.points(tone, name, xs, ys, sizes(random, size), labels(random, size));
            } else {
                plot = plot.layer(mark, tone, name, xs, ys);
            }
        }
        return random.nextBoolean() ? plot.footnote(text(random, 40)) : plot;
    }

    private static double[] values(Random random, Scale scale, double spread, int size) {
        return random.doubles(size)
                .map(v -> odd(random, value(scale, spread * (4 * v - 2))))
                .toArray();
    }

    private static double[] sizes(Random random, int size) {
        return random.nextBoolean() ? new double[0] : random.doubles(size).toArray();
    }

    private static List<String> labels(Random random, int size) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            labels.add(text(random, 3));
        }
        return random.nextBoolean() ? List.of() : labels;
    }
}

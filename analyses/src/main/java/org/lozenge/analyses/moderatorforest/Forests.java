package org.lozenge.analyses.moderatorforest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.analyses.explore.ModeratorForest;
import org.lozenge.analyses.explore.ModeratorForest.Column;
import org.lozenge.analyses.explore.ModeratorForest.Settings;
import org.lozenge.plugin.RunContext;

/**
 * Several forests of the same studies, what they say together, and how far they differ.
 *
 * <p>Errors are weighted mean squares out of the bag: {@code MSE = Σ w(y − ŷ)² / Σ w} over studies, ŷ the mean of the trees
 * that did not draw the study; {@code R² = 1 − MSE / (Σ w(y − ȳ)² / Σ w)} with the weighted mean ȳ of all studies.
 */
final class Forests {

    /** The partial dependence on a moderator. */
    static final class Partial {
        private final Column column;
        private final double[] values;
        private final double[] predictions;
        private final double[] spread;

        private Partial(Column column, double[] values, double[] predictions, double[] spread) {
            this.column = column;
            this.values = values;
            this.predictions = predictions;
            this.spread = spread;
        }

        Column column() {
            return column;
        }

        /** Numbers, or positions of levels. */
        double[] values() {
            return values;
        }

        double[] predictions() {
            return predictions;
        }

        /** Standard deviations over forests. */
        double[] spread() {
            return spread;
        }
    }

    private final List<Column> columns;
    private final double[] y;
    private final double[] weights;
    private final List<Double> r2 = new ArrayList<>();
    private final double[][] importance;
    private final double[] predicted;
    private final List<Partial> partials = new ArrayList<>();

    private Forests(List<Column> columns, double[] y, double[] weights, int repeats) {
        this.columns = columns;
        this.y = y;
        this.weights = weights;
        this.importance = new double[columns.size()][repeats];
        this.predicted = new double[y.length];
    }

    /** Grows the forests; seeds follow from the run's random numbers. */
    static Forests grow(
            List<Column> columns,
            double[] y,
            double[] weights,
            int repeats,
            Settings settings,
            int grid,
            RunContext context) {
        Forests forests = new Forests(columns, y, weights, repeats);
        double[][] values = new double[columns.size()][];
        double[][][] dependence = new double[columns.size()][repeats][];
        for (int j = 0; j < values.length; j++) {
            values[j] = grid(columns.get(j), grid);
        }
        double[] sums = new double[y.length];
        double[] counts = new double[y.length];
        for (int r = 0; r < repeats; r++) {
            context.progress((double) r / repeats, "forest " + (r + 1) + " of " + repeats);
            ModeratorForest forest = ModeratorForest.grow(
                    columns,
                    y,
                    weights,
                    new Settings(settings.trees(), settings.mtry(), settings.nodeSize(), settings.seed() + r));
            double[][] out = forest.outOfBagSums();
            for (int i = 0; i < y.length; i++) {
                sums[i] += out[0][i];
                counts[i] += out[1][i];
            }
            forests.r2.add(forests.r2(out[0], out[1]));
            for (int j = 0; j < values.length; j++) {
                context.checkCancelled();
                forests.importance[j][r] = forest.importance(j, weights, settings.seed() + 31L * r + j);
                dependence[j][r] = forest.partialDependence(j, values[j], weights);
            }
        }
        for (int i = 0; i < y.length; i++) {
            forests.predicted[i] = sums[i] / counts[i];
        }
        for (int j = 0; j < values.length; j++) {
            forests.partials.add(partial(columns.get(j), values[j], dependence[j]));
        }
        return forests;
    }

    /** Numbers over their range, all of them if they are few; categories one by one. */
    private static double[] grid(Column column, int points) {
        double[] distinct = Arrays.stream(column.values()).sorted().distinct().toArray();
        if (!column.isNumeric() || distinct.length <= points) {
            return distinct;
        }
        double from = distinct[0];
        double width = distinct[distinct.length - 1] - from;
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            values[i] = from + width * i / (points - 1);
        }
        return values;
    }

    private static Partial partial(Column column, double[] values, double[][] repeats) {
        double[] means = new double[values.length];
        double[] spread = new double[values.length];
        for (int v = 0; v < values.length; v++) {
            int at = v;
            double[] all = Arrays.stream(repeats).mapToDouble(r -> r[at]).toArray();
            means[v] = mean(all);
            spread[v] = sd(all);
        }
        return new Partial(column, values, means, spread);
    }

    private double r2(double[] sums, double[] counts) {
        double error = 0;
        double total = 0;
        double mean = weightedMean();
        for (int i = 0; i < y.length; i++) {
            if (counts[i] > 0) {
                double miss = y[i] - sums[i] / counts[i];
                error += weights[i] * miss * miss;
                total += weights[i] * (y[i] - mean) * (y[i] - mean);
            }
        }
        return 1 - error / total;
    }

    private double weightedMean() {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            sum += weights[i] * y[i];
            total += weights[i];
        }
        return sum / total;
    }

    static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    static double sd(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    // ---- what others ask

    List<Column> columns() {
        return columns;
    }

    /** The mean over forests of R² out of the bag. */
    double r2() {
        return mean(r2s());
    }

    double r2Spread() {
        return sd(r2s());
    }

    private double[] r2s() {
        return r2.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The weighted variance of the effects, which R² is a share of. */
    double variance() {
        double mean = weightedMean();
        double sum = 0;
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            sum += weights[i] * (y[i] - mean) * (y[i] - mean);
            total += weights[i];
        }
        return sum / total;
    }

    double importance(int column) {
        return mean(importance[column]);
    }

    double importanceSpread(int column) {
        return sd(importance[column]);
    }

    /** Positions of the columns, the most important first. */
    int[] ranking() {
        List<Integer> order = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            order.add(j);
        }
        order.sort((a, b) -> Double.compare(importance(b), importance(a)));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Predictions of studies by trees that did not draw them; NaN where every tree drew the study. */
    double[] predicted() {
        return predicted.clone();
    }

    Partial partial(int column) {
        return partials.get(column);
    }
}

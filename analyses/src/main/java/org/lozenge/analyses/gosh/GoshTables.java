package org.lozenge.analyses.gosh;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.sensitivity.GoshSubsets;

/** The tables of the analysis. */
final class GoshTables {

    /** A study that is this much more frequent in a cluster than outside it drives the cluster. */
    static final double DRIVES = 0.3;

    private GoshTables() {}

    /** @param check is run now and then, and may throw */
    static Tabular summary(GoshSubsets all, Runnable check) {
        double[][] values = Stream.<IntToDoubleFunction>of(all::estimate, all::i2, all::tau2, all::q)
                .peek(any -> check.run())
                .map(value -> values(all, value))
                .toArray(double[][]::new);
        return Tabular.of("summary", "Subsets: distribution")
                .texts("quantity", "estimate", "i2", "tau2", "q")
                .numbers("subsets", each(values, sorted -> sorted.length))
                .format("subsets", Format.INTEGER)
                .numbers(
                        "mean",
                        each(values, sorted -> Arrays.stream(sorted).average().orElse(Double.NaN)))
                .numbers("sd", each(values, GoshTables::deviation))
                .numbers("min", each(values, sorted -> quantile(sorted, 0)))
                .numbers("q1", each(values, sorted -> quantile(sorted, 0.25)))
                .numbers("median", each(values, sorted -> quantile(sorted, 0.5)))
                .numbers("q3", each(values, sorted -> quantile(sorted, 0.75)))
                .numbers("max", each(values, sorted -> quantile(sorted, 1)));
    }

    private interface Statistic {
        double of(double[] sorted);
    }

    private static double[] each(double[][] values, Statistic statistic) {
        return Arrays.stream(values).mapToDouble(statistic::of).toArray();
    }

    private static double[] values(GoshSubsets all, IntToDoubleFunction value) {
        return IntStream.range(0, all.size())
                .mapToDouble(value)
                .filter(x -> !Double.isNaN(x))
                .sorted()
                .toArray();
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }

    /** R's default quantile. */
    private static double quantile(double[] sorted, double p) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = p * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    static Tabular subsets(GoshSample sample, int[] cluster, Measure measure) {
        GoshSubsets all = sample.subsets();
        int[] rows = sample.rows();
        String title = rows.length < all.size()
                ? String.format(Locale.ROOT, "%,d of %,d subsets", rows.length, all.size())
                : "Subsets";
        return Tabular.of("subsets", title)
                .numbers("k", Arrays.stream(rows).mapToDouble(all::k).toArray())
                .numbers(
                        "estimate",
                        Arrays.stream(rows).mapToDouble(all::estimate).toArray())
                .numbers("i2", Arrays.stream(rows).mapToDouble(all::i2).toArray())
                .numbers("q", Arrays.stream(rows).mapToDouble(all::q).toArray())
                .numbers("tau2", Arrays.stream(rows).mapToDouble(all::tau2).toArray())
                .numbers(
                        "cluster",
                        Arrays.stream(cluster)
                                .mapToDouble(c -> c < 0 ? Double.NaN : c)
                                .toArray())
                .format("cluster", Format.INTEGER)
                .numbers(
                        "effect",
                        Arrays.stream(rows)
                                .mapToDouble(row -> measure.display(all.estimate(row)))
                                .toArray());
    }

    static Tabular clusters(GoshSample sample, int[] cluster, Measure measure) {
        int[] names =
                Arrays.stream(cluster).filter(c -> c >= 0).distinct().sorted().toArray();
        double total = Arrays.stream(cluster).filter(c -> c >= 0).count();
        double[] count = Arrays.stream(names)
                .mapToDouble(
                        name -> Arrays.stream(cluster).filter(c -> c == name).count())
                .toArray();
        double[] estimate = means(names, cluster, sample::estimate);
        return Tabular.of("clusters", "Clusters of subsets")
                .numbers("cluster", Arrays.stream(names).asDoubleStream().toArray())
                .format("cluster", Format.INTEGER)
                .numbers("subsets", count)
                .format("subsets", Format.INTEGER)
                .numbers("share", Arrays.stream(count).map(n -> n / total).toArray())
                .format("share", Format.PERCENT)
                .numbers("k", means(names, cluster, sample::k))
                .format("k", Format.GENERAL)
                .numbers("estimate", estimate)
                .numbers("i2", means(names, cluster, sample::i2))
                .numbers("effect", Arrays.stream(estimate).map(measure::display).toArray());
    }

    private static double[] means(int[] names, int[] cluster, IntToDoubleFunction value) {
        return Arrays.stream(names)
                .mapToDouble(name -> IntStream.range(0, cluster.length)
                        .filter(row -> cluster[row] == name)
                        .mapToDouble(value)
                        .average()
                        .orElse(Double.NaN))
                .toArray();
    }

    static Tabular studies(EffectSizes effects, StudyContrast contrast) {
        int k = effects.k();
        return Tabular.of("studies", "Subsets with and without each study")
                .texts("study", effects.studies().toArray(String[]::new))
                .numbers("estimate_with", contrast.estimateWith())
                .numbers("estimate_without", contrast.estimateWithout())
                .numbers("i2_with", contrast.i2With())
                .format("i2_with", Format.PERCENT)
                .numbers("i2_without", contrast.i2Without())
                .format("i2_without", Format.PERCENT)
                .numbers("cluster", contrast.cluster())
                .format("cluster", Format.INTEGER)
                .numbers("share_inside", contrast.inside())
                .format("share_inside", Format.PERCENT)
                .numbers("share_outside", contrast.outside())
                .format("share_outside", Format.PERCENT)
                .texts(
                        "drives",
                        IntStream.range(0, k)
                                .mapToObj(i -> contrast.drives(i) ? "yes" : "no")
                                .toArray(String[]::new));
    }
}

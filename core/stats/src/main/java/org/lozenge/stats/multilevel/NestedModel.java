package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Clusters with nested random effects. In models of two or three levels all clusters need no matrix but once; in deeper ones
 * those with correlated sampling errors need one for each likelihood.
 */
final class NestedModel implements BlockModel {

    private final Standardised data;
    private final SamplingCovariance v;
    private final NestedLevels levels;
    private final List<int[]> blocks;
    private final boolean[] independent;
    private final List<Blocks> parts = new ArrayList<>();

    /** The place of each cluster with independent sampling errors among those of its kind. */
    private final int[] place;

    private Solver solver = (theta, cluster, column) -> {};

    /** Multiplies a column of a cluster with independent sampling errors by the inverse of its covariance. */
    private interface Solver {
        void solve(double[] theta, int cluster, double[] column);
    }

    NestedModel(Standardised data, SamplingCovariance v, NestedLevels levels) {
        this.data = data;
        this.v = v;
        this.levels = levels;
        checkPairs();
        this.blocks = levels.clusters();
        this.independent = new boolean[blocks.size()];
        this.place = new int[blocks.size()];
        for (int c = 0; c < blocks.size(); c++) {
            independent[c] = v.isIndependent(blocks.get(c));
        }
        boolean rowLevel = levels.size() > 1 && levels.count(levels.size() - 1) == levels.rows();
        if (levels.size() == (rowLevel ? 2 : 1)) {
            flat(rowLevel);
        } else {
            deep(rowLevel);
        }
    }

    private void checkPairs() {
        for (SamplingCovariance.Pair pair : v.given()) {
            if (pair.covariance() != 0 && levels.group(0, pair.first()) != levels.group(0, pair.second())) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Effects %d and %d have covariance %s, but are in different groups of '%s'",
                        pair.first() + 1,
                        pair.second() + 1,
                        pair.covariance(),
                        levels.name(0)));
            }
        }
    }

    private void flat(boolean rowLevel) {
        int[] start = new int[blocks.size() + 1];
        Map<Integer, PrincipalAxes> axes = new HashMap<>();
        for (int c = 0; c < blocks.size(); c++) {
            place[c] = c;
            start[c + 1] = start[c] + blocks.get(c).length;
            if (!independent[c]) {
                axes.put(c, PrincipalAxes.of(sampling(blocks.get(c))));
            }
        }
        int[] rows = joined(blocks);
        ClusterBlocks clusters = new ClusterBlocks(start, data.columns(rows), variances(rows), axes, rowLevel);
        parts.add(clusters);
        solver = clusters::solve;
    }

    private void deep(boolean rowLevel) {
        List<int[]> tree = new ArrayList<>();
        for (int c = 0; c < blocks.size(); c++) {
            if (independent[c]) {
                place[c] = tree.size();
                tree.add(blocks.get(c));
            } else {
                parts.add(denseBlock(blocks.get(c)));
            }
        }
        if (!tree.isEmpty()) {
            int[] rows = joined(tree);
            NestedBlocks nested = new NestedBlocks(data.table(rows), variances(rows), groups(rows, rowLevel), rowLevel);
            parts.add(nested);
            solver = nested::solve;
        }
    }

    private static int[] joined(List<int[]> clusters) {
        return clusters.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private double[] variances(int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> data.variance(v.at(i, i))).toArray();
    }

    /** For each level of groups, from clusters down, where the parts of each group start. */
    private int[][] groups(int[] rows, boolean rowLevel) {
        int[][] first = new int[levels.size() - (rowLevel ? 1 : 0)][];
        int[] starts = IntStream.rangeClosed(0, rows.length).toArray();
        for (int level = first.length - 1; level >= 0; level--) {
            int[] below = starts;
            int at = level;
            int[] own = IntStream.range(0, below.length)
                    .filter(i -> i == 0
                            || i == below.length - 1
                            || levels.group(at, rows[below[i]]) != levels.group(at, rows[below[i - 1]]))
                    .toArray();
            first[level] = own;
            starts = Arrays.stream(own).map(i -> below[i]).toArray();
        }
        return first;
    }

    private double[][] sampling(int[] rows) {
        double[][] sampling = v.of(rows, data.scale * data.scale);
        SymmetricMatrix.requirePositiveDefinite(sampling, rows);
        return sampling;
    }

    private DenseBlock denseBlock(int[] rows) {
        double[][][] b = new double[levels.size()][][];
        for (int level = 0; level < b.length; level++) {
            b[level] = same(level, rows);
        }
        return new DenseBlock(
                sampling(rows),
                data.table(rows),
                IntStream.range(0, rows.length).toArray(),
                b);
    }

    private double[][] same(int level, int[] rows) {
        double[][] out = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                out[i][j] = levels.group(level, rows[i]) == levels.group(level, rows[j]) ? 1 : 0;
            }
        }
        return out;
    }

    @Override
    public Likelihood likelihood(boolean restricted) {
        return new Likelihood(parts, data.n(), data.p(), levels.size(), restricted);
    }

    @Override
    public Standardised standardised() {
        return data;
    }

    @Override
    public List<int[]> blocks() {
        return blocks;
    }

    @Override
    public double[][] covariance(int block, double[] theta) {
        double[][] out = v.of(blocks.get(block), data.scale * data.scale);
        for (int i = 0; i < out.length; i++) {
            double[] between = between(block, theta, i);
            for (int j = 0; j < out.length; j++) {
                out[i][j] += between[j];
            }
        }
        return out;
    }

    @Override
    public double[] between(int block, double[] theta, int row) {
        int[] rows = blocks.get(block);
        double[] out = new double[rows.length];
        for (int level = 0; level < theta.length; level++) {
            int group = levels.group(level, rows[row]);
            for (int j = 0; j < rows.length; j++) {
                out[j] += levels.group(level, rows[j]) == group ? theta[level] : 0;
            }
        }
        return out;
    }

    @Override
    public void solve(double[] theta, double[]... columns) {
        for (int c = 0; c < blocks.size(); c++) {
            int[] rows = blocks.get(c);
            double[][] parts = new double[columns.length][rows.length];
            for (int j = 0; j < columns.length; j++) {
                for (int i = 0; i < rows.length; i++) {
                    parts[j][i] = columns[j][rows[i]];
                }
            }
            solveBlock(c, theta, parts);
            for (int j = 0; j < columns.length; j++) {
                for (int i = 0; i < rows.length; i++) {
                    columns[j][rows[i]] = parts[j][i];
                }
            }
        }
    }

    @Override
    public void solveBlock(int block, double[] theta, double[]... columns) {
        if (independent[block]) {
            for (double[] column : columns) {
                solver.solve(theta, place[block], column);
            }
            return;
        }
        double[][] lower = covariance(block, theta);
        SymmetricMatrix.requireFactor(lower);
        for (double[] column : columns) {
            SymmetricMatrix.solve(lower, column);
        }
    }
}

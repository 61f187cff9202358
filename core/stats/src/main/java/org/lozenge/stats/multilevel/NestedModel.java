package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Clusters with nested random effects. Clusters with independent sampling errors need no matrix, the others one each. */
final class NestedModel implements BlockModel {

    private final Standardised data;
    private final SamplingCovariance v;
    private final NestedLevels levels;
    private final List<int[]> blocks;
    private final List<NestedBlocks> nested = new ArrayList<>();
    private final List<DenseBlock> dense = new ArrayList<>();
    private final int[] denseIndex;
    private final int[] treeIndex;

    NestedModel(Standardised data, SamplingCovariance v, NestedLevels levels) {
        this.data = data;
        this.v = v;
        this.levels = levels;
        checkPairs();
        int[] order = order();
        this.blocks = split(order);
        this.denseIndex = new int[blocks.size()];
        this.treeIndex = new int[blocks.size()];
        Arrays.fill(denseIndex, -1);
        List<int[]> tree = new ArrayList<>();
        for (int c = 0; c < blocks.size(); c++) {
            int[] rows = blocks.get(c);
            if (v.isIndependent(rows)) {
                treeIndex[c] = tree.size();
                tree.add(rows);
            } else {
                denseIndex[c] = dense.size();
                dense.add(denseBlock(rows));
            }
        }
        if (!tree.isEmpty()) {
            nested.add(tree(tree));
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

    /** Rows in the order of the groups of all levels: sorted by each level, the lowest first, by counting. */
    private int[] order() {
        int[] order = IntStream.range(0, data.n()).toArray();
        for (int level = levels.size() - 1; level >= 0; level--) {
            int[] next = new int[levels.count(level) + 1];
            for (int row : order) {
                next[levels.group(level, row) + 1]++;
            }
            for (int g = 1; g < next.length; g++) {
                next[g] += next[g - 1];
            }
            int[] sorted = new int[order.length];
            for (int row : order) {
                sorted[next[levels.group(level, row)]++] = row;
            }
            order = sorted;
        }
        return order;
    }

    private List<int[]> split(int[] order) {
        List<int[]> out = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= order.length; i++) {
            if (i == order.length || levels.group(0, order[i]) != levels.group(0, order[from])) {
                out.add(Arrays.copyOfRange(order, from, i));
                from = i;
            }
        }
        return out;
    }

    private NestedBlocks tree(List<int[]> clusters) {
        int[] rows = clusters.stream().flatMapToInt(Arrays::stream).toArray();
        boolean rowLevel = levels.size() > 1 && levels.count(levels.size() - 1) == levels.rows();
        int groups = levels.size() - (rowLevel ? 1 : 0);
        int[][] first = new int[groups][];
        int[] starts = IntStream.rangeClosed(0, rows.length).toArray();
        for (int level = groups - 1; level >= 0; level--) {
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
        double[] variances =
                Arrays.stream(rows).mapToDouble(i -> data.variance(v.at(i, i))).toArray();
        return new NestedBlocks(data.columns(rows), variances, first, rowLevel);
    }

    private DenseBlock denseBlock(int[] rows) {
        double[][] sampling = v.of(rows, data.scale * data.scale);
        SymmetricMatrix.requirePositiveDefinite(sampling, rows);
        double[][][] b = new double[levels.size()][][];
        for (int level = 0; level < b.length; level++) {
            b[level] = same(level, rows);
        }
        return new DenseBlock(
                sampling, data.columns(rows), IntStream.range(0, rows.length).toArray(), b);
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
        return new Likelihood(nested, dense, data.n(), data.p(), levels.size(), restricted);
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
        if (denseIndex[block] < 0) {
            for (double[] column : columns) {
                nested.get(0).solve(theta, treeIndex[block], column);
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

package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Studies with several outcomes. Effects of one study on one outcome share their random effect. */
final class OutcomeBlocks implements BlockModel {

    private final Standardised data;
    private final int[] outcomes;
    private final int q;
    private final List<int[]> blocks;
    private final List<DenseBlock> dense = new ArrayList<>();

    OutcomeBlocks(Standardised data, SamplingCovariance v, int[] studies, int[] outcomes, int q) {
        this.data = data;
        this.outcomes = outcomes;
        this.q = q;
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < studies.length; i++) {
            members.computeIfAbsent(studies[i], key -> new ArrayList<>()).add(i);
        }
        this.blocks = members.values().stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        double[][][] b = new double[OutcomeStructures.cells(q)][q][q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                b[OutcomeStructures.cell(i, j)][i][j] = 1;
                b[OutcomeStructures.cell(i, j)][j][i] = 1;
            }
        }
        for (int[] rows : blocks) {
            double[][] sampling = v.of(rows, data.scale * data.scale);
            SymmetricMatrix.requirePositiveDefinite(sampling, rows);
            int[] slots = Arrays.stream(rows).map(row -> outcomes[row]).toArray();
            dense.add(new DenseBlock(sampling, data.table(rows), slots, b));
        }
    }

    @Override
    public Likelihood likelihood(boolean restricted) {
        return new Likelihood(dense, data.n(), data.p(), OutcomeStructures.cells(q), restricted);
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
        return dense.get(block).covariance(theta);
    }

    @Override
    public double[] between(int block, double[] theta, int row) {
        int[] rows = blocks.get(block);
        return Arrays.stream(rows)
                .mapToDouble(other -> theta[OutcomeStructures.cell(outcomes[rows[row]], outcomes[other])])
                .toArray();
    }

    @Override
    public void solve(double[] theta, double[]... columns) {
        for (int b = 0; b < blocks.size(); b++) {
            int[] rows = blocks.get(b);
            double[][] parts = Arrays.stream(columns)
                    .map(column ->
                            Arrays.stream(rows).mapToDouble(row -> column[row]).toArray())
                    .toArray(double[][]::new);
            solveBlock(b, theta, parts);
            for (int j = 0; j < columns.length; j++) {
                for (int i = 0; i < rows.length; i++) {
                    columns[j][rows[i]] = parts[j][i];
                }
            }
        }
    }

    @Override
    public void solveBlock(int block, double[] theta, double[]... columns) {
        double[][] lower = covariance(block, theta);
        SymmetricMatrix.requireFactor(lower);
        for (double[] column : columns) {
            SymmetricMatrix.solve(lower, column);
        }
    }

    /** The variance of coefficients if only the rows of one outcome had been observed, its variances as fitted. */
    double[][] separateCovariance(int outcome, double[] theta, int[] columns) {
        int p = columns.length;
        double[][] information = new double[p][p];
        for (int b = 0; b < blocks.size(); b++) {
            int[] rows = blocks.get(b);
            int[] own = IntStream.range(0, rows.length)
                    .filter(i -> outcomes[rows[i]] == outcome)
                    .toArray();
            if (own.length > 0) {
                addInformation(information, covariance(b, theta), rows, own, columns);
            }
        }
        SymmetricMatrix.requireFactor(information);
        return SymmetricMatrix.inverse(information);
    }

    private void addInformation(double[][] to, double[][] covariance, int[] rows, int[] own, int[] columns) {
        double[][] m = Climb.part(covariance, own, 1);
        SymmetricMatrix.requireFactor(m);
        for (int a = 0; a < columns.length; a++) {
            double[] x = column(rows, own, columns[a]);
            SymmetricMatrix.solve(m, x);
            for (int c = 0; c < columns.length; c++) {
                to[a][c] += SymmetricMatrix.dot(x, column(rows, own, columns[c]));
            }
        }
    }

    private double[] column(int[] rows, int[] own, int column) {
        return Arrays.stream(own)
                .mapToDouble(i -> data.basis.at(rows[i], column))
                .toArray();
    }
}

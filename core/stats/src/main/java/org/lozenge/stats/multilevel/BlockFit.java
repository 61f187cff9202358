package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.robust.ClusterRobust;
import org.lozenge.stats.robust.RobustCluster;
import org.lozenge.stats.robust.RobustType;

/** What multilevel and multivariate fits have in common: everything that follows from the fitted covariance of blocks. */
final class BlockFit {

    /** Columns that are solved at a time, which bounds memory. */
    private static final int CHUNK = 256;

    final BlockModel model;
    final Standardised data;
    final SamplingCovariance v;
    final DesignMatrix design;
    final Climb.Peak peak;
    final boolean restricted;
    private final double[] df;
    private final double level;
    private final double[] weighted;
    private final double[][] weightedDesign;

    BlockFit(
            BlockModel model,
            SamplingCovariance v,
            DesignMatrix design,
            Climb.Peak peak,
            boolean restricted,
            double[] df,
            double level) {
        this.model = model;
        this.data = model.standardised();
        this.v = v;
        this.design = design;
        this.peak = peak;
        this.restricted = restricted;
        this.df = df;
        this.level = level;
        this.weighted = residuals();
        this.weightedDesign = new double[data.p()][data.n()];
        for (int j = 0; j < data.p(); j++) {
            for (int i = 0; i < data.n(); i++) {
                weightedDesign[j][i] = data.basis.at(i, j);
            }
        }
        double[][] columns = Arrays.copyOf(weightedDesign, data.p() + 1);
        columns[data.p()] = weighted;
        model.solve(peak.theta, columns);
    }

    /** Standardised effects less fitted values. */
    private double[] residuals() {
        double[] out = data.y.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] -= data.basis.fitted(i, peak.point.beta);
        }
        return out;
    }

    FixedEffects coefficients() {
        return new FixedEffects(
                design.terms(),
                data.basis,
                data.coordinates(peak.point.beta),
                unscaled(peak.point.betaCovariance),
                df,
                level);
    }

    private double[][] unscaled(double[][] covariance) {
        double[][] out = new double[covariance.length][];
        for (int i = 0; i < out.length; i++) {
            out[i] = covariance[i].clone();
            for (int j = 0; j < out.length; j++) {
                out[i][j] *= data.scale * data.scale;
            }
        }
        return out;
    }

    /** The rows of the inverse of the covariance, summed, as parts of their total. */
    DoubleSeq meanWeights() {
        double total = Arrays.stream(weightedDesign[0]).sum();
        return DoubleSeq.of(Arrays.stream(weightedDesign[0]).map(w -> w / total).toArray());
    }

    /** A variance in the units of the effects. */
    double variance(double scaled) {
        return scaled * data.scale * data.scale;
    }

    double logLikelihood(double scaled, boolean ofRestricted) {
        return scaled - (ofRestricted ? data.n() - data.p() : data.n()) * StrictMath.log(data.scale);
    }

    double logLikelihood(boolean ofRestricted) {
        double value = ofRestricted == restricted
                ? peak.value()
                : model.likelihood(ofRestricted).at(peak.theta).value;
        return logLikelihood(value, ofRestricted);
    }

    double fitted(int row) {
        return data.basis.fitted(row, data.coordinates(peak.point.beta));
    }

    /** Residual heterogeneity: the weighted sum of squares if there were sampling error only. */
    TestResult residualHeterogeneity() {
        double q = model.likelihood(true).at(new double[peak.theta.length]).rss;
        int degrees = data.n() - data.p();
        return new TestResult(q, degrees, ChiSquared.upperTail(q, degrees));
    }

    /** (n − p) / tr P, with P the projection under sampling error only. */
    double typicalVariance() {
        double[] none = new double[peak.theta.length];
        Likelihood.Point point = model.likelihood(true).at(none);
        double[][] columns = new double[data.p()][data.n()];
        double trace = 0;
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < data.n(); i++) {
                columns[j][i] = data.basis.at(i, j);
            }
        }
        model.solve(none, columns);
        for (int a = 0; a < columns.length; a++) {
            for (int b = 0; b < columns.length; b++) {
                trace -= point.betaCovariance[a][b] * SymmetricMatrix.dot(columns[a], columns[b]);
            }
        }
        List<int[]> blocks = model.blocks();
        for (int c = 0; c < blocks.size(); c++) {
            trace += inverseTrace(c, blocks.get(c), none);
        }
        return variance((data.n() - data.p()) / trace);
    }

    private double inverseTrace(int block, int[] rows, double[] none) {
        double trace = 0;
        if (v.isIndependent(rows)) {
            for (int row : rows) {
                trace += 1 / data.variance(v.at(row, row));
            }
            return trace;
        }
        double[][] unit = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            unit[i][i] = 1;
        }
        model.solveBlock(block, none, unit);
        for (int i = 0; i < rows.length; i++) {
            trace += unit[i][i];
        }
        return trace;
    }

    /**
     * The covariance and tests of coefficients that hold whatever the covariance within clusters is.
     *
     * @param clusters the cluster of each effect; no block may have several
     */
    RobustEffects robust(RobustType type, int[] clusters) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        List<int[]> blocks = model.blocks();
        for (int b = 0; b < blocks.size(); b++) {
            for (int row : blocks.get(b)) {
                if (clusters[row] != clusters[blocks.get(b)[0]]) {
                    throw new IllegalArgumentException("A cluster of the model is split by the clusters of the test");
                }
            }
            members.computeIfAbsent(clusters[blocks.get(b)[0]], key -> new ArrayList<>())
                    .add(b);
        }
        List<RobustCluster> parts = members.values().stream().map(this::cluster).toList();
        ClusterRobust robust = ClusterRobust.of(type, parts, peak.point.betaCovariance);
        return new RobustEffects(type, parts.size(), robust, data, coefficients(), level);
    }

    private RobustCluster cluster(List<Integer> blocks) {
        int size = blocks.stream().mapToInt(b -> model.blocks().get(b).length).sum();
        double[][] x = new double[size][];
        double[] residuals = new double[size];
        double[][] covariance = new double[size][size];
        int at = 0;
        for (int b : blocks) {
            int[] rows = model.blocks().get(b);
            double[][] z = data.table(rows);
            double[][] part = model.covariance(b, peak.theta);
            for (int i = 0; i < rows.length; i++) {
                x[at + i] = Arrays.copyOf(z[i], data.p());
                residuals[at + i] = z[i][data.p()] - data.basis.fitted(rows[i], peak.point.beta);
                System.arraycopy(part[i], 0, covariance[at + i], at, rows.length);
            }
            at += rows.length;
        }
        return RobustCluster.of(x, residuals, covariance);
    }

    /**
     * Predicts random effects of one block from covariances with its effects.
     *
     * @param block the block
     * @param covariances for each random effect its covariance with each effect of the block
     * @param variances their variances
     * @param design for each the row of the basis to which the random effect is added; zeros for the effect alone
     * @return prediction and standard error of each, in the units of the effects
     */
    double[][] predict(int block, double[][] covariances, double[] variances, double[][] design) {
        int[] rows = model.blocks().get(block);
        double[][] solved = new double[covariances.length][];
        for (int i = 0; i < solved.length; i++) {
            solved[i] = covariances[i].clone();
        }
        model.solveBlock(block, peak.theta, solved);
        double[][] out = new double[solved.length][2];
        for (int i = 0; i < solved.length; i++) {
            double effect = SymmetricMatrix.dot(design[i], peak.point.beta);
            double variance = variances[i] - SymmetricMatrix.dot(solved[i], covariances[i]);
            double[] rest = design[i].clone();
            for (int r = 0; r < rows.length; r++) {
                effect += covariances[i][r] * weighted[rows[r]];
                for (int j = 0; j < rest.length; j++) {
                    rest[j] -= weightedDesign[j][rows[r]] * covariances[i][r];
                }
            }
            variance += SymmetricMatrix.dot(rest, SymmetricMatrix.multiply(peak.point.betaCovariance, rest));
            out[i][0] = data.scale * effect;
            out[i][1] = data.scale * Math.sqrt(Math.max(0, variance));
        }
        return out;
    }

    /** The true effect behind each effect: fitted value plus all random effects, with its standard error. */
    double[][] trueEffects() {
        double[][] out = new double[data.n()][];
        for (int b = 0; b < model.blocks().size(); b++) {
            int[] rows = model.blocks().get(b);
            for (int from = 0; from < rows.length; from += CHUNK) {
                int size = Math.min(CHUNK, rows.length - from);
                double[][] covariances = new double[size][];
                double[] variances = new double[size];
                double[][] basis = new double[size][data.p()];
                for (int i = 0; i < size; i++) {
                    covariances[i] = model.between(b, peak.theta, from + i);
                    variances[i] = covariances[i][from + i];
                    for (int j = 0; j < data.p(); j++) {
                        basis[i][j] = data.basis.at(rows[from + i], j);
                    }
                }
                double[][] predicted = predict(b, covariances, variances, basis);
                for (int i = 0; i < size; i++) {
                    // What least squares explain was taken from the effects before they were standardised.
                    predicted[i][0] +=
                            fitted(rows[from + i]) - data.scale * data.basis.fitted(rows[from + i], peak.point.beta);
                    out[rows[from + i]] = predicted[i];
                }
            }
        }
        return out;
    }

    /**
     * The random effects of one block alone.
     *
     * @param covariances for each its standardised covariance with each effect of the block
     * @param variances their standardised variances
     */
    double[][] randomEffects(int block, double[][] covariances, double[] variances) {
        return predict(block, covariances, variances, new double[covariances.length][data.p()]);
    }
}

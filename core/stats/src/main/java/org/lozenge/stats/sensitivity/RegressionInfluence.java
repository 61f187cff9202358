package org.lozenge.stats.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.numeric.PositiveDefinite;
import org.lozenge.stats.tau2.FixedTau2;

/**
 * How far each study moves a meta-regression: the diagnostics of {@link InfluenceDiagnostics} with moderators.
 *
 * <p>With b and V the coefficients and their covariance, b₍₎ and V₍₎ those without the study, x the study's row of the
 * design, h its leverage, p the number of coefficients, and s the factor by which the Hartung–Knapp test multiplies V₍₎
 * (1 for z and t):
 *
 * <pre>{@code
 * studentised residual   (y − x′b₍₎) / √(s (v + τ²₍₎) + x′V₍₎x)
 * DFFITS                 (x′b − x′b₍₎) / √(s h (v + τ²₍₎))
 * DFBETAS                (bⱼ − b₍₎ⱼ) / √(s ((X′W₍₎X)⁻¹)ⱼⱼ)      W₍₎ = 1/(v + τ²₍₎) over all studies
 * Cook's distance        (b − b₍₎)′ V⁻¹ (b − b₍₎)
 * covariance ratio       |V₍₎| / |V|
 * }</pre>
 *
 * <p>A study is flagged if |DFFITS| &gt; 3√(p/(k − p)), if the chi-squared distribution on p degrees of freedom has more
 * than half its mass below Cook's distance, if h &gt; 3p/k, or if any |DFBETAS| &gt; 1. Agrees with metafor 3.8.1 {@code
 * influence()} of a model with moderators.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.11">Viechtbauer and Cheung (2010), Res. Synth. Methods 1, 112–125</a>
 */
public final class RegressionInfluence {

    /**
     * The diagnostics of one study. Whatever needs a fit without it is NaN if there is none.
     *
     * @param rstudent externally studentised residual
     * @param rstandard internally standardised residual {@code (y − x′b)/√((v + τ²)(1 − h))}; NaN if h is 1
     * @param dffits DFFITS
     * @param cooksDistance Cook's distance of all coefficients
     * @param covRatio covariance ratio of all coefficients
     * @param tau2Deleted τ² without the study
     * @param qDeleted Q_E without the study
     * @param hat leverage
     * @param weight share of the weight, a fraction
     * @param dfbetas DFBETAS, one per term of the design
     * @param flags names of the measures by which it is influential; empty for most
     * @param problem why there is no fit without it
     */
    public record Study(
            double rstudent,
            double rstandard,
            double dffits,
            double cooksDistance,
            double covRatio,
            double tau2Deleted,
            double qDeleted,
            double hat,
            double weight,
            DoubleSeq dfbetas,
            List<String> flags,
            Optional<String> problem) {

        /** Copies the list. */
        public Study {
            flags = List.copyOf(flags);
        }

        /** Returns whether any measure says that the study is influential. */
        public boolean flagged() {
            return !flags.isEmpty();
        }
    }

    /** A leverage this close to 1 leaves a study no residual of its own. */
    private static final double ALONE = 1e-12;

    private final EffectSizes effects;
    private final DesignMatrix design;
    private final RegressionFit all;
    private final double[] hat;
    private final double[] weight;
    private final double[] fitted;
    private final double[][] inverse;
    private final int p;

    private RegressionInfluence(RegressionFit all) {
        this.all = all;
        this.effects = all.effects();
        this.design = all.design();
        this.hat = all.leverages().toArray();
        this.weight = all.weights().toArray();
        this.fitted = all.fitted().toArray();
        this.p = design.terms().size();
        this.inverse = all.standardError(0) > 0
                ? PositiveDefinite.of(covariance(all), 0).inverse()
                : new double[0][];
    }

    /**
     * Computes the diagnostics of all studies, without a monitor.
     *
     * @param effects as below
     * @param design as below
     * @param model as below
     * @return one entry per study
     */
    public static List<Study> of(EffectSizes effects, DesignMatrix design, MetaRegression model) {
        return of(effects, design, model, ParallelBlocks.Monitor.NONE);
    }

    /**
     * Computes the diagnostics of all studies.
     *
     * @param effects the studies
     * @param design their moderators
     * @param model fits the regression
     * @param monitor hears how far the run is, and may stop it
     * @return one entry per study, in their order; those of the first ones only if the monitor stopped the run
     * @throws IllegalArgumentException if there are not more studies than terms
     * @throws org.lozenge.stats.ConvergenceException if the fit of all studies fails
     */
    public static List<Study> of(
            EffectSizes effects, DesignMatrix design, MetaRegression model, ParallelBlocks.Monitor monitor) {
        RegressionInfluence diagnostics = new RegressionInfluence(model.fit(effects, design));
        int k = effects.k();
        return new RegressionSubsets(effects, design, model)
                .fit(
                        k,
                        out -> IntStream.range(0, k).filter(i -> i != out).toArray(),
                        diagnostics::study,
                        diagnostics::alone,
                        monitor);
    }

    private Study study(int i, RegressionFit rest) {
        double variance = effects.v().get(i) + rest.tau2();
        double s = RowShuffles.multiplier(rest.testMethod(), rest.hartungKnappMultiplier());
        if (s < InfluenceDiagnostics.EXACT) {
            return alone(new SubsetRegression.Problem(i, effects.k() - 1, InfluenceDiagnostics.AGREE));
        }
        double[] x = row(i);
        double predicted = rest.predict(x);
        double error = rest.predictionError(x);
        double dffits = (fitted[i] - predicted) / Math.sqrt(s * hat[i] * variance);
        double cook = cook(rest);
        double[] dfbetas = dfbetas(rest, s);
        return new Study(
                (effects.y().get(i) - predicted) / Math.sqrt(s * variance + error * error),
                standardised(i),
                dffits,
                cook,
                covRatio(rest),
                rest.tau2(),
                rest.residualHeterogeneity().statistic(),
                hat[i],
                weight[i],
                DoubleSeq.of(dfbetas),
                flags(i, dffits, cook, dfbetas),
                Optional.empty());
    }

    /** What a study has without which there is no regression. */
    private Study alone(SubsetRegression.Problem problem) {
        int i = problem.subset();
        double nan = Double.NaN;
        double[] dfbetas = new double[p];
        Arrays.fill(dfbetas, nan);
        return new Study(
                nan,
                standardised(i),
                nan,
                nan,
                nan,
                nan,
                nan,
                hat[i],
                weight[i],
                DoubleSeq.of(dfbetas),
                flags(i, nan, nan, dfbetas),
                Optional.of(problem.text()));
    }

    private double[] row(int i) {
        return design.columns().stream().mapToDouble(column -> column.get(i)).toArray();
    }

    private double standardised(int i) {
        double free = 1 - hat[i];
        return free < ALONE
                ? Double.NaN
                : (effects.y().get(i) - fitted[i]) / Math.sqrt((effects.v().get(i) + all.tau2()) * free);
    }

    private double[][] covariance(RegressionFit fit) {
        double[][] part = new double[p][p];
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < p; b++) {
                part[a][b] = fit.covariance(a, b);
            }
        }
        return part;
    }

    private double cook(RegressionFit rest) {
        if (inverse.length == 0) {
            return Double.NaN;
        }
        double sum = 0;
        for (int a = 0; a < inverse.length; a++) {
            for (int b = 0; b < inverse.length; b++) {
                sum += move(rest, a) * inverse[a][b] * move(rest, b);
            }
        }
        return sum;
    }

    private double move(RegressionFit rest, int term) {
        return all.coefficient(term) - rest.coefficient(term);
    }

    private double covRatio(RegressionFit rest) {
        return StrictMath.exp(logDeterminant(covariance(rest)) - logDeterminant(covariance(all)));
    }

    /** By elimination on the matrix scaled to a diagonal of ones, which is positive definite. */
    private static double logDeterminant(double[][] matrix) {
        int n = matrix.length;
        double log = 0;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            log += StrictMath.log(matrix[i][i]);
            for (int j = 0; j < n; j++) {
                a[i][j] = matrix[i][j] / Math.sqrt(matrix[i][i]) / Math.sqrt(matrix[j][j]);
            }
        }
        for (int step = 0; step < n; step++) {
            log += StrictMath.log(a[step][step]);
            for (int i = step + 1; i < n; i++) {
                double factor = a[i][step] / a[step][step];
                for (int j = step; j < n; j++) {
                    a[i][j] -= factor * a[step][j];
                }
            }
        }
        return log;
    }

    private double[] dfbetas(RegressionFit rest, double s) {
        RegressionFit same = new MetaRegression()
                .withEstimator(new FixedTau2(rest.tau2()))
                .withTest(TestMethod.WALD)
                .fit(effects, design);
        double[] dfbetas = new double[p];
        for (int j = 0; j < p; j++) {
            dfbetas[j] = move(rest, j) / Math.sqrt(s * same.covariance(j, j));
        }
        return dfbetas;
    }

    private List<String> flags(int i, double dffits, double cook, double[] dfbetas) {
        int k = effects.k();
        List<String> flags = new ArrayList<>();
        if (Math.abs(dffits) > 3 * Math.sqrt(p / (double) (k - p))) {
            flags.add("dffits");
        }
        if (cook > 0 && ChiSquared.upperTail(cook, p) < 0.5) {
            flags.add("cooks_distance");
        }
        if (hat[i] > 3.0 * p / k) {
            flags.add("hat");
        }
        for (double dfbeta : dfbetas) {
            if (Math.abs(dfbeta) > 1) {
                flags.add("dfbetas");
                break;
            }
        }
        return flags;
    }
}

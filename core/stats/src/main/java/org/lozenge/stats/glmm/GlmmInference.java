package org.lozenge.stats.glmm;

import java.util.Arrays;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.JointTest;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.FisherF;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.PositiveDefinite;
import org.lozenge.stats.numeric.Span;
import org.lozenge.stats.numeric.StudentT;

/**
 * Wald tests and intervals of the coefficients of a {@link GlmmFit}, and of linear combinations of them. A combination is one
 * number a coefficient. Immutable.
 */
public final class GlmmInference {

    /** Combinations that leave a smaller part of a unit diagonal follow from the others. */
    private static final double DEPENDENT = 1e-10;

    private final GlmmFit fit;
    private final double df;

    GlmmInference(GlmmFit fit, double df) {
        this.fit = fit;
        this.df = df;
    }

    /**
     * Returns the degrees of freedom of t and F.
     *
     * @return infinity for the normal distribution and χ²
     */
    public double df() {
        return df;
    }

    /**
     * Returns a combination of the coefficients.
     *
     * @param combination a number a coefficient
     * @return their weighted sum
     */
    public double estimate(double... combination) {
        return ofColumns(fit.data().design().toColumns(combination));
    }

    private double ofColumns(double[] columns) {
        double[] x = fit.parameterValues();
        double sum = 0;
        for (int c = 0; c < columns.length; c++) {
            sum += columns[c] * x[c];
        }
        return sum;
    }

    /**
     * Returns the standard error of a combination.
     *
     * @param combination a number a coefficient
     * @return from the observed information about all parameters
     */
    public double standardError(double... combination) {
        return Math.sqrt(fit.form(combination, combination));
    }

    /**
     * Tests whether a combination is 0.
     *
     * @param combination a number a coefficient
     * @return z or t, its degrees of freedom and the two-sided P value
     */
    public TestResult test(double... combination) {
        double z = estimate(combination) / standardError(combination);
        return new TestResult(z, df, Double.isInfinite(df) ? Normal.twoSided(z) : StudentT.twoSided(z, df));
    }

    /**
     * Returns the confidence interval of a combination.
     *
     * @param level as a fraction
     * @param combination a number a coefficient
     * @return the Wald interval
     */
    public Interval interval(double level, double... combination) {
        return around(level, 0, combination);
    }

    /**
     * Returns the interval of the effect of a new study whose mean effect the combination is.
     *
     * @param level as a fraction
     * @param combination a number a coefficient
     * @return the interval, with τ² added to the variance
     */
    public Interval predictionInterval(double level, double... combination) {
        return around(level, fit.tau2(), combination);
    }

    private Interval around(double level, double tau2, double[] combination) {
        double critical = Double.isInfinite(df) ? Normal.criticalValue(level) : StudentT.criticalValue(level, df);
        double half = critical * Math.sqrt(tau2 + fit.form(combination, combination));
        double estimate = estimate(combination);
        return new Interval(estimate - half, estimate + half, level);
    }

    /**
     * Tests whether several combinations are all 0.
     *
     * @param combinations at least one
     * @return χ², or F where degrees of freedom are finite
     */
    public JointTest testAll(double[]... combinations) {
        double[][] rows = Span.basis(
                Arrays.stream(combinations)
                        .map(combination -> fit.data().design().toColumns(combination))
                        .toArray(double[][]::new),
                DEPENDENT);
        int q = rows.length;
        double[] values = new double[q];
        double[][] covariance = new double[q][q];
        for (int i = 0; i < q; i++) {
            values[i] = ofColumns(rows[i]);
            for (int j = 0; j < q; j++) {
                covariance[i][j] = fit.formOfColumns(rows[i], rows[j]);
            }
        }
        PositiveDefinite factor = PositiveDefinite.of(covariance, DEPENDENT);
        int rank = factor.rank();
        double form = factor.inverseForm(values);
        return Double.isInfinite(df)
                ? new JointTest(form, rank, df, ChiSquared.upperTail(form, rank))
                : new JointTest(form / rank, rank, df, FisherF.upperTail(form / rank, rank, df));
    }

    /**
     * Returns the generalised variance inflation factor of some coefficients together.
     *
     * @param some the coefficients, from 0
     * @param all the coefficients among which they stand, themselves included; without the intercept
     * @return Fox and Monette's factor, 1 if they are uncorrelated with the others
     * @see <a href="https://doi.org/10.1080/01621459.1992.10475190">Fox and Monette (1992), J. Am. Stat. Assoc. 87,
     *     178–183</a>
     */
    public double varianceInflation(int[] some, int[] all) {
        int[] rest = Arrays.stream(all)
                .filter(j -> Arrays.stream(some).noneMatch(t -> t == j))
                .toArray();
        return StrictMath.exp(logDeterminant(some) + logDeterminant(rest) - logDeterminant(all));
    }

    /** Of the correlations of some coefficients. */
    private double logDeterminant(int[] at) {
        double[][] part = new double[at.length][at.length];
        for (int i = 0; i < at.length; i++) {
            for (int j = 0; j < at.length; j++) {
                part[i][j] = fit.covariance(at[i], at[j]);
            }
        }
        return PositiveDefinite.of(part, 0).logDeterminantOfCorrelation();
    }
}

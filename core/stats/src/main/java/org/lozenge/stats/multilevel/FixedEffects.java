package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.List;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.FisherF;
import org.lozenge.stats.numeric.Span;
import org.lozenge.stats.numeric.StudentT;

/** The coefficients of a model of dependent effects, with tests and intervals. */
public final class FixedEffects {

    /** Combinations of which others leave a smaller part follow from them. */
    private static final double DEPENDENT = 1e-12;

    private final List<String> terms;
    private final Basis basis;
    private final double[] coordinates;
    private final double[][] ofCoordinates;
    private final double[] coefficients;
    private final double[][] covariance;
    private final double[] df;
    private final double level;

    /**
     * @param coordinates estimates in the orthonormal basis
     * @param ofCoordinates their covariance
     */
    FixedEffects(
            List<String> terms,
            Basis basis,
            double[] coordinates,
            double[][] ofCoordinates,
            double[] df,
            double level) {
        this.terms = List.copyOf(terms);
        this.basis = basis;
        this.coordinates = coordinates;
        this.ofCoordinates = ofCoordinates;
        this.coefficients = basis.toTerms(coordinates);
        this.covariance = basis.toTerms(ofCoordinates);
        this.df = df;
        this.level = level;
    }

    /**
     * Several coefficients tested at once.
     *
     * @param statistic chi-squared, or F where the denominator is finite
     * @param df1 degrees of freedom of the numerator
     * @param df2 of the denominator; infinite for chi-squared
     * @param pValue the P value; NaN if there is no coefficient to test or no degree of freedom left
     */
    public record Omnibus(double statistic, double df1, double df2, double pValue) {}

    /**
     * Returns the names of the terms.
     *
     * @return as in the design
     */
    public List<String> terms() {
        return terms;
    }

    /**
     * Returns the estimates.
     *
     * @return one per term
     */
    public DoubleSeq coefficients() {
        return DoubleSeq.of(coefficients);
    }

    /**
     * Returns the covariance of two coefficients.
     *
     * @param a 0-based term
     * @param b 0-based term
     * @return their covariance
     */
    public double covariance(int a, int b) {
        return covariance[a][b];
    }

    /**
     * Returns the standard error of a coefficient.
     *
     * @param term 0-based
     * @return the standard error
     */
    public double standardError(int term) {
        return Math.sqrt(covariance[term][term]);
    }

    /**
     * Returns the degrees of freedom of a coefficient.
     *
     * @param term 0-based
     * @return infinite for tests by the normal distribution; 0 or less if there are none
     */
    public double df(int term) {
        return df[term];
    }

    /**
     * Tests whether a coefficient is 0.
     *
     * @param term 0-based
     * @return the test; without a P value where there is no degree of freedom
     */
    public TestResult test(int term) {
        double t = coefficients[term] / standardError(term);
        return new TestResult(t, df[term], df[term] > 0 ? StudentT.twoSided(t, df[term]) : Double.NaN);
    }

    /**
     * Returns the confidence interval of a coefficient.
     *
     * @param term 0-based
     * @return the interval; infinite where there is no degree of freedom
     */
    public Interval confidenceInterval(int term) {
        return interval(coefficients[term], standardError(term), df[term]);
    }

    Interval interval(double estimate, double se, double degrees) {
        double half = degrees > 0 ? se * StudentT.criticalValue(level, degrees) : Double.POSITIVE_INFINITY;
        return new Interval(estimate - half, estimate + half, level);
    }

    /**
     * Tests whether several coefficients are 0.
     *
     * @param tested 0-based terms
     * @return the test
     */
    public Omnibus omnibus(int... tested) {
        double[][] contrasts = new double[tested.length][terms.size()];
        for (int i = 0; i < tested.length; i++) {
            contrasts[i][tested[i]] = 1;
        }
        return omnibus(contrasts);
    }

    /**
     * Tests whether several combinations of coefficients are 0.
     *
     * @param contrasts a row of weights per combination; what follows from other rows does not count
     * @return the test, with the fewest degrees of freedom of the coefficients involved
     */
    public Omnibus omnibus(double[][] contrasts) {
        if (contrasts.length == 0) {
            return new Omnibus(Double.NaN, 0, Double.POSITIVE_INFINITY, Double.NaN);
        }
        double degrees = Double.POSITIVE_INFINITY;
        for (double[] contrast : contrasts) {
            degrees = Math.min(degrees, degrees(contrast));
        }
        double[][] rows = inBasis(contrasts);
        int q = rows.length;
        double[] estimates = new double[q];
        double[][] variances = new double[q][q];
        for (int i = 0; i < q; i++) {
            estimates[i] = SymmetricMatrix.dot(rows[i], coordinates);
            for (int j = 0; j < q; j++) {
                variances[i][j] = SymmetricMatrix.dot(rows[i], SymmetricMatrix.multiply(ofCoordinates, rows[j]));
            }
        }
        if (!SymmetricMatrix.factor(variances, variances) || !(degrees > 0)) {
            return new Omnibus(Double.NaN, q, degrees, Double.NaN);
        }
        double[] solved = estimates.clone();
        SymmetricMatrix.solve(variances, solved);
        double wald = SymmetricMatrix.dot(estimates, solved);
        return Double.isInfinite(degrees)
                ? new Omnibus(wald, q, degrees, ChiSquared.upperTail(wald, q))
                : new Omnibus(wald / q, q, degrees, FisherF.upperTail(wald / q, q, degrees));
    }

    /** Orthonormal combinations of the coordinates that span some of the terms. */
    double[][] inBasis(double[][] contrasts) {
        return Span.basis(Arrays.stream(contrasts).map(basis::toBasis).toArray(double[][]::new), DEPENDENT);
    }

    /** A combination of the coordinates. */
    double inBasis(double[] row) {
        return SymmetricMatrix.dot(row, coordinates);
    }

    private double degrees(double[] weights) {
        double degrees = Double.POSITIVE_INFINITY;
        for (int term = 0; term < df.length; term++) {
            degrees = weights[term] == 0 ? degrees : Math.min(degrees, df[term]);
        }
        return degrees;
    }

    /**
     * Returns a combination of the coefficients, such as a mean at given values of the moderators.
     *
     * @param weights one per term
     * @return the combination
     */
    public Combination combination(double... weights) {
        double degrees = degrees(weights);
        double[] row = basis.toBasis(weights);
        double estimate = SymmetricMatrix.dot(row, coordinates);
        double se = Math.sqrt(SymmetricMatrix.dot(row, SymmetricMatrix.multiply(ofCoordinates, row)));
        double t = estimate / se;
        return new Combination(
                estimate,
                se,
                new TestResult(t, degrees, degrees > 0 ? StudentT.twoSided(t, degrees) : Double.NaN),
                interval(estimate, se, degrees));
    }

    /**
     * A combination of coefficients.
     *
     * @param estimate its value
     * @param standardError its standard error
     * @param test whether it is 0
     * @param confidenceInterval its interval
     */
    public record Combination(double estimate, double standardError, TestResult test, Interval confidenceInterval) {

        /**
         * Returns the prediction interval of a true effect with this mean.
         *
         * @param between the variance of true effects about their mean
         * @return the interval, with the level and degrees of freedom of the confidence interval
         */
        public Interval predictionInterval(double between) {
            double level = confidenceInterval.level();
            double se = Math.sqrt(standardError * standardError + between);
            double half = test.df() > 0 ? se * StudentT.criticalValue(level, test.df()) : Double.POSITIVE_INFINITY;
            return new Interval(estimate - half, estimate + half, level);
        }
    }
}

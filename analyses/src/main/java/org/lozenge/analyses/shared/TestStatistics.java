package org.lozenge.analyses.shared;

import java.util.Optional;
import java.util.OptionalDouble;
import org.lozenge.plugin.NumberText;
import org.lozenge.stats.effect.InvalidRawDataException;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.TwoMeans;
import org.lozenge.stats.numeric.StudentT;

/**
 * Two means without standard deviations, for which a report prints the result of Student's two-sample test: t, F with one
 * degree of freedom, or a two-sided P value. Student's test has the pooled standard deviation
 *
 * <pre>{@code s = |x̄₁ − x̄₂| / (|t| √(1/n₁ + 1/n₂)),  |t| = √F,  |t| = the quantile of P with n₁ + n₂ − 2 degrees of freedom}</pre>
 *
 * <p>F and P have no sign; the means tell it.
 *
 * @see <a href="https://doi.org/10.1002/9781119536604.ch6">Cochrane Handbook (2019), Section 6.5.2.3</a>
 */
final class TestStatistics {

    private final RawCells cells;
    private final int i;
    private final double n1;
    private final double n2;

    TestStatistics(RawCells cells, int i, double n1, double n2) {
        this.cells = cells;
        this.i = i;
        this.n1 = n1;
        this.n2 = n2;
    }

    /**
     * The groups with both standard deviations equal to the pooled one.
     *
     * @return empty if the row has no means or no test
     * @throws InvalidRawDataException if F is negative or P outside its range
     * @throws NotEstimableException if the means are equal, or the test says that they are
     */
    Optional<TwoMeans> groups() {
        double mean1 = cells.number(i, "mean_t");
        double mean2 = cells.number(i, "mean_c");
        if (Double.isNaN(mean1) || Double.isNaN(mean2)) {
            return Optional.empty();
        }
        OptionalDouble t = size();
        if (t.isEmpty()) {
            return Optional.empty();
        }
        double sd = Math.abs(mean1 - mean2) / (t.getAsDouble() * Math.sqrt(1 / n1 + 1 / n2));
        if (!(sd > 0) || Double.isInfinite(sd)) {
            throw new NotEstimableException("A standard deviation does not follow from means of "
                    + NumberText.print(mean1) + " and " + NumberText.print(mean2) + " and a test statistic of "
                    + NumberText.print(t.getAsDouble()) + "; give the standard deviations.");
        }
        return Optional.of(new TwoMeans(mean1, sd, n1, mean2, sd, n2));
    }

    /** |t| from the first of t, F and P that the row has. */
    private OptionalDouble size() {
        double t = cells.number(i, "t");
        if (!Double.isNaN(t)) {
            return OptionalDouble.of(Math.abs(t));
        }
        double f = cells.number(i, "f");
        if (!Double.isNaN(f)) {
            if (f < 0) {
                throw new InvalidRawDataException(
                        "f", f, "is an F statistic and cannot be negative, but is " + NumberText.print(f));
            }
            return OptionalDouble.of(Math.sqrt(f));
        }
        return cells.isMissing("p", i) ? OptionalDouble.empty() : OptionalDouble.of(ofP(cells.text("p", i)));
    }

    private double ofP(String text) {
        if (text.matches("[<>≤≥].*")) {
            throw new NotEstimableException("The P value '" + text
                    + "' is only a bound, which gives no standard deviation; give the standard deviations.");
        }
        double p = cells.number(i, "p");
        if (!(p > 0 && p < 1)) {
            throw new InvalidRawDataException(
                    "p", p, "is a P value and must lie between 0 and 1, both excluded, but is " + text);
        }
        return StudentT.upperQuantile(p / 2, n1 + n2 - 2);
    }
}

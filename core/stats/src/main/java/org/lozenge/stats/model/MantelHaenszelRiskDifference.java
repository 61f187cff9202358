package org.lozenge.stats.model;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Mantel–Haenszel estimate of a common risk difference.
 *
 * <pre>{@code RD = Σ((a n₂ − c n₁)/n)/Σw,  w = n₁n₂/n}</pre>
 *
 * @see <a href="https://doi.org/10.2307/2530643">Greenland and Robins (1985), Biometrics 41, 55–68</a>
 * @see <a href="https://doi.org/10.2307/2531784">Sato, Greenland and Robins (1989), Biometrics 45, 1323–1324</a>
 */
public final class MantelHaenszelRiskDifference {

    /** Which formula gives the variance. */
    public enum Variance {
        /** Sato, Greenland and Robins: holds for few large and for many small studies. */
        SATO,
        /** Greenland and Robins: for large studies. */
        GREENLAND_ROBINS
    }

    private final Variance variance;

    /** Creates the method with Sato's variance. */
    public MantelHaenszelRiskDifference() {
        this(Variance.SATO);
    }

    /**
     * Creates the method.
     *
     * @param variance which formula gives the variance
     */
    public MantelHaenszelRiskDifference(Variance variance) {
        this.variance = Objects.requireNonNull(variance, "variance");
    }

    /**
     * Estimates the risk difference.
     *
     * @param tables the studies
     * @return the fit, with weights in proportion to n₁n₂/n; empty if the variance is 0, as when all studies have no events,
     *     or events only
     */
    public Optional<StratifiedFit> fit(MantelHaenszelTables tables) {
        return fit(tables, tables);
    }

    /**
     * Estimates the risk difference where a constant for zero cells is to enter weights and variance, but not the studies'
     * differences.
     *
     * @param tables the studies as observed
     * @param weighing the same studies with the constant
     * @return the fit, as {@link #fit(MantelHaenszelTables)} gives it
     * @throws IllegalArgumentException if the numbers of studies differ
     */
    public Optional<StratifiedFit> fit(MantelHaenszelTables tables, MantelHaenszelTables weighing) {
        if (tables.k() != weighing.k()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "There are %d tables, but %d to weigh them", tables.k(), weighing.k()));
        }
        double sum = 0;
        double total = 0;
        double[] weights = new double[tables.k()];
        for (int i = 0; i < tables.k(); i++) {
            weights[i] = weight(weighing, i);
            sum += tables.excess(i) * (weights[i] / weight(tables, i));
            total += weights[i];
        }
        double estimate = sum / total;
        double v = switch (variance) {
                    case SATO -> sato(weighing, estimate);
                    case GREENLAND_ROBINS -> greenlandRobins(weighing);
                }
                / (total * total);
        return StratifiedFit.isUsable(estimate, v)
                ? Optional.of(StratifiedFit.of(estimate, v, weights))
                : Optional.empty();
    }

    private static double weight(MantelHaenszelTables tables, int i) {
        return tables.n1(i) * tables.n2(i) / tables.total(i);
    }

    private static double sato(MantelHaenszelTables tables, double estimate) {
        double bend = 0;
        double base = 0;
        for (int i = 0; i < tables.k(); i++) {
            double n = tables.total(i);
            double share1 = tables.n1(i) / n;
            double share2 = tables.n2(i) / n;
            double a = tables.a[i];
            double c = tables.c[i];
            bend += c * share1 * share1 - a * share2 * share2 + share1 * share2 * (tables.n2(i) - tables.n1(i)) / 2;
            base += (a * tables.d[i] + c * tables.b[i]) / (2 * n);
        }
        return estimate * bend + base;
    }

    private static double greenlandRobins(MantelHaenszelTables tables) {
        double sum = 0;
        for (int i = 0; i < tables.k(); i++) {
            double n = tables.total(i);
            double n1 = tables.n1(i);
            double n2 = tables.n2(i);
            sum += (tables.a[i] * tables.b[i] * n2 * n2 / n1 + tables.c[i] * tables.d[i] * n1 * n1 / n2) / (n * n);
        }
        return sum;
    }
}

package org.lozenge.stats.effect;

/**
 * Correction of a measure for its bias in small samples.
 *
 * <p>Standardised differences are multiplied by Hedges' factor J; the ratios of means and of variation get the terms that
 * their own classes name.
 *
 * @see <a href="https://doi.org/10.3102/10769986006002107">Hedges (1981), J. Educ. Stat. 6, 107–128</a>
 */
public enum BiasCorrection {
    /** The exact factor {@code J(m) = Γ(m/2)/(√(m/2) Γ((m−1)/2))}. */
    EXACT {
        @Override
        double standardised(double m) {
            double x = (m - 1) / 2;
            double ratio = 1;
            // Γ(x+½)/Γ(x) is taken upwards to where the asymptotic series is exact: gamma functions
            // themselves overflow, and differences of their logarithms lose digits, for large samples.
            while (x < SERIES_FROM) {
                ratio *= x / (x + 0.5);
                x += 1;
            }
            double u = 1 / (x * x);
            double series =
                    (-1.0 / 8 + u * (1.0 / 192 + u * (-1.0 / 640 + u * (17.0 / 14336 + u * (-31.0 / 18432))))) / x;
            return ratio * Math.sqrt(2 * x / m) * StrictMath.exp(series);
        }
    },
    /** The approximation {@code 1 − 3/(4m − 1)}. */
    APPROXIMATE {
        @Override
        double standardised(double m) {
            return 1 - 3 / (4 * m - 1);
        }
    },
    /** No correction. */
    NONE {
        @Override
        double standardised(double m) {
            return 1;
        }
    };

    private static final double SERIES_FROM = 30;

    /**
     * Returns the factor for a standardised difference; accurate to a few units in the last place for any m.
     *
     * @param m degrees of freedom of the standard deviation, above 1
     * @return a number above 0 and up to 1
     * @throws NotEstimableException if there are too few degrees of freedom
     */
    public double factor(double m) {
        if (this != NONE && !(m > 1)) {
            throw new NotEstimableException("The correction for small samples needs a standard deviation with at least"
                    + " 2 degrees of freedom, but it has " + Texts.print(m) + ".");
        }
        return standardised(m);
    }

    abstract double standardised(double m);

    /** Whether anything is corrected. */
    boolean isOn() {
        return this != NONE;
    }
}

package org.lozenge.stats.numeric;

import java.util.function.DoubleUnaryOperator;

/**
 * The standard bivariate normal distribution.
 *
 * <p>All rests on Plackett's identity: the derivative of the distribution function with respect to the correlation is the
 * density. With {@code ρ = sin θ} the integrand has no singularity, and Gauss–Legendre panels that are halved until they
 * agree give all digits.
 *
 * @see <a href="https://doi.org/10.1093/biomet/41.3-4.351">Plackett (1954), Biometrika 41, 351–360</a>
 */
public final class BivariateNormal {

    private BivariateNormal() {}

    /**
     * Returns the density.
     *
     * @param h first coordinate
     * @param k second coordinate
     * @param rho correlation, between −1 and 1, both excluded
     * @return the density at (h, k)
     */
    public static double density(double h, double k, double rho) {
        double rest = (1 - rho) * (1 + rho);
        return StrictMath.exp(-(h * h - 2 * rho * h * k + k * k) / (2 * rest)) / (2 * Math.PI * Math.sqrt(rest));
    }

    /**
     * Returns by how much the probability below both coordinates exceeds that under independence.
     *
     * @param h first coordinate, finite
     * @param k second coordinate, finite
     * @param rho correlation, from −1 to 1
     * @return {@code P(X ≤ h, Y ≤ k) − Φ(h) Φ(k)}
     */
    public static double excess(double h, double k, double rho) {
        return integral(h, k, StrictMath.asin(rho));
    }

    /**
     * Returns the correlation that belongs to such an excess.
     *
     * @param h first coordinate, finite
     * @param k second coordinate, finite
     * @param excess the excess of the probability below both coordinates, inside the range that a correlation can give
     * @return the correlation, between −1 and 1
     * @throws IllegalArgumentException if no correlation gives this excess
     */
    public static double correlation(double h, double k, double excess) {
        if (excess == 0) {
            return 0;
        }
        double end = excess > 0 ? Math.PI / 2 : -Math.PI / 2;
        DoubleUnaryOperator equation = theta -> integral(h, k, theta) - excess;
        double theta = Roots.between(equation, Math.min(0, end), Math.max(0, end), "Tetrachoric correlation");
        return StrictMath.sin(theta);
    }

    private static double integral(double h, double k, double theta) {
        double squares = h * h + k * k;
        double product = h * k;
        DoubleUnaryOperator integrand = t -> {
            double sine = StrictMath.sin(t);
            double cosine2 = (1 - sine) * (1 + sine);
            double exponent = (squares - 2 * product * sine) / (2 * cosine2);
            return cosine2 == 0 ? (exponent > 0 ? 0 : 1) : StrictMath.exp(-exponent);
        };
        return Quadrature.integrate(integrand, 0, theta) / (2 * Math.PI);
    }
}

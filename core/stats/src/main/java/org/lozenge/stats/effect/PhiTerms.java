package org.lozenge.stats.effect;

/** The phi coefficient and its two variances. */
final class PhiTerms {

    private PhiTerms() {}

    static double phi(TwoByTwo t) {
        double margins = Math.sqrt(t.n1() * t.n2()) * Math.sqrt((t.a() + t.c()) * (t.b() + t.d()));
        return (t.a() * t.d() - t.b() * t.c()) / margins;
    }

    /** The delta method for two binomial samples; u is the share of the first, p the risk of both together. */
    static double stratified(TwoByTwo t) {
        double u = t.n1() / t.total();
        double p = (t.a() + t.c()) / t.total();
        double pq = p * (1 - p);
        double scale = Math.sqrt(u * (1 - u) / pq);
        double bend = (t.risk1() - t.risk2()) * (1 - 2 * p) / (2 * pq);
        double slope1 = scale * (1 - bend * u);
        double slope2 = -scale * (1 + bend * (1 - u));
        return slope1 * slope1 * t.risk1() * (1 - t.risk1()) / t.n1()
                + slope2 * slope2 * t.risk2() * (1 - t.risk2()) / t.n2();
    }

    /**
     * Yule's variance for a multinomial sample, as the mean square of what each subject adds to the coefficient:
     * {@code Σ pᵢⱼ (xᵢyⱼ − φ(xᵢ² + yⱼ²)/2)²/n}, with x and y the two variables in standard units. Unlike Yule's polynomial it
     * has no cancellation.
     */
    static double crossSectional(TwoByTwo t) {
        // Columns are swapped where φ is negative, which leaves the variance as it is.
        return t.a() * t.d() >= t.b() * t.c()
                ? crossSectional(t.a(), t.b(), t.c(), t.d())
                : crossSectional(t.b(), t.a(), t.d(), t.c());
    }

    private static double crossSectional(double a, double b, double c, double d) {
        double n = a + b + c + d;
        double x1 = Math.sqrt((c + d) / (a + b));
        double y1 = Math.sqrt((b + d) / (a + c));
        double phi = (a * d - b * c) / Math.sqrt((a + b) * (c + d)) / Math.sqrt((a + c) * (b + d));
        double rest = rest(a, b, c, d) / (1 + phi);
        // x − y where both are above 0, and where both are below.
        double above = n * (c - b) / (a + b) / (a + c) / (x1 + y1);
        double below = n * (c - b) / (c + d) / (b + d) / (1 / x1 + 1 / y1);
        double mixed1 = x1 / y1 + phi * (x1 * x1 + 1 / (y1 * y1)) / 2;
        double mixed2 = y1 / x1 + phi * (y1 * y1 + 1 / (x1 * x1)) / 2;
        double sum = a * square(x1 * y1 * rest - phi * above * above / 2)
                + b * square(mixed1)
                + c * square(mixed2)
                + d * square(rest / (x1 * y1) - phi * below * below / 2);
        return sum / n / n;
    }

    /** 1 − φ² without its cancellation. */
    static double rest(TwoByTwo t) {
        return rest(t.a(), t.b(), t.c(), t.d());
    }

    /** The product of the margins less (ad − bc)² is n (abc + abd + acd + bcd). */
    private static double rest(double a, double b, double c, double d) {
        double n = a + b + c + d;
        return n / (a + b) / (c + d) * (a * b * (c + d) + c * d * (a + b)) / (a + c) / (b + d);
    }

    private static double square(double value) {
        return value * value;
    }
}

package org.lozenge.stats.effect;

/** The phi coefficient and its two variances. */
final class PhiTerms {

    private PhiTerms() {}

    static double phi(TwoByTwo t) {
        double margins = t.n1() * t.n2() * (t.a() + t.c()) * (t.b() + t.d());
        return (t.a() * t.d() - t.b() * t.c()) / Math.sqrt(margins);
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

    /** Yule's variance for a multinomial sample. */
    static double crossSectional(TwoByTwo t) {
        double n = t.total();
        double row = t.n1() / n;
        double column = (t.a() + t.c()) / n;
        double rowSpread = row * (1 - row);
        double columnSpread = column * (1 - column);
        double rowTilt = (2 * row - 1) / Math.sqrt(rowSpread);
        double columnTilt = (2 * column - 1) / Math.sqrt(columnSpread);
        double phi = phi(t);
        double phi2 = phi * phi;
        return (1
                        - phi2
                        + phi * (1 + phi2 / 2) * rowTilt * columnTilt
                        - 0.75 * phi2 * (rowTilt * rowTilt + columnTilt * columnTilt))
                / n;
    }
}

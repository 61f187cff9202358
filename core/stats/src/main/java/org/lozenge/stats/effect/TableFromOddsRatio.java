package org.lozenge.stats.effect;

/**
 * The two-by-two table behind an odds ratio (or phi coefficient or chi-squared statistic) and its margins.
 *
 * <p>With both margins fixed the table has one free cell. An odds ratio determines it by a quadratic equation; a phi
 * coefficient, and with its sign a chi-squared statistic, by a linear one. The cells are not rounded, so that the odds ratio
 * is met exactly; {@link #rounded} gives the nearest table of whole numbers.
 */
public final class TableFromOddsRatio {

    private TableFromOddsRatio() {}

    /**
     * Returns the table with a given odds ratio.
     *
     * @param oddsRatio the odds ratio, above 0
     * @param n1 size of the first group
     * @param n2 size of the second group
     * @param events events in both groups together, above 0 and below n1 + n2
     * @return the table, all cells above 0, not rounded
     * @throws InvalidRawDataException if a number is outside its range
     */
    public static TwoByTwo of(double oddsRatio, double n1, double n2, double events) {
        InvalidRawDataException.positive("or", oddsRatio, "an odds ratio");
        checkMargins(n1, n2, events);
        // (ψ−1) a² − (ψ(n₁+m) + n₂−m) a + ψ n₁ m = 0, by the root that stays finite at ψ = 1.
        double half = oddsRatio * (n1 + events) + (n2 - events);
        double discriminant = half * half - 4 * (oddsRatio - 1) * oddsRatio * n1 * events;
        double a = 2 * oddsRatio * n1 * events / (half + Math.sqrt(Math.max(0, discriminant)));
        return table(a, n1, n2, events);
    }

    /**
     * Returns the table with a given phi coefficient.
     *
     * @param phi the coefficient; for a chi-squared statistic its root over the number of participants, with sign
     * @param n1 size of the first group
     * @param n2 size of the second group
     * @param events events in both groups together, above 0 and below n1 + n2
     * @return the table, not rounded
     * @throws InvalidRawDataException if a number is outside its range, or the margins do not allow such a coefficient
     */
    public static TwoByTwo ofPhi(double phi, double n1, double n2, double events) {
        InvalidRawDataException.within("phi", phi, -1, 1, "a correlation");
        checkMargins(n1, n2, events);
        double n = n1 + n2;
        double a = (n1 * events + phi * Math.sqrt(n1 * n2 * events * (n - events))) / n;
        if (a < Math.max(0, events - n2) || a > Math.min(n1, events)) {
            throw new InvalidRawDataException(
                    "phi",
                    phi,
                    "is " + Texts.print(phi) + ", but margins of " + Texts.print(n1) + ", " + Texts.print(n2) + " and "
                            + Texts.print(events) + " events do not allow it");
        }
        return table(a, n1, n2, events);
    }

    /**
     * Returns the nearest table of whole numbers with the same margins.
     *
     * @param table a table whose margins are whole numbers
     * @return the table with the first cell rounded
     */
    public static TwoByTwo rounded(TwoByTwo table) {
        double least = Math.max(0, table.a() - table.d());
        double most = Math.min(table.n1(), table.a() + table.c());
        double a = Math.max(least, Math.min(most, Math.rint(table.a())));
        return table(a, Math.rint(table.n1()), Math.rint(table.n2()), Math.rint(table.a() + table.c()));
    }

    private static TwoByTwo table(double a, double n1, double n2, double events) {
        return new TwoByTwo(a, Math.max(0, n1 - a), Math.max(0, events - a), Math.max(0, n2 - events + a));
    }

    private static void checkMargins(double n1, double n2, double events) {
        InvalidRawDataException.positive("n_t", n1, "the size of an arm");
        InvalidRawDataException.positive("n_c", n2, "the size of an arm");
        InvalidRawDataException.within("events", events, 0, n1 + n2, "the number of events in both arms");
    }
}

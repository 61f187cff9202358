package org.lozenge.analyses.dependent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.multilevel.FixedEffects;
import org.lozenge.stats.numeric.PositiveDefinite;

/** Names moderators whose coefficients can hardly be told apart. */
public final class Collinearity {

    /** Above this, a coefficient says little about its moderator alone. */
    private static final double HIGH = 10;

    private Collinearity() {}

    /**
     * Warns of variance inflation factors above 10.
     *
     * @param terms the moderators among the coefficients, without intercepts
     */
    public static void warn(RunContext context, String source, FixedEffects b, int... terms) {
        List<String> high = new ArrayList<>();
        for (int j = 0; j < terms.length && terms.length > 1; j++) {
            double inflation = inflation(b, terms, j);
            if (!(inflation <= HIGH)) {
                String value = inflation < 1e12 ? String.format(Locale.ROOT, "%.3g", inflation) : "more than 1e12";
                high.add("'" + b.terms().get(terms[j]) + "' (" + value + ")");
            }
        }
        if (!high.isEmpty()) {
            context.warn(
                    "collinear",
                    source + ": moderators depend strongly on each other, by their variance inflation factors: "
                            + String.join(", ", high)
                            + ". Their coefficients are uncertain and hard to tell apart; centre moderators of products and"
                            + " powers with center( ) or poly( ), or leave one out. Fitted values are not affected.");
        }
    }

    /** One over the part of the variance of an estimate that the others leave, from the correlations of estimates. */
    private static double inflation(FixedEffects b, int[] terms, int term) {
        int n = terms.length - 1;
        double[][] others = new double[n][n];
        double[] own = new double[n];
        for (int i = 0; i < n; i++) {
            int a = terms[i < term ? i : i + 1];
            own[i] = correlation(b, a, terms[term]);
            for (int j = 0; j < n; j++) {
                others[i][j] = correlation(b, a, terms[j < term ? j : j + 1]);
            }
        }
        return 1 / Math.max(0, 1 - PositiveDefinite.of(others, 1e-12).inverseForm(own));
    }

    private static double correlation(FixedEffects b, int i, int j) {
        return b.covariance(i, j) / (b.standardError(i) * b.standardError(j));
    }
}

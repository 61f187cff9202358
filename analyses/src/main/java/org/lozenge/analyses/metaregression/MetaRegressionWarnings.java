package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.plugin.Message;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.RobustCovariance;
import org.lozenge.stats.model.TestMethod;

/** What a reader of a meta-regression should beware of. */
final class MetaRegressionWarnings {

    /** A rule of thumb: so many studies for each coefficient besides the intercept. */
    private static final int STUDIES_PER_TERM = 10;

    /** Above this, a coefficient says little about its moderator alone. */
    private static final double COLLINEAR = 10;

    /** Below this many degrees of freedom, robust tests are too liberal. */
    private static final double FEW_DF = 4;

    private MetaRegressionWarnings() {}

    static List<Message> of(Fitted fitted) {
        List<Message> messages = new ArrayList<>();
        RegressionFit fit = fitted.fit();
        int k = fit.effects().k();
        int m = fit.moderatorCount();
        if (m > 0 && k < STUDIES_PER_TERM * m) {
            messages.add(Message.warning(
                    "few-studies",
                    String.format(
                            Locale.ROOT,
                            "%d studies for %d %s of moderators: fewer than %d for each, so that chance findings and missed"
                                    + " effects are likely.",
                            k,
                            m,
                            m == 1 ? "coefficient" : "coefficients",
                            STUDIES_PER_TERM)));
        }
        collinear(fit, messages);
        if (fit.testMethod() == TestMethod.HARTUNG_KNAPP && fit.hartungKnappMultiplier() == 0) {
            messages.add(Message.warning(
                    "perfect-fit",
                    "The model fits all effects exactly, so that the plain Hartung-Knapp method takes standard errors for 0 and"
                            + " there is no test. Take --test hksj, t or z."));
        }
        if (fit.testMethod() == TestMethod.HARTUNG_KNAPP_AD_HOC && fit.hartungKnappMultiplier() < 1) {
            messages.add(Message.info(
                    "hksj-guard",
                    String.format(
                            Locale.ROOT,
                            "The Hartung-Knapp multiplier is %.3g, below 1; the guard took 1. The plain method is --test"
                                    + " hksj-plain.",
                            fit.hartungKnappMultiplier())));
        }
        if (fit.modes().size() > 1) {
            messages.add(Message.warning(
                    "several-maxima",
                    "The likelihood has " + fit.modes().size() + " maxima, at τ² = "
                            + fit.modes().stream()
                                    .map(mode -> String.format(Locale.ROOT, "%.4g", mode.tau2()))
                                    .collect(Collectors.joining(", "))
                            + "; the highest was taken."));
        }
        fewClusters(fitted, messages);
        return messages;
    }

    /** Without an intercept, columns that are not centred always look collinear. */
    private static void collinear(RegressionFit fit, List<Message> messages) {
        if (!fit.design().hasIntercept()) {
            return;
        }
        double[] vif = fit.varianceInflation().toArray();
        List<String> high = IntStream.range(0, vif.length)
                .filter(j -> vif[j] > COLLINEAR)
                .mapToObj(j -> String.format(
                        Locale.ROOT, "%s (%.3g)", fit.design().terms().get(j), vif[j]))
                .toList();
        if (!high.isEmpty()) {
            messages.add(
                    Message.warning(
                            "collinear",
                            "Terms depend strongly on each other, by their variance inflation factors: "
                                    + String.join(", ", high)
                                    + ". Their coefficients are uncertain and hard to tell apart; centre moderators of products and"
                                    + " powers with center( ) or poly( ), or leave a term out. Fitted values are not affected."));
        }
    }

    private static void fewClusters(Fitted fitted, List<Message> messages) {
        if (fitted.inference() instanceof RobustCovariance robust) {
            if (robust.exactClusters() > 0) {
                messages.add(Message.warning(
                        "exact-clusters",
                        "The model fits " + robust.exactClusters() + " of " + robust.clusters()
                                + " clusters exactly in some direction, because a coefficient rests on them alone. Robust"
                                + " standard errors that need them are left out or too small; take a simpler model, or"
                                + " --robust none."));
            }
            double least = IntStream.range(0, fitted.p())
                    .mapToDouble(t -> fitted.inference().df(fitted.unit(t)))
                    .filter(df -> !Double.isNaN(df))
                    .min()
                    .orElse(Double.NaN);
            if (least < FEW_DF) {
                messages.add(Message.warning(
                        "few-clusters",
                        String.format(
                                Locale.ROOT,
                                "Robust tests have as few as %.2g degrees of freedom; below %.0f their P values are too small"
                                        + " to be trusted.",
                                least,
                                FEW_DF)));
            }
        }
    }

    /** Studies that the model fits exactly, because a coefficient is theirs alone. */
    static List<Message> exactFits(Fitted fitted, int[] rows) {
        double[] hat = fitted.fit().leverages().toArray();
        int[] exact =
                IntStream.range(0, hat.length).filter(i -> hat[i] > 1 - 1e-8).toArray();
        if (exact.length == 0) {
            return List.of();
        }
        boolean robust = fitted.inference() instanceof RobustCovariance;
        return List.of(Message.warning(
                        "exact-fit",
                        "The model fits "
                                + Arrays.stream(exact)
                                        .limit(10)
                                        .mapToObj(i -> "'"
                                                + fitted.fit()
                                                        .effects()
                                                        .studies()
                                                        .get(i) + "'")
                                        .collect(Collectors.joining(", "))
                                + (exact.length > 10 ? " and " + (exact.length - 10) + " more" : "")
                                + " exactly: a coefficient rests on "
                                + (exact.length == 1 ? "this study" : "each of these studies") + " alone."
                                + (robust ? " Robust standard errors know nothing of its uncertainty." : ""))
                .at(Arrays.stream(exact).map(i -> rows[i]).toArray()));
    }
}

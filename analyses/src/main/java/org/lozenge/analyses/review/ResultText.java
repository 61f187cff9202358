package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.plugin.Text;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.PooledFit;

/**
 * The result of one family in words.
 *
 * <p>A hazard ratio is a ratio of rates at any moment, not of risks, and the words keep to that. An interval that
 * includes 1 is never called "no effect".
 */
final class ResultText {

    private static final double SUSPICION = 0.1;
    private static final int FEW = 10;

    private final FamilyReview review;

    ResultText(FamilyReview review) {
        this.review = review;
    }

    Text text() {
        List<String> paragraphs = review.pool()
                .map(pool -> pool.k() == 1 ? List.of(single(pool)) : pooled(pool))
                .orElseGet(() -> List.of(nothing()));
        return Paragraphs.text("result", "Result", paragraphs);
    }

    private String nothing() {
        return "Nothing can be pooled: none of the "
                + Words.count(review.lines().size(), "row") + " on "
                + Words.count(review.trials(), "trial")
                + " gives a hazard ratio with a standard error. The tables below say what each lacks.";
    }

    private String single(Pool pool) {
        Report report = pool.reports().get(0);
        return "One trial, " + report.trial() + ": hazard ratio " + withInterval(pool.common()) + ", from "
                + report.derived().basis() + ". With a single trial there is nothing to pool, and nothing to show how "
                + "much trials differ. " + direction() + " " + verdict(pool);
    }

    private List<String> pooled(Pool pool) {
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(Words.spelled(pool.k(), "trial")
                + " enter, one analysis of each. By the random-effects model the "
                + "pooled hazard ratio is " + withInterval(pool.random(), ", " + testName(pool.random())) + ". "
                + direction() + " " + verdict(pool)
                + otherInterval(pool));
        paragraphs.add(
                "The common-effect model, which takes all trials to estimate one and the same hazard ratio, gives "
                        + withInterval(pool.common()) + "." + twoTrials(pool));
        paragraphs.add(differences(pool));
        paragraphs.add(eachTrial(pool));
        return paragraphs;
    }

    /** Returns {@code 0.31 (95% confidence interval 0.08 to 1.16)}. */
    static String withInterval(PooledFit fit) {
        return withInterval(fit, "");
    }

    private static String withInterval(PooledFit fit, String more) {
        return Words.ratio(fit) + " (" + PlotText.level(fit.level()) + " confidence interval "
                + Words.range(fit.confidenceInterval()) + more + ")";
    }

    private static String testName(PooledFit fit) {
        return switch (fit.testMethod()) {
            case WALD -> "Wald";
            case T -> "t with " + Words.number(fit.df()) + " degrees of freedom";
            case HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC -> "Hartung-Knapp-Sidik-Jonkman";
            case KENWARD_ROGER, PROFILE_LIKELIHOOD, HENMI_COPAS, IVHET, UNRESTRICTED_WEIGHTED_LEAST_SQUARES ->
                fit.testMethod().label();
        };
    }

    /** Which side of 1 is the good one, as far as the family says. */
    private String direction() {
        String less = " is less frequent with " + review.treatment() + " than with " + review.control()
                + " among the patients still at risk";
        return review.family().isHarm()
                ? "A hazard ratio below 1 favours " + review.treatment() + ": at any moment, "
                        + review.family().event() + less + "."
                : "A hazard ratio below 1 means that, at any moment, the event" + less
                        + "; whether that is good depends on the event.";
    }

    private String verdict(Pool pool) {
        Interval interval = pool.random().confidenceInterval();
        String hazard = review.family().hazard();
        boolean one = pool.k() == 1;
        if (interval.contains(0)) {
            return "The interval includes 1: "
                    + (one ? "the trial does" : pool.k() < FEW ? "so few trials do" : "the trials together do")
                    + " not settle whether " + hazard + " is lower or higher with " + review.treatment() + ".";
        }
        boolean low = interval.upper() < 0;
        return "The interval lies " + (low ? "below" : "above") + " 1: "
                + (one ? "the trial shows" : "the trials together show") + " a " + (low ? "lower" : "higher") + " "
                + hazard.replaceFirst("^the ", "") + " with " + review.treatment() + ".";
    }

    private static String otherInterval(Pool pool) {
        if (!pool.intervalsDisagree()) {
            return "";
        }
        PooledFit other = pool.otherInterval();
        return " " + (pool.random().testMethod().isHartungKnapp() ? "The Wald interval" : "The HKSJ interval")
                + " around the same estimate, " + Words.range(other.confidenceInterval()) + ", "
                + IntervalsText.says(other) + " it; what that means is said below.";
    }

    private static String twoTrials(Pool pool) {
        return pool.k() == 2
                ? " Two trials cannot show how much trials differ, so the random-effects interval is very wide, and "
                        + "there is no prediction interval. Read this line as the average of the two trials, and no more."
                : "";
    }

    private static String differences(Pool pool) {
        Heterogeneity h = pool.pooled().heterogeneity();
        String numbers = "Q = " + PlotText.fixed(h.q().statistic(), 1) + " on " + Words.number(h.q().df()) + " df, "
                + PlotText.p(h.q().pValue()) + "; τ² = " + PlotText.fixed(h.tau2(), 2) + "; I² = "
                + PlotText.percent(h.i2());
        String text = h.q().pValue() < SUSPICION
                ? "The trials differ by more than chance easily explains (" + numbers + ")."
                : "Chance alone may explain how the trials differ (" + numbers + ")"
                        + (pool.k() < FEW ? ", but so few trials could hardly show more." : ".");
        return text + prediction(pool);
    }

    private static String prediction(Pool pool) {
        return pool.random()
                .predictionInterval()
                .map(pi -> " In a further trial like these, the true hazard ratio is expected to lie between "
                        + Words.ratio(Measure.HR.display(pi.lower())) + " and "
                        + Words.ratio(Measure.HR.display(pi.upper())) + " with " + PlotText.level(pi.level())
                        + " probability (prediction interval).")
                .orElse("");
    }

    private static String eachTrial(Pool pool) {
        double[] y = pool.pooled().effects().y().toArray();
        int k = pool.k();
        int below = (int) Arrays.stream(y).filter(value -> value < 0).count();
        int above = (int) Arrays.stream(y).filter(value -> value > 0).count();
        int excluding = pool.excludingOne();
        String side;
        if (below == k || above == k) {
            side = (k == 2 ? "Both" : "All " + k) + " trials have a hazard ratio " + (below == k ? "below" : "above")
                    + " 1";
        } else {
            side = "Of the " + k + " trials, " + below + " have a hazard ratio below 1 and " + above + " above 1";
        }
        String own = excluding == k
                ? ", and the interval of each excludes 1."
                : excluding == 0
                        ? "; the interval of each includes 1."
                        : excluding == 1
                                ? "; the interval of one of them excludes 1."
                                : "; the intervals of " + excluding + " of them exclude 1.";
        return side + own;
    }
}

package org.lozenge.analyses.review;

import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.plugin.Text;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.StudentT;

/** What it means that the Wald and the HKSJ interval disagree about a hazard ratio of 1, in plain words. */
final class IntervalsText {

    private static final int FEW = 10;

    private final FamilyReview review;
    private final Pool pool;
    private final PooledFit wald;
    private final PooledFit hksj;

    private IntervalsText(FamilyReview review, Pool pool) {
        this.review = review;
        this.pool = pool;
        this.wald = pool.pooled().wald();
        this.hksj = pool.hksj();
    }

    /** Returns the text; empty if the intervals agree or there is one trial. */
    static Optional<Text> of(FamilyReview review) {
        return review.pool().filter(Pool::intervalsDisagree).map(pool -> new IntervalsText(review, pool).text());
    }

    private Text text() {
        return Paragraphs.text(
                "two_intervals", "Two intervals that disagree about 1", List.of(theTwo(), why(), meaning(), open()));
    }

    /** Returns {@code includes} or {@code excludes}. */
    static String says(PooledFit fit) {
        return fit.confidenceInterval().contains(0) ? "includes" : "excludes";
    }

    private String theTwo() {
        return "Around the estimate of " + Words.ratio(wald) + ", the Wald interval is "
                + Words.range(wald.confidenceInterval()) + " and " + says(wald)
                + " 1; the Hartung-Knapp-Sidik-Jonkman (HKSJ) interval is " + Words.range(hksj.confidenceInterval())
                + " and " + says(hksj) + " 1." + guard();
    }

    private String guard() {
        if (!hksj.adHocGuardActed()) {
            return "";
        }
        PooledFit plain = pool.plainHksj();
        return " The HKSJ interval is shown with its guard, which never lets the standard error fall below that of Wald; "
                + "without the guard it is " + Words.range(plain.confidenceInterval()) + " and " + says(plain) + " 1.";
    }

    private String why() {
        double level = wald.level();
        String few = pool.k() < FEW
                ? "With " + Words.count(pool.k(), "trial")
                        + " it is hardly known, and the interval is too short: it misses the truth more often than its "
                        + PlotText.level(level) + " promises. "
                : "";
        return "Both allow for differences between trials. The Wald interval takes the estimated variance between "
                + "trials for the true one. " + few + "The HKSJ interval measures how far the trials scatter around "
                + "the estimate and pays for having only " + pool.k() + " of them: it spans "
                + PlotText.fixed(StudentT.criticalValue(level, hksj.df()), 2) + " standard errors to either side "
                + "instead of " + PlotText.fixed(Normal.criticalValue(level), 2) + ".";
    }

    private String meaning() {
        boolean hksjIncludes = hksj.confidenceInterval().contains(0);
        if (!hksjIncludes) {
            return "Here HKSJ is the shorter one, because the trials agree better than their own intervals would let "
                    + "one expect. That may be luck: do not call the result settled.";
        }
        return "For trials like these in general, believe the HKSJ interval: " + Words.count(pool.k(), "trial")
                + " are too few to rule out 1. That is not evidence that " + review.treatment()
                + " makes no difference.";
    }

    /** What the trials do show, whatever the interval of the random-effects model says. */
    private String open() {
        boolean commonExcludes = !pool.common().confidenceInterval().contains(0);
        String each = pool.excludingOneOnOneSide() == pool.k()
                ? "each of the " + pool.k() + " trials by itself excludes 1 on the same side"
                : "";
        String average = commonExcludes
                ? "their average, the common effect, excludes 1 ("
                        + Words.range(pool.common().confidenceInterval()) + ")"
                : "";
        List<String> shown = java.util.stream.Stream.of(each, average)
                .filter(part -> !part.isEmpty())
                .toList();
        return shown.isEmpty()
                ? ""
                : "What these trials do show: " + Words.list(shown)
                        + ". What stays open is how large the effect is elsewhere: " + Words.count(pool.k(), "trial")
                        + " show little of how much effects differ from trial to trial.";
    }
}

package org.lozenge.stats.survival;

import java.util.List;
import java.util.Locale;

/**
 * A log hazard ratio with its standard error, and what follows from several of them without pooling studies: sums over
 * strata, inverted contrasts, and contrasts through a shared arm.
 *
 * @param y log hazard ratio
 * @param standardError its standard error
 */
public record LogHazardRatio(double y, double standardError) {

    /** Checks that the estimate is finite and its standard error positive. */
    public LogHazardRatio {
        if (!Double.isFinite(y) || !(standardError > 0) || Double.isInfinite(standardError)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "A log hazard ratio needs a finite y and a standard error above 0, but has %s and %s",
                    y,
                    standardError));
        }
    }

    /**
     * Returns what log-rank statistics give: {@code y = (O − E)/V, SE = 1/√V}.
     *
     * @param observedMinusExpected O − E of the treatment arm
     * @param v its variance, above 0
     */
    public static LogHazardRatio ofLogRank(double observedMinusExpected, double v) {
        return new LogHazardRatio(observedMinusExpected / v, 1 / Math.sqrt(v));
    }

    /** Returns the log-rank variance V of O − E that the standard error stands for: 1/SE². */
    public double information() {
        return 1 / (standardError * standardError);
    }

    /** Returns observed minus expected events that the estimate stands for: y/SE². */
    public double observedMinusExpected() {
        return y * information();
    }

    /** Route T30. Returns the ratio of the arms the other way round: 1/HR with limits 1/U and 1/L. */
    public LogHazardRatio inverted() {
        return new LogHazardRatio(-y, standardError);
    }

    /**
     * Route T29. Returns the result over disjoint strata or subgroups of one trial: {@code y = Σ(O − E)/ΣV, SE = 1/√ΣV},
     * which is their inverse-variance mean.
     *
     * @param strata at least one; no participant may be in two of them
     */
    public static LogHazardRatio overStrata(List<LogHazardRatio> strata) {
        if (strata.isEmpty()) {
            throw new IllegalArgumentException("There are no strata to sum over");
        }
        double score = 0;
        double v = 0;
        for (LogHazardRatio stratum : strata) {
            score += stratum.observedMinusExpected();
            v += stratum.information();
        }
        return ofLogRank(score, v);
    }

    /**
     * Returns the covariance of two log hazard ratios that share an arm: {@code 1/d}, d being the shared arm's events.
     *
     * @param sharedEvents events in the shared arm, above 0
     */
    public static double covarianceOfSharedArm(double sharedEvents) {
        if (!(sharedEvents > 0)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "The shared arm needs events for a covariance, but has %s", sharedEvents));
        }
        return 1 / sharedEvents;
    }

    /**
     * Route T31. Returns B against C from A against C (this) and A against B, in one trial with three arms:
     * {@code y = y_AC − y_AB, var = var_AC + var_AB − 2/d_A}.
     *
     * @param ab A against B of the same trial
     * @param sharedEvents events in arm A
     * @throws IllegalArgumentException if the events are too few for the two standard errors, so that no positive variance
     *     is left
     */
    public LogHazardRatio throughSharedArm(LogHazardRatio ab, double sharedEvents) {
        double variance = standardError * standardError
                + ab.standardError * ab.standardError
                - 2 * covarianceOfSharedArm(sharedEvents);
        if (!(variance > 0)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Standard errors %s and %s do not fit %s events in the shared arm: no variance is left. Check the "
                            + "events",
                    standardError,
                    ab.standardError,
                    sharedEvents));
        }
        return new LogHazardRatio(y - ab.y, Math.sqrt(variance));
    }
}

package org.lozenge.stats.survival;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * Cox proportional hazards model, fitted by maximum partial likelihood.
 *
 * <pre>{@code hazard(t | x, stratum s) = h₀ₛ(t) · exp(β'x)}</pre>
 *
 * <p>Newton's method from β = 0 with halved steps where the likelihood would fall; the log partial likelihood is concave,
 * so there is one maximum. It works in an orthonormal basis of the covariates and stops when a step no longer moves any
 * linear predictor, so coefficients are exact to about 1e-10 of their standard errors.
 *
 * <p>Special cases:
 * <ul>
 *   <li>A covariate that is constant within all strata, or a combination of earlier covariates, is left out and listed in
 *       {@link CoxFit#redundant()}.
 *   <li>When some combination of covariates puts whoever has the event always at the extreme of those at risk, the
 *       likelihood rises for ever: the coefficient is infinite, with its sign, and listed in {@link CoxFit#infinite()};
 *       score and likelihood-ratio tests still hold.
 * </ul>
 *
 * <p>Agrees with {@code coxph} of R survival 3.5.3 at {@code eps = 1e-14} to a relative 1e-8 on
 * {@code survival-ipd-cox.csv}.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1972.tb00899.x">Cox (1972), J. R. Stat. Soc. B 34, 187–220</a>
 * @see <a href="https://doi.org/10.1080/01621459.1977.10480613">Efron (1977), J. Am. Stat. Assoc. 72, 557–565</a>
 */
public final class CoxModel {

    private static final int MAX_STEPS = 200;

    private static final double SMALLEST_PART = 1e-12;

    /** How often a step that leaves no information is halved before it counts as one to infinity. */
    private static final int OVERSHOOTS = 10;

    /**
     * Newton's method doubles the digits, so a step this small (relative to the range of η, or to 1) is followed by one
     * below rounding.
     */
    private static final double SMALL_STEP = 1e-9;

    /** A gain this small with a step of a tenth in some linear predictor happens on the way to infinity only. */
    private static final double SMALL_GAIN = 1e-9;

    private static final double LARGE_STEP = 0.1;

    private static final double SINGULAR = 1e-14;

    /** How events at the same time are treated. */
    public enum Ties {
        /** Efron's approximation, close to the exact likelihood. */
        EFRON,
        /** Breslow's approximation, pulls coefficients towards 0 when there are many ties. */
        BRESLOW
    }

    private final Ties ties;

    /**
     * A model.
     *
     * @param ties treatment of tied events
     */
    public CoxModel(Ties ties) {
        this.ties = Objects.requireNonNull(ties, "ties");
    }

    /**
     * Fits the model.
     *
     * @param data participants, covariates, strata and clusters
     * @return the fit
     * @throws IllegalArgumentException if there is no event, or if no covariate varies among participants at risk at an
     *     event of their stratum
     * @throws ConvergenceException if {@value #MAX_STEPS} steps do not suffice
     */
    public CoxFit fit(CoxData data) {
        CoxDesign design = design(data);
        CoxLikelihood likelihood = new CoxLikelihood(design, ties == Ties.EFRON);
        double[] gamma = new double[design.rank()];
        likelihood.evaluate(gamma);
        double start = likelihood.value;
        double score = newton(likelihood).inverseForm(likelihood.gradient);
        return climb(data, design, likelihood, gamma, start, score);
    }

    /**
     * Checks whether there is anything to estimate, without fitting.
     *
     * @param data as for {@link #fit}
     * @throws IllegalArgumentException as {@link #fit} would
     */
    public void check(CoxData data) {
        design(data);
    }

    private static CoxDesign design(CoxData data) {
        if (data.times().events() == 0) {
            throw new IllegalArgumentException("A Cox model needs at least one event, but all times are censored");
        }
        CoxDesign design = CoxDesign.of(data);
        if (design.rank() == 0) {
            throw new IllegalArgumentException("No covariate varies among those at risk: " + data.names());
        }
        return design;
    }

    private static PositiveDefinite newton(CoxLikelihood likelihood) {
        return PositiveDefinite.of(likelihood.information, SINGULAR);
    }

    private static CoxFit climb(
            CoxData data, CoxDesign design, CoxLikelihood likelihood, double[] gamma, double start, double score) {
        double[] at = gamma;
        boolean[] infinite = new boolean[at.length];
        for (int step = 1; step <= MAX_STEPS; step++) {
            double before = likelihood.value;
            double[] move = newton(likelihood).solve(likelihood.gradient);
            double[] next = advance(likelihood, at, move, before);
            boolean vanished = newton(likelihood).rank() < next.length;
            double moved = largestChange(design, at, next);
            if (vanished || (moved > LARGE_STEP && likelihood.value - before < SMALL_GAIN)) {
                return CoxFit.of(
                        data,
                        design,
                        likelihood,
                        vanished ? at : next,
                        diverging(design, at, next),
                        start,
                        score,
                        step);
            }
            if (moved <= SMALL_STEP * Math.max(1, largestChange(design, new double[at.length], next))) {
                return CoxFit.of(data, design, likelihood, next, infinite, start, score, step);
            }
            at = next;
        }
        throw new ConvergenceException(String.format(
                Locale.ROOT,
                "The Cox model did not converge in %d steps (%d events, last log likelihood %s)",
                MAX_STEPS,
                data.times().events(),
                likelihood.value));
    }

    /**
     * Takes a step, halved until the likelihood does not fall; leaves the likelihood evaluated at the new point. Halves it a
     * few times more if the information has vanished there: that is an overshoot, or the way to infinity.
     */
    private static double[] advance(CoxLikelihood likelihood, double[] at, double[] move, double before) {
        int vanished = 0;
        for (double part = 1; part > SMALLEST_PART; part /= 2) {
            double[] next = at.clone();
            for (int k = 0; k < next.length; k++) {
                next[k] += part * move[k];
            }
            likelihood.evaluate(next);
            boolean rises = likelihood.value >= before - 1e-12 * Math.abs(before);
            if (rises && (newton(likelihood).rank() == next.length || ++vanished > OVERSHOOTS)) {
                return next;
            }
        }
        likelihood.evaluate(at);
        return at;
    }

    /** The largest change of a linear predictor relative to those it competes with. */
    private static double largestChange(CoxDesign design, double[] from, double[] to) {
        double largest = 0;
        for (int s = 0; s + 1 < design.starts.length; s++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = design.starts[s]; i < design.starts[s + 1]; i++) {
                double change = 0;
                for (int k = 0; k < from.length; k++) {
                    change += design.q[i][k] * (to[k] - from[k]);
                }
                low = Math.min(low, change);
                high = Math.max(high, change);
            }
            largest = Math.max(largest, high - low);
        }
        return largest;
    }

    /** Which kept columns still move, as seen by what their step does to a participant one spread away. */
    private static boolean[] diverging(CoxDesign design, double[] from, double[] to) {
        double[] move = new double[from.length];
        Arrays.setAll(move, k -> to[k] - from[k]);
        double[] beta = design.toCovariates(move);
        boolean[] diverging = new boolean[beta.length];
        for (int j = 0; j < beta.length; j++) {
            double spread = 0;
            for (int k = 0; k <= j; k++) {
                spread = Math.hypot(spread, design.r[k][design.kept[j]]);
            }
            diverging[j] = Math.abs(beta[j]) * spread > 0.01 * LARGE_STEP;
        }
        return diverging;
    }
}

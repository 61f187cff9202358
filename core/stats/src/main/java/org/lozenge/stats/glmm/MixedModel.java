package org.lozenge.stats.glmm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * Generalised linear mixed models of counts, by maximum likelihood.
 *
 * <pre>{@code
 * ηᵢⱼ = αᵢ + xⱼ θᵢ,   θᵢ = zᵢ′β + uᵢ,   uᵢ ~ N(0, τ²),   αᵢ fixed, or αᵢ ~ N(α, σ²)
 * }</pre>
 *
 * <p>with x = ½ and −½ or as {@link GlmmCoding} has it for the random part of an effect, and for its mean where it makes no
 * difference; with random baselines moderators act in the first arm alone, so that the baseline is that of the second arm.
 *
 * <p>Here η is the log odds (binomial), the log rate (Poisson), or θ itself the parameter of the conditional likelihood
 * (non-central hypergeometric, binomial). Random effects are integrated out by adaptive Gauss–Hermite quadrature. Unless the
 * number of points is set, it is raised by half until the answer no longer changes; {@link GlmmFit#quadratureChange} tells by
 * how much the last step changed it. All maxima of the likelihood are looked for, and the curvature at the highest is checked.
 *
 * <p>Agrees with metafor 3.8.1 {@code rma.glmm} as far as its optimisers go (1e-6), and with integration to 30 digits to
 * 1e-8, on {@code metafor.csv} and {@code exact.csv}.
 *
 * @see <a href="https://doi.org/10.1002/sim.4040">Stijnen, Hamza and Özdemir (2010), Stat. Med. 29, 3046–3067</a>
 * @see <a href="https://doi.org/10.1002/sim.4780122405">van Houwelingen, Zwinderman and Stijnen (1993), Stat. Med. 12,
 *     2273–2284</a>
 * @see <a href="https://doi.org/10.1002/sim.7588">Jackson, Law, Stijnen, Viechtbauer and White (2018), Stat. Med. 37,
 *     1059–1085</a>
 */
public final class MixedModel {

    /** The largest number of quadrature points for each random effect. */
    public static final int MAX_POINTS = 150;

    /** A fit that takes this many times as many points as the first search is looked at again. */
    private static final double HARD = 2.5;

    private static final int LINE = 16;
    private static final int PLANE = 12;
    private static final int MAX_LINE = GaussHermite.MAX_POINTS;
    /** The largest number for each of two random effects that is chosen. */
    static final int MAX_PLANE = 96;

    /**
     * Changes below this, in standard errors, end the refinement. The error is about a power of the number of points, so what
     * is left after half as many more is about the change to the power of 1.5.
     */
    static final double SETTLED = 1e-8;

    /** A Newton step of this many standard errors ends where the next would. */
    private static final double NEAR = 1e-9;

    private final int points;
    private final Runnable check;

    /** A model whose number of quadrature points is chosen. */
    public MixedModel() {
        this(0, () -> {});
    }

    private MixedModel(int points, Runnable check) {
        this.points = points;
        this.check = check;
    }

    /**
     * Returns the model with a number of quadrature points.
     *
     * @param number for each random effect, from 5 to {@value #MAX_POINTS}
     * @return a changed copy
     * @throws IllegalArgumentException if the number is out of range
     */
    public MixedModel withPoints(int number) {
        if (number < 5 || number > MAX_POINTS) {
            throw new IllegalArgumentException(
                    "The number of quadrature points must be from 5 to " + MAX_POINTS + ", but is " + number);
        }
        return new MixedModel(number, check);
    }

    /**
     * Returns the model with something that is called every few milliseconds of a fit, of a test, and of the intervals of its
     * fits. What it throws ends them.
     *
     * @param every what to call
     * @return a changed copy
     */
    public MixedModel withCheck(Runnable every) {
        return new MixedModel(points, Objects.requireNonNull(every, "every"));
    }

    /**
     * Fits the model in which all studies have the same effect, given their moderators.
     *
     * @param data counts, of at least as many studies as there are coefficients
     * @return the fit
     * @throws IllegalArgumentException if no study tells about the effect, there are more coefficients than studies, or
     *     the counts are such that the estimate is infinite
     * @throws ConvergenceException if no maximum is found
     */
    public GlmmFit common(GlmmData data) {
        check(data);
        return fit(data, false);
    }

    /**
     * Fits the model in which the effects of studies vary.
     *
     * @param data counts, of more studies than there are coefficients
     * @return the fit
     * @throws IllegalArgumentException as {@link #common} does, and if there are not more studies than coefficients
     * @throws ConvergenceException if no maximum is found
     */
    public GlmmFit random(GlmmData data) {
        check(data);
        if (data.k() <= data.coefficients()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The variance between studies cannot be estimated from %d studies with %d coefficients",
                    data.k(),
                    data.coefficients()));
        }
        return fit(data, true);
    }

    private static void check(GlmmData data) {
        if (data.k() < data.coefficients() || data.k() == 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d coefficients cannot be estimated from %d studies that tell about the effect",
                    data.coefficients(),
                    data.k()));
        }
        data.separation().ifPresent(separation -> {
            throw new IllegalArgumentException(separation.text());
        });
    }

    private GlmmFit fit(GlmmData data, boolean effects) {
        MarginalLikelihood likelihood = effects ? MarginalLikelihood.random(data) : MarginalLikelihood.common(data);
        PeakSearch search = new PeakSearch(likelihood.checking(check));
        int dimensions = (effects ? 1 : 0) + (data.hasRandomBaselines() ? 1 : 0);
        if (dimensions == 0) {
            return new GlmmFit(data, false, search.all(new GaussHermite(1), 1).get(0), 1, 0, 0, false, check);
        }
        if (points > 0) {
            List<Peak> peaks = search.all(new GaussHermite(points), 1);
            Peak peak = peaks.get(0);
            Peak finer = search.follow(peak, new GaussHermite(2 * points), NEAR, Double.POSITIVE_INFINITY);
            return new GlmmFit(data, effects, peak, points, change(peak, finer), peaks.size(), false, check);
        }
        int first = dimensions == 1 ? LINE : PLANE;
        int most = dimensions == 1 ? MAX_LINE : MAX_PLANE;
        Refined refined = refined(search, find(search, first, first, most), first, most);
        if (refined.n > HARD * first) {
            // Integrals that need so many points may hide maxima from a search with few.
            Found again = find(search, refined.n, first, most);
            if (again.peaks.get(0).value() > refined.peak.value() + SETTLED) {
                refined = refined(search, again, first, most);
            }
        }
        return new GlmmFit(data, effects, refined.peak, refined.n, refined.change, refined.peaks, true, check);
    }

    private record Refined(Peak peak, int n, double change, int peaks) {}

    /** Adds points until the highest maximum no longer moves; where it is lost, maxima are looked for again. */
    private static Refined refined(PeakSearch search, Found start, int first, int most) {
        Found found = start;
        Peak peak = found.peaks.get(0);
        int n = found.n;
        while (true) {
            int more = Math.min(n + n / 2, most);
            boolean last = more + more / 2 > most;
            try {
                Peak finer =
                        search.follow(peak, new GaussHermite(more), NEAR, last ? Double.POSITIVE_INFINITY : SETTLED);
                double change = change(peak, finer);
                if (change <= SETTLED || last) {
                    return new Refined(finer, more, change, found.peaks.size());
                }
                peak = finer;
                n = more;
            } catch (ConvergenceException e) {
                if (last) {
                    throw e;
                }
                found = find(search, more, first, most);
                peak = found.peaks.get(0);
                n = found.n;
            }
        }
    }

    private record Found(List<Peak> peaks, int n) {}

    /** Looks for all maxima with as many points as Newton's method needs: its derivatives are those of the integral. */
    private static Found find(PeakSearch search, int fewest, int first, int most) {
        for (int n = fewest; ; n *= 2) {
            try {
                List<Peak> peaks = search.all(new GaussHermite(n), Math.max(1, n / first));
                if (!search.isUnsure() || 2 * n > most) {
                    return new Found(peaks, n);
                }
            } catch (ConvergenceException e) {
                if (!search.isUnsure() || 2 * n > most) {
                    throw e;
                }
            }
        }
    }

    /** The largest change of a parameter in standard errors, or of the log-likelihood. */
    private static double change(Peak a, Peak b) {
        return Math.max(Math.abs(a.value() - b.value()), Information.distance(a.x(), b.x(), b.covariance()));
    }

    // ---- heterogeneity

    /**
     * Tests by the likelihood ratio whether studies differ: against the model in which each has an effect of its own. With
     * random baselines that model depends on the arm in which effects are; they are in the first one, as in metafor.
     *
     * @param common the common-effect fit
     * @return χ² with k − p degrees of freedom
     */
    public TestResult likelihoodRatioHeterogeneity(GlmmFit common) {
        GlmmData data = common.data();
        double top = data.hasRandomBaselines() ? saturated(data).peak.value() : data.saturated();
        return test(Math.max(0, 2 * (top - common.logLikelihood())), data.k() - data.coefficients());
    }

    /**
     * Tests whether studies differ by their own estimates and the information about them. Studies whose own estimate is
     * infinite take no part.
     *
     * @param common the common-effect fit
     * @return χ² with as many degrees of freedom as studies take part less the coefficients
     */
    public TestResult waldHeterogeneity(GlmmFit common) {
        GlmmData data = common.data();
        OwnInformation own;
        if (data.hasRandomBaselines()) {
            Saturated full = saturated(data);
            own = full.likelihood.ownEffects(full.peak.x());
        } else {
            own = finite(data);
        }
        int[] rows = informative(data, own);
        double[][] columns = new double[data.coefficients()][own.effect().length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < columns.length; c++) {
                columns[c][i] = data.row(rows[i])[c];
            }
        }
        int k = 0;
        for (double information : own.information()) {
            k += information > 1e-8 ? 1 : 0;
        }
        return test(Math.max(0, own.residual(columns)), k - columns.length);
    }

    private static int[] informative(GlmmData data, OwnInformation own) {
        int[] rows = new int[own.effect().length];
        int count = 0;
        for (int i = 0; i < data.k(); i++) {
            if (own.effect().length == data.k() || !Double.isNaN(OwnEffect.of(data, i)[0])) {
                rows[count++] = i;
            }
        }
        return rows;
    }

    private static OwnInformation finite(GlmmData data) {
        double[] effect = new double[data.k()];
        double[] information = new double[data.k()];
        int count = 0;
        for (int i = 0; i < data.k(); i++) {
            double[] own = OwnEffect.of(data, i);
            if (!Double.isNaN(own[0])) {
                effect[count] = own[0];
                information[count++] = 1 / own[1];
            }
        }
        return new OwnInformation(
                Arrays.copyOf(effect, count),
                Arrays.copyOf(information, count),
                new double[count][0],
                new double[0][0]);
    }

    private record Saturated(MarginalLikelihood likelihood, Peak peak) {}

    private Saturated saturated(GlmmData data) {
        MarginalLikelihood likelihood =
                MarginalLikelihood.saturated(data.withEffectsInFirstArm()).checking(check);
        return new Saturated(
                likelihood,
                find(new PeakSearch(likelihood), 4 * LINE, 4 * LINE, MAX_LINE)
                        .peaks
                        .get(0));
    }

    private static TestResult test(double statistic, int df) {
        return df > 0
                ? new TestResult(statistic, df, ChiSquared.upperTail(statistic, df))
                : new TestResult(Double.NaN, Math.max(0, df), Double.NaN);
    }

    /**
     * Tests by the likelihood ratio whether τ² is 0. On the boundary half the mass of the null distribution is at 0, the
     * other half is χ² with one degree of freedom (Self and Liang 1987).
     *
     * @param common the common-effect fit
     * @param random the random-effects fit of the same data
     * @return twice the difference of the log-likelihoods, 1 degree of freedom, and P
     */
    public TestResult tau2Test(GlmmFit common, GlmmFit random) {
        double gain = random.tau2() == 0 ? 0 : 2 * (random.logLikelihood() - common.logLikelihood());
        double statistic = Math.max(0, gain);
        double p = statistic == 0 ? 1 : ChiSquared.upperTail(statistic, 1) / 2;
        return new TestResult(statistic, 1, p);
    }
}

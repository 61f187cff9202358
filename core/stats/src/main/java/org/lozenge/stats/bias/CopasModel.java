package org.lozenge.stats.bias;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.BoundedNewton;
import org.lozenge.stats.numeric.BoundedNewton.Maximum;
import org.lozenge.stats.numeric.PositiveDefinite;
import org.lozenge.stats.tau2.MaximumLikelihood;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * The selection model of Copas and Shi: larger studies are more likely to be published, and so are, by a correlation ρ,
 * those with larger effects.
 *
 * <pre>{@code
 * yᵢ = μ + N(0, τ²) + σᵢεᵢ,   zᵢ = γ₀ + γ₁/sᵢ + δᵢ,   corr(εᵢ, δᵢ) = ρ,   published if zᵢ > 0
 * σᵢ² = sᵢ²/(1 − ρ²λ(uᵢ)(uᵢ + λ(uᵢ))),   uᵢ = γ₀ + γ₁/sᵢ,   λ = φ/Φ
 * }</pre>
 *
 * <p>The data tell next to nothing about γ₀ and γ₁, so they are given, and μ, τ² and ρ are estimated by maximum
 * likelihood for each choice: a sensitivity analysis. The residual test asks whether an asymmetry is left: it compares
 * the likelihood with that of the model with a trend {@code μ + βsᵢ}.
 *
 * <p>Newton's method with exact derivatives climbs the likelihood, with ρ between ±{@value #BOUND}, from a hundred
 * starts; the highest maximum counts. Maxima can be equally high: with τ² = 0 and hardly any selection, all correlations
 * near both bounds are. Then the one with the correlation furthest to the side of the trend of the effects over their
 * standard errors counts.
 *
 * <p>Agrees with optima of the density with 40 digits ({@code copas.py}): the log-likelihood to 1e-12, the estimate to
 * 1e-9 of its standard error. The standard error treats ρ as known where it is on its bound.
 *
 * @see <a href="https://doi.org/10.1093/biostatistics/1.3.247">Copas and Shi (2000), Biostatistics 1, 247–262</a>
 * @see <a href="https://doi.org/10.1177/096228020101000402">Copas and Shi (2001), Stat. Methods Med. Res. 10,
 *     251–265</a>
 */
public final class CopasModel {

    /** The largest correlation. */
    public static final double BOUND = 0.9999;

    private static final double[] NONE = {};

    /** How many correlations the climbs start from, dense towards the ends. */
    private static final int ANGLES = 20;

    /** The likelihood of more studies than this is smooth enough for half as many. */
    private static final int MANY = 60;

    /** A profile that varies less tells nothing about the correlation. */
    private static final double FLAT = 1e-9;

    /** Maxima whose log-likelihoods differ less are equally high. */
    private static final double TIE = 1e-10;

    /** A trend that is smaller has no direction. */
    private static final double LEVEL = 1e-9;

    private static final int POLISH = 3;

    private static final double STEEP = 0.9;

    private final EffectSizes effects;
    private final double level;
    private final double unit;
    private final double[] y;
    private final double[] s;
    private final double[] start;
    private final Runnable heartbeat;

    /**
     * Takes the studies.
     *
     * @param effects at least three
     * @param level the level of intervals as a fraction
     * @throws IllegalArgumentException for fewer than three studies or equal standard errors, which selection by
     *     precision cannot tell apart
     * @throws ConvergenceException if τ² of the model without selection cannot be found
     */
    public CopasModel(EffectSizes effects, double level) {
        this(effects, level, () -> {});
    }

    /**
     * Takes the studies, and what is called before each of the climbs of a fit, so that a long one can be stopped.
     *
     * @param effects at least three
     * @param level the level of intervals as a fraction
     * @param heartbeat what is called; an exception of its own ends the fit and reaches the caller
     * @throws IllegalArgumentException as the other constructor
     * @throws ConvergenceException as the other constructor
     */
    public CopasModel(EffectSizes effects, double level, Runnable heartbeat) {
        this.heartbeat = Objects.requireNonNull(heartbeat, "heartbeat");
        int k = effects.k();
        if (k < 3) {
            throw new IllegalArgumentException(
                    "the Copas model needs at least 3 studies, but there " + (k == 1 ? "is 1" : "are " + k));
        }
        this.effects = effects;
        this.level = Interval.requireLevel(level);
        double[] errors = FunnelRegression.standardErrors(effects).toArray();
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        if (!(sorted[k - 1] > sorted[0] * (1 + 1e-9))) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "all standard errors are %s, so selection by precision does not differ between studies",
                    sorted[0]));
        }
        this.unit = sorted[k / 2];
        this.y = new double[k];
        this.s = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            y[i] = effects.y().get(i) / unit;
            s[i] = errors[i] / unit;
            v[i] = s[i] * s[i];
        }
        double tau2 = new MaximumLikelihood().estimate(y, v, 0, k);
        WeightedSums sums = new WeightedSums(y, v, 0, k);
        sums.evaluate(tau2);
        this.start = new double[] {sums.mean(), tau2, 0};
    }

    /**
     * Fits the model.
     *
     * @param gamma0 γ₀
     * @param gamma1 γ₁, at least 0, in units of the standard errors
     * @return the fit
     * @throws IllegalArgumentException if a value is not finite or γ₁ negative
     * @throws ConvergenceException if the likelihood has no maximum
     */
    public CopasFit fit(double gamma0, double gamma1) {
        if (!(Math.abs(gamma0) <= 1e6 && gamma1 >= 0 && gamma1 <= 1e150)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "gamma0 must be finite and gamma1 at least 0, but they are %s and %s",
                    gamma0,
                    gamma1));
        }
        double[] u = new double[y.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = gamma0 + gamma1 / effects.standardError(i);
        }
        double[] plain = climb(new CopasLikelihood(y, s, u, false));
        double[] trend = climb(new CopasLikelihood(y, s, u, true));
        double shift = y.length * StrictMath.log(unit);
        double[] x = plain.clone();
        double[] errors = errors(new CopasLikelihood(y, s, u, false), x);
        return new CopasFit(
                gamma0,
                gamma1,
                x[0] * unit,
                errors[0] * unit,
                x[1] * unit * unit,
                x[2],
                errors[2],
                x[3] - shift,
                Math.max(0, 2 * (trend[4] - plain[3])),
                publication(u),
                level);
    }

    private double[] publication(double[] u) {
        int low = 0;
        int high = 0;
        double missing = 0;
        for (int i = 0; i < u.length; i++) {
            low = s[i] > s[low] ? i : low;
            high = s[i] < s[high] ? i : high;
            missing += StrictMath.exp(Tail.log(u[i]) - Tail.log(-u[i]));
        }
        return new double[] {StrictMath.exp(Tail.log(-u[low])), StrictMath.exp(Tail.log(-u[high])), missing};
    }

    /** Returns the parameters of the highest maximum, and its value behind them. */
    private double[] climb(CopasLikelihood likelihood) {
        List<double[]> found = new ArrayList<>();
        double low = Double.POSITIVE_INFINITY;
        double[] none = NONE;
        for (double angle : new double[] {-Math.PI / 2, 0, Math.PI / 2}) {
            double[] point = NONE;
            for (double[] from : starts(likelihood, angle)) {
                heartbeat.run();
                point = higher(point, profile(likelihood, BOUND * StrictMath.sin(angle), from));
            }
            none = angle == 0 ? point : none;
            low = Math.min(low, value(point));
            found.add(point);
        }
        int angles = y.length > MANY ? ANGLES / 2 : ANGLES;
        for (int j = 0; j < angles; j++) {
            double angle = Math.PI * ((j + 0.5) / angles - 0.5);
            for (double[] from : starts(likelihood, angle)) {
                heartbeat.run();
                found.add(together(likelihood, from, angle));
            }
        }
        double[] top = highest(found);
        if (top.length == 0) {
            throw new ConvergenceException(
                    String.format(Locale.ROOT, "The likelihood of the Copas model has no maximum (k = %d)", y.length));
        }
        return polish(likelihood, value(top) - low < FLAT ? none : top);
    }

    /** Newton steps to the last digits, in all parameters that are not on a bound. */
    private static double[] polish(CopasLikelihood likelihood, double[] point) {
        int n = likelihood.size();
        double[] best = point;
        int[] free = IntStream.range(0, n)
                .filter(j -> (j != 1 || point[1] > 0) && (j != 2 || (Math.abs(point[2]) < BOUND && point[2] != 0)))
                .toArray();
        for (int step = 0; step < POLISH; step++) {
            double[] gradient = new double[n];
            double[][] hessian = new double[n][n];
            likelihood.at(Arrays.copyOf(best, n), gradient, hessian);
            PositiveDefinite factor = PositiveDefinite.of(negative(hessian, free), 1e-13);
            if (factor.rank() < free.length) {
                return best;
            }
            double[] move = factor.solve(
                    Arrays.stream(free).mapToDouble(j -> gradient[j]).toArray());
            double[] next = best.clone();
            for (int a = 0; a < free.length; a++) {
                next[free[a]] += move[a];
            }
            if (next[1] < 0 || Math.abs(next[2]) > BOUND) {
                return best;
            }
            next[n] = likelihood.at(Arrays.copyOf(next, n), gradient, hessian);
            if (!(next[n] >= best[n] - 1e-9)) {
                return best;
            }
            best = next;
        }
        return best;
    }

    private static double value(double[] point) {
        return point.length == 0 ? Double.NEGATIVE_INFINITY : point[point.length - 1];
    }

    /** Of equally high points that with the correlation furthest to the side of the trend. */
    private double[] highest(List<double[]> points) {
        double top = points.stream().mapToDouble(CopasModel::value).max().orElse(Double.NEGATIVE_INFINITY);
        double side = line(new double[y.length], 0, true)[1] < -LEVEL ? -1 : 1;
        return points.stream()
                .filter(point -> point.length > 0 && value(point) >= top - TIE)
                .max(Comparator.comparingDouble((double[] point) -> side * point[2])
                        .thenComparingDouble(CopasModel::value))
                .orElse(NONE);
    }

    private static double[] higher(double[] known, double[] other) {
        return value(other) > value(known) ? other : known;
    }

    /** Several τ², each with the μ and β that fit the effects less what selection is expected to add. */
    private List<double[]> starts(CopasLikelihood likelihood, double angle) {
        double[] expected = likelihood.expectedBias(BOUND * StrictMath.sin(angle));
        boolean trend = likelihood.size() == 4;
        double[] precise = line(expected, 0, trend);
        double[] mixed = line(expected, start[1], trend);
        List<double[]> starts = new ArrayList<>(List.of(
                new double[] {precise[0], 0, 0, precise[1], 0},
                new double[] {mixed[0], start[1], 0, mixed[1], 0},
                new double[] {mixed[0], 4 * start[1] + 1, 0, mixed[1], 0},
                new double[] {start[0], start[1], 0, 0, 0}));
        if (trend && Math.abs(StrictMath.sin(angle)) > STEEP) {
            // Where selection is almost certain by the error alone, far trends can be maxima.
            for (double turn : new double[] {-3, 3}) {
                starts.add(new double[] {precise[0] - turn * precise[2], 0, 0, precise[1] + turn, 0});
            }
        }
        return starts;
    }

    /** Weighted least squares of what is left of the effects on 1 and, with a trend, on s; with the mean of s. */
    private double[] line(double[] expected, double tau2, boolean trend) {
        double[] sums = new double[5];
        for (int i = 0; i < y.length; i++) {
            double w = 1 / (s[i] * s[i] + tau2);
            double rest = y[i] - expected[i];
            sums[0] += w;
            sums[1] += w * s[i];
            sums[2] += w * s[i] * s[i];
            sums[3] += w * rest;
            sums[4] += w * rest * s[i];
        }
        double determinant = sums[0] * sums[2] - sums[1] * sums[1];
        boolean sloped = trend && determinant > 1e-12 * sums[0] * sums[2];
        double beta = sloped ? (sums[0] * sums[4] - sums[1] * sums[3]) / determinant : 0;
        return new double[] {(sums[3] - beta * sums[1]) / sums[0], beta, sums[1] / sums[0]};
    }

    /** Climbs in all parameters at once, with {@code ρ = ±BOUND sin θ}. */
    private static double[] together(CopasLikelihood likelihood, double[] point, double angle) {
        int n = likelihood.size();
        double[] from = Arrays.copyOf(point, n);
        from[2] = angle;
        double[] lower = new double[n];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        lower[1] = 0;
        Maximum found = BoundedNewton.climb(likelihood.inAngle(BOUND), from, lower);
        if (!found.converged()) {
            return NONE;
        }
        double[] x = Arrays.copyOf(found.x(), n + 1);
        double sine = StrictMath.sin(x[2]);
        x[2] = Math.abs(sine) > 1 - 1e-12 ? Math.copySign(BOUND, sine) : BOUND * sine;
        x[n] = found.value();
        return x;
    }

    private static double[][] negative(double[][] hessian, int[] free) {
        double[][] information = new double[free.length][free.length];
        for (int a = 0; a < free.length; a++) {
            for (int b = 0; b < free.length; b++) {
                information[a][b] = -hessian[free[a]][free[b]];
            }
        }
        return information;
    }

    /** Parameters and value of the maximum for one ρ that a start leads to; empty if there is none. */
    private static double[] profile(CopasLikelihood likelihood, double rho, double[] from) {
        if (from.length == 0) {
            return NONE;
        }
        boolean trend = likelihood.size() == 4;
        double[] lower = new double[trend ? 3 : 2];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        lower[1] = 0;
        double[] at = trend ? new double[] {from[0], from[1], from[3]} : Arrays.copyOf(from, 2);
        Maximum found = BoundedNewton.climb(likelihood.given(rho), at, lower);
        if (!found.converged()) {
            return NONE;
        }
        double[] x = found.x();
        return trend
                ? new double[] {x[0], x[1], rho, x[2], found.value()}
                : new double[] {x[0], x[1], rho, found.value()};
    }

    /** Standard errors from the observed information of the parameters that are not on a bound. */
    private static double[] errors(CopasLikelihood likelihood, double[] x) {
        double[][] hessian = new double[3][3];
        double[] gradient = new double[3];
        likelihood.at(Arrays.copyOf(x, 3), gradient, hessian);
        boolean tau = x[1] > 0;
        boolean rho = Math.abs(x[2]) < BOUND;
        double[] errors = invert(hessian, tau, rho);
        return errors.length > 0 ? errors : invert(hessian, tau, false);
    }

    private static double[] invert(double[][] hessian, boolean tau, boolean rho) {
        int[] free = new int[] {0, tau ? 1 : -1, rho ? 2 : -1};
        free = Arrays.stream(free).filter(j -> j >= 0).toArray();
        PositiveDefinite factor = PositiveDefinite.of(negative(hessian, free), 1e-13);
        if (factor.rank() < free.length) {
            return rho ? new double[0] : new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        double[][] inverse = factor.inverse();
        double[] errors = {Double.NaN, Double.NaN, Double.NaN};
        for (int a = 0; a < free.length; a++) {
            errors[free[a]] = Math.sqrt(inverse[a][a]);
        }
        return errors;
    }
}

package org.lozenge.stats.sensitivity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.ParallelBlocks;

/**
 * How far each study moves a pooled result.
 *
 * <p>With μ, τ², SE from all studies, μ₍₎, τ²₍₎, SE₍₎ from all others, weights w = 1/(v + τ²), the share h = w/Σw, and the
 * factor s by which the Hartung–Knapp test multiplies the variance of the others' estimate (1 for z and t):
 *
 * <pre>{@code
 * studentised residual   (y − μ₍₎) / √(s (v + τ²₍₎ + 1/Σw₍₎))
 * DFFITS                 (μ − μ₍₎) / √(s h (v + τ²₍₎))
 * Cook's distance        (μ − μ₍₎)² / SE²
 * covariance ratio       SE₍₎² / SE²
 * DFBETAS                (μ − μ₍₎) / √(s / Σ 1/(v + τ²₍₎))      over all studies
 * Baujat                 (y − μ)² / (v + τ²)   against   (μ − μ₍₎)² / SE₍₎²
 * }</pre>
 *
 * <p>A study is flagged if |DFFITS| &gt; 3/√(k − 1), if the chi-squared distribution on one degree of freedom has more than
 * half its mass below Cook's distance, if h &gt; 3/k, or if |DFBETAS| &gt; 1. Agrees with metafor 3.8.1 {@code influence()}
 * and {@code baujat()}.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.11">Viechtbauer and Cheung (2010), Res. Synth. Methods 1, 112–125</a>
 * @see <a href="https://doi.org/10.1002/sim.1183">Baujat and others (2002), Stat. Med. 21, 2641–2652</a>
 */
public final class InfluenceDiagnostics {

    /**
     * The diagnostics of one study. Whatever needs a fit of the others is NaN if they are too few or their fit fails.
     *
     * @param rstudent externally studentised residual
     * @param rstandard internally standardised residual {@code (y − μ)/√(v + τ² − 1/Σw)}; NaN for one study
     * @param dffits DFFITS
     * @param cooksDistance Cook's distance
     * @param covRatio covariance ratio
     * @param tau2Deleted τ² of the others
     * @param qDeleted Cochran's Q of the others
     * @param hat share of the weight, a fraction
     * @param dfbetas DFBETAS
     * @param baujatX the study's part of the heterogeneity
     * @param baujatY its influence on the estimate
     * @param flags names of the measures by which it is influential; empty for most
     * @param problem why the others have no fit
     */
    public record Study(
            double rstudent,
            double rstandard,
            double dffits,
            double cooksDistance,
            double covRatio,
            double tau2Deleted,
            double qDeleted,
            double hat,
            double dfbetas,
            double baujatX,
            double baujatY,
            List<String> flags,
            Optional<String> problem) {

        /** Copies the list. */
        public Study {
            flags = List.copyOf(flags);
        }

        /** Returns whether any measure says that the study is influential. */
        public boolean flagged() {
            return !flags.isEmpty();
        }
    }

    /** A factor of the Hartung–Knapp test below this is that of effects that agree but for rounding. */
    static final double EXACT = 1e-20;

    static final String AGREE =
            "the others agree exactly, and the Hartung-Knapp test takes their standard error for 0; use hksj or z";

    private final PooledFit all;
    private final List<SubsetFit> others;
    private final double tau2;

    private InfluenceDiagnostics(PooledFit all, List<SubsetFit> others) {
        this.all = all;
        this.others = others;
        this.tau2 = Double.isNaN(all.tau2()) ? 0 : all.tau2();
    }

    /**
     * Computes the diagnostics of all studies, without a monitor.
     *
     * @param effects the studies
     * @param model as below
     * @return one entry per study
     */
    public static List<Study> of(EffectSizes effects, Function<EffectSizes, PooledFit> model) {
        return of(effects, model, ParallelBlocks.Monitor.NONE);
    }

    /**
     * Computes the diagnostics of all studies.
     *
     * @param effects the studies
     * @param model fits the model; must be safe to call from several threads
     * @param monitor hears how far the run is, and may stop it
     * @return one entry per study, in their order; those of the first ones only if the monitor stopped the run
     * @throws org.lozenge.stats.ConvergenceException if the fit of all studies fails
     */
    public static List<Study> of(
            EffectSizes effects, Function<EffectSizes, PooledFit> model, ParallelBlocks.Monitor monitor) {
        PooledFit all = model.apply(effects);
        InfluenceDiagnostics diagnostics =
                new InfluenceDiagnostics(all, LeaveOut.studies(effects, model, HeterogeneityBasis.Q, monitor));
        return IntStream.range(0, diagnostics.others.size())
                .mapToObj(diagnostics::study)
                .toList();
    }

    private Study study(int i) {
        EffectSizes effects = all.effects();
        double y = effects.y().get(i);
        double v = effects.v().get(i);
        double classic = all.classicStandardError() * all.classicStandardError();
        double hat = classic / (v + tau2);
        double residual = y - all.estimate();
        SubsetFit rest = others.get(i);
        double deleted = rest.k() == 1 && rest.problem().isEmpty() && Double.isNaN(rest.tau2()) ? 0 : rest.tau2();
        double s = rest.multiplier();
        Optional<String> problem = rest.problem().isEmpty() && s < EXACT ? Optional.of(AGREE) : rest.problem();
        if (problem.isPresent()) {
            s = Double.NaN;
        }
        double move = all.estimate() - rest.estimate();
        double dffits = move / Math.sqrt(s * hat * (v + deleted));
        double cook = square(move / all.standardError());
        double dfbetas = move / Math.sqrt(s * varianceAt(deleted));
        double restClassic = square(rest.classicStandardError());
        return new Study(
                (y - rest.estimate()) / Math.sqrt(s * (v + deleted + restClassic)),
                residual / Math.sqrt(v + tau2 - classic),
                dffits,
                cook,
                square(rest.standardError() / all.standardError()),
                rest.tau2(),
                rest.q().statistic(),
                hat,
                dfbetas,
                residual * residual / (v + tau2),
                square(move / rest.standardError()),
                flags(dffits, cook, hat, dfbetas),
                problem);
    }

    /** The variance of the estimate of all studies if τ² were that of the others. */
    private double varianceAt(double tau2) {
        double weight = 0;
        for (int i = 0; i < all.k(); i++) {
            weight += 1 / (all.effects().v().get(i) + tau2);
        }
        return 1 / weight;
    }

    private List<String> flags(double dffits, double cook, double hat, double dfbetas) {
        int k = all.k();
        List<String> flags = new ArrayList<>();
        if (Math.abs(dffits) > 3 / Math.sqrt(k - 1)) {
            flags.add("dffits");
        }
        if (cook > 0 && ChiSquared.upperTail(cook, 1) < 0.5) {
            flags.add("cooks_distance");
        }
        if (hat > 3.0 / k) {
            flags.add("hat");
        }
        if (Math.abs(dfbetas) > 1) {
            flags.add("dfbetas");
        }
        return flags;
    }

    private static double square(double x) {
        return x * x;
    }
}

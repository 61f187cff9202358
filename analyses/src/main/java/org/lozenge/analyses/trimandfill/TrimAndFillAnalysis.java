package org.lozenge.analyses.trimandfill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.analyses.shared.BiasFunnel;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.PooledTables;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.bias.TrimAndFill;
import org.lozenge.stats.model.CommonEffectModel;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Fills in studies that seem to be missing from one side of the funnel and pools again.
 *
 * <p>The result has the tables {@code filled}, {@code model} and {@code studies} and the figure {@code funnel}.
 */
public final class TrimAndFillAnalysis implements Analysis {

    /** Where studies are missing. */
    enum Side {
        /** Opposite the small studies with large effects, by Egger's slope. */
        AUTO,
        /** Small effects. */
        LEFT,
        /** Large effects. */
        RIGHT
    }

    /** How trimmed studies are pooled. */
    enum Trimming {
        /** Common effect. */
        COMMON,
        /** Random effects. */
        RANDOM
    }

    private static final Param<TrimAndFill.Estimator> ESTIMATOR = Param.choice(
                    "estimator", "Estimator of the number of missing studies", TrimAndFill.Estimator.L0)
            .help("l0: from the sum of ranks, the usual choice; r0: from the longest run of ranks; q0: as l0, by a"
                    + " quadratic equation.");

    private static final Param<Side> SIDE = Param.choice("side", "Side on which studies are missing", Side.AUTO)
            .help("auto: the left one if small studies show larger effects, else the right one.");

    private static final Param<Trimming> TRIMMING = Param.choice(
                    "trimming", "Model that centres the funnel while trimming", Trimming.RANDOM)
            .help("random uses the estimator of option tau2.");

    /** The analysis has no state. */
    public TrimAndFillAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("trim-and-fill", "Trim and fill")
                .summary(
                        "How many studies seem to be missing from one side of the funnel, and the pooled effect with their"
                                + " mirror images filled in: a sensitivity analysis, not a correction.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE, ESTIMATOR, SIDE, TRIMMING)
                .params(PoolingParams.all().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Duval S, Tweedie R. Biometrics 2000;56:455-463."
                                + " https://doi.org/10.1111/j.0006-341X.2000.00455.x",
                        "Peters JL and others. Stat Med 2007;26:4544-4562. https://doi.org/10.1002/sim.2889");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        EffectSizes effects = studies.effects();
        if (effects.k() < 3) {
            throw new AnalysisException(
                    "too-few-studies",
                    in.source() + ": trim and fill needs at least 3 studies, but there "
                            + (effects.k() == 1 ? "is 1." : "are " + effects.k() + "."));
        }
        try {
            TrimAndFill.Result result = method(in).apply(effects);
            if (result.oscillated()) {
                context.warn(
                        "oscillation",
                        "The number of missing studies does not settle but goes round in a cycle; the largest of it, "
                                + result.missing() + ", is taken.");
            }
            if (Double.isNaN(result.standardError())) {
                context.info(
                        "no-standard-error",
                        "The number of missing studies, " + result.missing()
                                + ", has no standard error: the formula of the estimator gives none so far from a"
                                + " symmetric funnel.");
            }
            if (effects.k() < 10) {
                context.warn(
                        "few-studies",
                        effects.k() + " studies: with fewer than 10, asymmetry can hardly be told from chance.");
            }
            Pooled pooled = Pooling.of(in).pool(result.filled());
            return AnalysisResult.of(
                    filled(result),
                    PooledTables.model(pooled, studies.measure()),
                    table(pooled, studies.measure(), effects.k()),
                    funnel(effects, result, pooled, studies.measure()));
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static TrimAndFill method(Inputs in) {
        Tau2Estimator tau2 =
                in.get(TRIMMING) == Trimming.COMMON ? new FixedTau2(0) : Tau2Estimators.of(in.get(PoolingParams.TAU2));
        Optional<TrimAndFill.Side> side = switch (in.get(SIDE)) {
            case AUTO -> Optional.empty();
            case LEFT -> Optional.of(TrimAndFill.Side.LEFT);
            case RIGHT -> Optional.of(TrimAndFill.Side.RIGHT);
        };
        return new TrimAndFill(in.get(ESTIMATOR), side, tau2);
    }

    private static Tabular filled(TrimAndFill.Result result) {
        return Tabular.of("filled", "Studies filled in")
                .numbers("k0", result.missing())
                .numbers("k0_se", result.standardError())
                .texts("side", result.side().name().toLowerCase(Locale.ROOT))
                .format("k0", Format.INTEGER)
                .label("k0", "missing studies")
                .label("k0_se", "SE");
    }

    private static Tabular table(Pooled pooled, Measure measure, int observed) {
        String[] filled = new String[pooled.k()];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = i < observed ? "no" : "yes";
        }
        return PooledTables.studies(pooled, measure).texts("filled", filled);
    }

    private static XYPlot funnel(EffectSizes effects, TrimAndFill.Result result, Pooled pooled, Measure measure) {
        BiasFunnel funnel = new BiasFunnel(
                new CommonEffectModel().withLevel(pooled.pooling().level()).fit(effects),
                measure,
                BiasFunnel.largest(effects),
                true);
        if (result.missing() > 0) {
            funnel.line(
                    Tone.SECOND,
                    "With filled studies (random effects)",
                    pooled.random().estimate(),
                    0);
        }
        funnel.points(Tone.DATA, "Studies", effects);
        if (result.missing() > 0) {
            int k = effects.k();
            int all = result.filled().k();
            double[] y = Arrays.copyOfRange(result.filled().y().toArray(), k, all);
            double[] v = Arrays.copyOfRange(result.filled().v().toArray(), k, all);
            funnel.points(
                    Tone.IMPUTED,
                    "Filled studies",
                    new EffectSizes(result.filled().studies().subList(k, all), DoubleSeq.of(y), DoubleSeq.of(v)));
        }
        return funnel.plot(
                "Funnel plot of " + effects.k() + " studies and " + result.missing() + " filled in on the "
                        + result.side().name().toLowerCase(Locale.ROOT) + ".",
                effects.k());
    }
}

package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.CommonEffectModel;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;

/**
 * The one model that analyses fit again and again, to parts of the studies or to changed ones.
 *
 * @param pooling how it pools
 * @param random whether it is the random-effects model rather than the common-effect model
 */
public record OneModel(Pooling pooling, boolean random) {

    /** Common or random effects. */
    public enum Effects {
        /** Random effects. */
        RANDOM,
        /** A common effect. */
        COMMON
    }

    /** Which model. */
    public static final Param<Effects> MODEL =
            Param.choice("model", "Model", Effects.RANDOM).help("random takes tau2 and test; common is tested by z.");

    /** Returns {@link #MODEL} and the options of pooling. */
    public static List<Param<?>> params() {
        List<Param<?>> params = new ArrayList<>(List.of(MODEL));
        params.addAll(PoolingParams.all());
        return params;
    }

    /** Returns the model that the options ask for. */
    public static OneModel of(Inputs in) {
        return new OneModel(Pooling.of(in), in.get(MODEL) == Effects.RANDOM);
    }

    /** Returns what fits it; safe for several threads. */
    public Function<EffectSizes, PooledFit> fitter() {
        return random ? pooling.randomEffects()::fit : new CommonEffectModel().withLevel(pooling.level())::fit;
    }

    /** Returns what I² comes from. */
    public HeterogeneityBasis basis() {
        return pooling.basis();
    }

    /** Returns its name in figures, such as {@code Random effects (REML, HKSJ)}. */
    public String label(Pooled pooled) {
        return random ? pooled.randomLabel() : "Common effect";
    }

    /** Returns its fit to all studies. */
    public PooledFit fit(Pooled pooled) {
        return random ? pooled.random() : pooled.common();
    }
}

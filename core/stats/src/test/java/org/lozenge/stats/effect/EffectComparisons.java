package org.lozenge.stats.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.stats.Comparison;

/** Every effect size and variance beside metafor's. */
public final class EffectComparisons {

    /** Against metafor's escalc(). */
    public static final String METAFOR = "effect sizes and metafor";

    private EffectComparisons() {}

    /**
     * Compares all measures on all sets of effects.csv.
     *
     * @return one comparison of y and one of v for every study with an effect
     */
    public static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>();
        for (ReferenceTest.Line line : ReferenceTest.LINES) {
            List<Optional<Effect>> effects = ReferenceTest.compute(line, ReferenceTest.bias(line));
            for (int i = 0; i < effects.size(); i++) {
                if (effects.get(i).isPresent() && line.v()[i] > 0) {
                    add(all, line, i, effects.get(i).get());
                }
            }
        }
        return all;
    }

    private static void add(List<Comparison> all, ReferenceTest.Line line, int i, Effect effect) {
        String where = line + " study " + (i + 1);
        // metafor at hand lacks a term of the variability ratio.
        double y = line.measure().equals("cvr")
                ? effect.y() + ReferenceTest.meanTerm(line.raw().get(i))
                : effect.y();
        // metafor takes J of the unbiased variances from large logarithms, so these are judged apart.
        String kind = line.type() == VarianceType.UB ? "unbiased variance" : "variance";
        all.add(new Comparison(METAFOR, "effect", where, line.y()[i], Math.sqrt(line.v()[i]), y));
        all.add(new Comparison(METAFOR, kind, where, line.v()[i], 0, effect.v()));
    }
}

package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Averages over the studies of an analysis; what is not finite is passed over. */
final class Averages {

    private Averages() {}

    static <R> OptionalDouble weighted(List<R> studies, ToDoubleFunction<R> value, ToDoubleFunction<R> weight) {
        double sum = 0;
        double weights = 0;
        for (R study : studies) {
            double x = value.applyAsDouble(study);
            if (Double.isFinite(x)) {
                sum += weight.applyAsDouble(study) * x;
                weights += weight.applyAsDouble(study);
            }
        }
        return weights > 0 ? OptionalDouble.of(sum / weights) : OptionalDouble.empty();
    }

    static <R extends RawData> OptionalDouble ofEffects(
            EffectMeasure<R> measure, List<R> studies, ToDoubleFunction<R> weight) {
        return weighted(studies, study -> effectOrNaN(measure, study), weight);
    }

    private static <R extends RawData> double effectOrNaN(EffectMeasure<R> measure, R study) {
        try {
            return measure.compute(study).y();
        } catch (NotEstimableException e) {
            return Double.NaN;
        }
    }

    static OptionalDouble combined(OptionalDouble first, double weight1, OptionalDouble second, double weight2) {
        if (first.isEmpty() || second.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                (weight1 * first.getAsDouble() + weight2 * second.getAsDouble()) / (weight1 + weight2));
    }

    static <R> double sum(List<R> studies, ToDoubleFunction<R> value) {
        double sum = 0;
        for (R study : studies) {
            sum += value.applyAsDouble(study);
        }
        return sum;
    }

    static <R> double harmonic(List<R> studies, ToDoubleFunction<R> value) {
        return studies.size() / sum(studies, study -> 1 / value.applyAsDouble(study));
    }
}

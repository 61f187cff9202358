package org.lozenge.analyses.hazardratio;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.ReportedContrast;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.survival.LogHazardRatio;

/** The table of treatments that were compared with the same control arm, and with each other through it. */
final class ContrastTables {

    private ContrastTables() {}

    static Tabular of(List<ReportedContrast> pairs, double level) {
        double z = Normal.criticalValue(level);
        return Tabular.of(
                        "shared_control", "Treatments of one trial that share a control arm, the first over the second")
                .texts("study", texts(pairs, pair -> pair.first().study()))
                .texts("endpoint", texts(pairs, pair -> pair.first().endpoint()))
                .texts("first", texts(pairs, pair -> pair.treatments().get(0)))
                .texts("second", texts(pairs, pair -> pair.treatments().get(1)))
                .numbers("first_row", numbers(pairs, pair -> pair.first().row()))
                .numbers("second_row", numbers(pairs, pair -> pair.second().row()))
                .numbers("events_c", numbers(pairs, ReportedContrast::sharedEvents))
                .numbers("covariance", numbers(pairs, ReportedContrast::covariance))
                .numbers("y", numbers(pairs, pair -> of(pair, LogHazardRatio::y)))
                .numbers("se", numbers(pairs, pair -> of(pair, LogHazardRatio::standardError)))
                .numbers("effect", numbers(pairs, pair -> ratio(pair, 0)))
                .numbers("effect_lower", numbers(pairs, pair -> ratio(pair, -z)))
                .numbers("effect_upper", numbers(pairs, pair -> ratio(pair, z)))
                .format("first_row", Format.INTEGER)
                .format("second_row", Format.INTEGER)
                .format("events_c", Format.INTEGER)
                .label("events_c", "Events of the control")
                .label("y", "Log HR")
                .label("effect", "HR")
                .label("effect_lower", "HR lower")
                .label("effect_upper", "HR upper");
    }

    private static double of(ReportedContrast pair, Function<LogHazardRatio, Double> part) {
        Optional<LogHazardRatio> contrast = pair.contrast();
        return contrast.map(part).orElse(Double.NaN);
    }

    private static double ratio(ReportedContrast pair, double standardErrors) {
        return StrictMath.exp(of(pair, contrast -> contrast.y() + standardErrors * contrast.standardError()));
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }

    private static <T> double[] numbers(List<T> rows, ToDoubleFunction<T> cell) {
        return rows.stream().mapToDouble(cell).toArray();
    }
}

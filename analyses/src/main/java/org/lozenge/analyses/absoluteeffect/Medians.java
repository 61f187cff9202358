package org.lozenge.analyses.absoluteeffect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.lozenge.analyses.shared.Baseline;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.RelativeEffect;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.survival.MedianTranslation;

/** The table {@code medians}: the median with treatment that a hazard ratio implies, with what each way assumes. */
final class Medians {

    private record Line(String method, double control, double treated, double lower, double upper, String assumption) {}

    private Medians() {}

    /** Returns the table; empty where there is neither a median of control nor a curve. */
    static Optional<Tabular> of(RelativeEffect effect, List<Baseline> baselines, ColumnBaselines columns, Inputs in) {
        if (!effect.measure().equals(Measure.HR) && !effect.measure().equals(Measure.IRR)) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        OptionalDouble median = median(columns, in);
        median.ifPresent(m -> lines.add(line(
                "exponential",
                m,
                effect,
                y -> MedianTranslation.exponential(m, y),
                "Constant hazards in both arms: control's median divided by the ratio.")));
        if (isCurve(baselines)) {
            DoubleSeq times =
                    DoubleSeq.of(baselines.stream().mapToDouble(Baseline::time).toArray());
            DoubleSeq curve = DoubleSeq.of(
                    baselines.stream().mapToDouble(b -> b.risk().eventFree()).toArray());
            lines.add(line(
                    "control-curve",
                    MedianTranslation.onCurve(times, curve, 0),
                    effect,
                    y -> MedianTranslation.onCurve(times, curve, y),
                    "Proportional hazards; control's curve through the given points, with constant hazard between them."
                            + " Empty: beyond the last point."));
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(table(lines));
    }

    private static OptionalDouble median(ColumnBaselines columns, Inputs in) {
        String text = in.get(AbsoluteEffectOptions.CONTROL_MEDIAN).strip();
        if (text.isEmpty()) {
            return columns.median();
        }
        return OptionalDouble.of(NumberText.parse(text)
                .filter(m -> m > 0)
                .orElseThrow(() -> new AnalysisException(
                        "param-value", "Option 'control-median' is '" + text + "', but must be a number above 0.")));
    }

    /** A single point makes a curve of constant hazard; times of several must be known and survival fall. */
    private static boolean isCurve(List<Baseline> baselines) {
        for (int i = 0; i < baselines.size(); i++) {
            Baseline b = baselines.get(i);
            boolean follows = i == 0
                    || (b.time() > baselines.get(i - 1).time()
                            && b.unit().equals(baselines.get(i - 1).unit())
                            && b.risk().eventFree()
                                    <= baselines.get(i - 1).risk().eventFree());
            if (Double.isNaN(b.time()) || !follows) {
                return false;
            }
        }
        return !baselines.isEmpty();
    }

    private static Line line(
            String method, double control, RelativeEffect effect, DoubleUnaryOperator median, String assumption) {
        return new Line(
                method,
                control,
                median.applyAsDouble(effect.y()),
                median.applyAsDouble(effect.interval().upper()),
                median.applyAsDouble(effect.interval().lower()),
                assumption);
    }

    private static Tabular table(List<Line> lines) {
        return Tabular.of("medians", "Median times that the ratio implies")
                .texts("method", lines.stream().map(Line::method).toArray(String[]::new))
                .numbers("control", lines.stream().mapToDouble(Line::control).toArray())
                .numbers("treated", lines.stream().mapToDouble(Line::treated).toArray())
                .numbers(
                        "treated_lower", lines.stream().mapToDouble(Line::lower).toArray())
                .numbers(
                        "treated_upper", lines.stream().mapToDouble(Line::upper).toArray())
                .texts("assumption", lines.stream().map(Line::assumption).toArray(String[]::new))
                .label("treated_lower", "treated lower")
                .label("treated_upper", "treated upper");
    }
}

package org.lozenge.analyses.effectsize;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.RawRoles;
import org.lozenge.analyses.shared.RawStudies;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.numeric.Normal;

/** The tables of the analysis {@code effect-size}. */
final class EffectSizeTables {

    private EffectSizeTables() {}

    static Tabular effects(Inputs in, StudyInput studies, Shown shown, double level) {
        List<StudyEffect> effects = shown.effects();
        double z = Normal.criticalValue(level);
        Tabular table = Tabular.of("effects", "Effect sizes: " + shown.effectLabel())
                .texts("study", effects.stream().map(StudyEffect::study).toArray(String[]::new))
                .numbers("y", numbers(effects, StudyEffect::y))
                .numbers("v", numbers(effects, StudyEffect::v))
                .numbers("se", numbers(effects, StudyEffect::standardError))
                .numbers("ci_lower", numbers(effects, e -> e.y() - z * e.standardError()))
                .numbers("ci_upper", numbers(effects, e -> e.y() + z * e.standardError()))
                .numbers("effect", numbers(effects, e -> e.display(e.y())))
                .numbers("effect_lower", numbers(effects, e -> e.display(e.y() - z * e.standardError())))
                .numbers("effect_upper", numbers(effects, e -> e.display(e.y() + z * e.standardError())))
                .label("study", "Study")
                .label("y", shown.label())
                .label("effect", shown.effectLabel());
        return in.get(EffectSizeOptions.CARRY) && !studies.isReshaped() ? carry(in, effects, table) : table;
    }

    /** Appends the columns that are not in the table already, for the rows that have an effect. */
    private static Tabular carry(Inputs in, List<StudyEffect> effects, Tabular table) {
        Set<String> taken = new HashSet<>(in.columns(RawRoles.STUDY));
        table.columns().forEach(column -> taken.add(column.name()));
        Tabular result = table;
        for (Tabular.Series column : Tabular.of("data", in.table()).columns()) {
            if (taken.add(column.name())) {
                result = column.type() == Tabular.Type.NUMBER
                        ? result.numbers(column.name(), numbers(effects, e -> column.number(e.index())))
                        : result.texts(
                                column.name(),
                                effects.stream()
                                        .map(e -> column.text(e.index()))
                                        .toArray(String[]::new));
            }
        }
        return result;
    }

    static Tabular summary(Shown shown) {
        return Tabular.of("summary", "Studies used")
                .texts("measure", shown.code())
                .numbers("k", shown.effects().size() + shown.excluded().size())
                .numbers("k_used", shown.effects().size())
                .numbers(
                        "zero_cells_corrected",
                        shown.effects().stream().filter(StudyEffect::corrected).count())
                .format("k_used", Format.INTEGER)
                .format("zero_cells_corrected", Format.INTEGER)
                .label("k_used", "k used")
                .label("zero_cells_corrected", "with a constant added");
    }

    static Tabular excluded(List<RawStudies.Excluded> rows) {
        return Tabular.of("excluded", "Studies left out")
                .numbers(
                        "row",
                        rows.stream().mapToDouble(RawStudies.Excluded::row).toArray())
                .texts("study", rows.stream().map(RawStudies.Excluded::study).toArray(String[]::new))
                .texts("code", rows.stream().map(RawStudies.Excluded::code).toArray(String[]::new))
                .texts("reason", rows.stream().map(RawStudies.Excluded::reason).toArray(String[]::new))
                .format("row", Format.INTEGER);
    }

    private static double[] numbers(List<StudyEffect> effects, ToDoubleFunction<StudyEffect> cell) {
        return effects.stream().mapToDouble(cell).toArray();
    }
}

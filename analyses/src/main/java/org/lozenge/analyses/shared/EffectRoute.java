package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.effect.CountData;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.ZeroCells;
import org.lozenge.stats.survival.RouteChoice;
import org.lozenge.stats.survival.RouteEstimate;

/**
 * One way from a table to the effects of its studies: a preference among the routes of printed reports, or a treatment of
 * zero cells.
 *
 * @param name what it is called, such as {@code events}; {@link #CHOSEN} for what the options ask for
 * @param effects the studies
 * @param rows 1-based row of the user's table for each study
 * @param changed number of studies whose effect or variance differs from the chosen one, or that are not in both
 */
public record EffectRoute(String name, EffectSizes effects, List<Integer> rows, int changed) {

    /** The name of what the options ask for. */
    public static final String CHOSEN = "chosen";

    /** Kinds of routes and their codes, best first within a kind. */
    private static final Map<String, List<String>> KINDS = kinds();

    /** Copies the list and checks its length. */
    public EffectRoute {
        rows = List.copyOf(rows);
        if (rows.size() != effects.k()) {
            throw new IllegalArgumentException("There are " + effects.k() + " studies but " + rows.size() + " rows");
        }
    }

    private static Map<String, List<String>> kinds() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("log-rank", List.of("T2", "T1", "T3"));
        kinds.put("interval", List.of("T4", "T5", "T6"));
        kinds.put("p-value", List.of("T7", "T8"));
        kinds.put("events", List.of("T10", "T12", "T11"));
        kinds.put("p-and-events", List.of("T16", "T13", "T15", "T14"));
        kinds.put("curves", List.of("T24", "T18", "T17"));
        return kinds;
    }

    /** Returns the names that a table may give rise to. */
    public static List<String> names() {
        return Stream.of(
                        Stream.of(CHOSEN),
                        KINDS.keySet().stream(),
                        Stream.of("only0", "all-cells", "treatment-arm", "no-constant", "keep-00"))
                .flatMap(names -> names)
                .toList();
    }

    // ---- hazard ratios from reports

    static List<EffectRoute> ofReports(StudyInput input) {
        Collected routes = new Collected(input);
        KINDS.forEach((name, codes) -> routes.add(
                name,
                input.studies().stream()
                        .map(study -> by(
                                codes,
                                study,
                                Optional.ofNullable(input.choices().get(study.row()))))
                        .toList()));
        return routes.list;
    }

    private static StudyEffect by(List<String> codes, StudyEffect study, Optional<RouteChoice> choice) {
        return choice.stream()
                .flatMap(all -> codes.stream()
                        .flatMap(code -> all.estimates().stream()
                                .filter(estimate -> estimate.route().equals(code) && isFirm(estimate))))
                .findFirst()
                .map(estimate -> new StudyEffect(
                        study.index(),
                        study.row(),
                        study.study(),
                        estimate.y(),
                        estimate.variance(),
                        study.n(),
                        study.backTransform(),
                        study.corrected()))
                .orElse(study);
    }

    /** Neither a bound nor from a P value so near 1 that it says little. */
    private static boolean isFirm(RouteEstimate estimate) {
        return !estimate.bound() && estimate.precision() != RouteEstimate.Precision.WEAK;
    }

    // ---- counts

    static List<EffectRoute> ofCounts(Inputs in, StudyInput input) {
        EffectMeasure<?> measure = input.computed().orElseThrow();
        Collected routes = new Collected(input);
        if (!hasZeros(input, measure)) {
            return routes.list;
        }
        ZeroCells chosen = RawParams.zeroCells(in, measure);
        boolean drop = chosen.dropDoubleZeros();
        double add = chosen.add() > 0 ? chosen.add() : 0.5;
        Map<String, ZeroCells> treatments = new LinkedHashMap<>();
        treatments.put("only0", new ZeroCells(add, ZeroCells.To.ONLY0, ZeroCells.Split.CONSTANT, drop));
        treatments.put("all-cells", new ZeroCells(add, ZeroCells.To.ALL, ZeroCells.Split.CONSTANT, drop));
        treatments.put("treatment-arm", new ZeroCells(add, ZeroCells.To.ONLY0, ZeroCells.Split.TREATMENT_ARM, drop));
        treatments.put("no-constant", new ZeroCells(0, ZeroCells.To.NONE, ZeroCells.Split.CONSTANT, drop));
        treatments.put("keep-00", new ZeroCells(add, ZeroCells.To.ONLY0, ZeroCells.Split.CONSTANT, false));
        treatments.forEach(
                (name, zeros) -> treated(in, measure, zeros).ifPresent(effects -> routes.add(name, effects)));
        return routes.list;
    }

    private static boolean hasZeros(StudyInput input, EffectMeasure<?> measure) {
        return input.excluded().stream().anyMatch(e -> e.code().equals("double-zero"))
                || input.counted(measure.description().rawType()).stream()
                        .flatMap(Optional::stream)
                        .anyMatch(raw -> raw instanceof CountData<?> counts && counts.hasZero());
    }

    private static <R extends RawData> Optional<List<StudyEffect>> treated(
            Inputs in, EffectMeasure<R> measure, ZeroCells zeros) {
        try {
            return Optional.of(StudyEffects.of(in, measure, zeros).effects());
        } catch (AnalysisException e) {
            // Without any constant, no study may be left.
            return Optional.empty();
        }
    }

    /** Routes that differ from those before them. */
    private static final class Collected {
        private final List<EffectRoute> list = new ArrayList<>();
        private final StudyInput input;

        Collected(StudyInput input) {
            this.input = input;
            add(CHOSEN, input.studies());
        }

        void add(String name, List<StudyEffect> studies) {
            EffectSizes effects = StudyEffect.sizes(studies);
            List<Integer> rows = studies.stream().map(StudyEffect::row).toList();
            if (list.stream().noneMatch(other -> other.effects.equals(effects) && other.rows.equals(rows))) {
                list.add(new EffectRoute(name, effects, rows, changed(studies)));
            }
        }

        private int changed(List<StudyEffect> studies) {
            Set<Key> mine = keys(studies);
            Set<Key> chosen = keys(input.studies());
            return (int) Stream.concat(
                            mine.stream().filter(key -> !chosen.contains(key)),
                            chosen.stream().filter(key -> !mine.contains(key)))
                    .map(Key::place)
                    .distinct()
                    .count();
        }

        private static Set<Key> keys(List<StudyEffect> studies) {
            return studies.stream().map(Key::of).collect(Collectors.toSet());
        }

        /** What makes a study what it is; several comparisons may stand in one row. */
        private record Key(String place, double y, double v) {
            static Key of(StudyEffect study) {
                return new Key(study.row() + " " + study.index() + " " + study.study(), study.y(), study.v());
            }
        }
    }
}

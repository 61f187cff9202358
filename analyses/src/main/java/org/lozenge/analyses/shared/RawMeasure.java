package org.lozenge.analyses.shared;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.EffectMeasures;

/** Which measure is computed from raw numbers, if any. */
final class RawMeasure {

    private record Way(String measure, List<String> roles) {}

    /** The first of these whose columns are mapped is what auto takes. */
    private static final List<Way> WIDE = List.of(
            new Way("or", List.of("events_t", "n_t", "events_c", "n_c")),
            new Way("or", List.of("a", "n_t", "c", "n_c")),
            new Way("or", List.of("events_t", "b", "events_c", "d")),
            new Way("or", List.of("a", "b", "c", "d")),
            new Way("irr", List.of("events_t", "time_t", "events_c", "time_c")),
            new Way("md", List.of("mean_t", "sd_t", "n_t", "mean_c", "sd_c", "n_c")),
            new Way("md", List.of("mean_t", "se_t", "n_t", "mean_c", "se_c", "n_c")),
            new Way("md", List.of("median_t", "q1_t", "q3_t", "n_t", "median_c", "q1_c", "q3_c", "n_c")),
            new Way("md", List.of("median_t", "min_t", "max_t", "n_t", "median_c", "min_c", "max_c", "n_c")),
            new Way("mc", List.of("mean_pre", "sd_pre", "mean_post", "sd_post", "r", "n")),
            new Way("md", List.of("mean_t", "n_t", "mean_c", "n_c", "t")),
            new Way("md", List.of("mean_t", "n_t", "mean_c", "n_c", "f")),
            new Way("md", List.of("mean_t", "n_t", "mean_c", "n_c", "p")));

    /** The same for a row per arm, if there are several rows of a study. */
    private static final List<Way> LONG = List.of(
            new Way("or", List.of("events", "n")),
            new Way("irr", List.of("events", "time")),
            new Way("md", List.of("mean", "sd", "n")),
            new Way("md", List.of("mean", "se_mean", "n")),
            new Way("md", List.of("median", "q1", "q3", "n")),
            new Way("md", List.of("median", "min", "max", "n")));

    private static final List<Way> ONE_GROUP = List.of(
            new Way("zcor", List.of("r", "n")),
            new Way("plo", List.of("events", "n")),
            new Way("irln", List.of("events", "time")),
            new Way("mn", List.of("mean", "sd", "n")),
            new Way("mn", List.of("mean", "se_mean", "n")),
            new Way("abt", List.of("alpha", "m", "n")));

    private RawMeasure() {}

    /** The measure that the columns allow, if any. */
    static Optional<String> automatic(Inputs in) {
        Optional<String> wide = first(in, WIDE);
        Optional<String> arms = wide.isEmpty() && isRowPerArm(in) ? first(in, LONG) : Optional.empty();
        return wide.or(() -> arms).or(() -> first(in, ONE_GROUP));
    }

    /** Says which columns are missing for a measure of which most are there; empty if there is none. */
    static Optional<String> almost(Inputs in) {
        for (Way way : WIDE) {
            List<String> missing = way.roles.stream()
                    .filter(role -> !in.has(RawRoles.named(role)))
                    .toList();
            if (missing.size() <= 2 && way.roles.size() - missing.size() >= 3) {
                return Optional.of(" For measure '" + way.measure + "' only " + String.join(" and ", missing)
                        + (missing.size() == 1 ? " is missing." : " are missing."));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> first(Inputs in, List<Way> ways) {
        return ways.stream()
                .filter(way -> way.roles.stream().allMatch(role -> in.has(RawRoles.named(role))))
                .map(Way::measure)
                .findFirst();
    }

    private static boolean isRowPerArm(Inputs in) {
        return in.has(RawRoles.ARM)
                && in.has(RawRoles.STUDY)
                && Arrays.stream(in.strings(RawRoles.STUDY)).distinct().count() < in.rows();
    }

    /** Whether a measure can be computed from raw numbers of this table. */
    static boolean isAllowed(Inputs in, EffectMeasure<?> measure) {
        RawCells cells = RawCells.read(in);
        return new RawReader(cells, measure.code(), RawParams.Summaries.NORMAL)
                        .allows(measure.description().rawType())
                || ArmTable.isNeeded(in, cells, measure);
    }

    /**
     * The measure of a code, with the variance and the correction that the options ask for.
     *
     * @throws AnalysisException with code {@code param-value} if it has no such variance
     */
    static EffectMeasure<?> of(Inputs in, String code) {
        try {
            return EffectMeasures.of(code, ConventionInputs.variance(in, code), ConventionInputs.correction(in, code));
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("param-value", "Option 'vtype': " + e.getMessage() + ".");
        }
    }
}

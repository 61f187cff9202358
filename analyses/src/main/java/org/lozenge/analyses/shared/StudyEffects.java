package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Role;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.effect.BackTransform;
import org.lozenge.stats.effect.Effect;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.Proportion;
import org.lozenge.stats.effect.Rate;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.ZeroCells;

/**
 * The effect sizes of all studies of a table, with everything that should be said about them.
 *
 * <p>Rows whose numbers are impossible are errors, all of them named; the option {@code invalid} turns them into warnings.
 * Rows that lack cells, that say nothing about the measure, or from which it does not follow, are left out with a warning. An
 * error is also that no study is left.
 *
 * @param <R> the record the measure is computed from
 */
public final class StudyEffects<R extends RawData> {

    private static final String ONLY_OWN =
            " It enters the studies' own effects and their Q only; the counts are pooled without it.";

    private final EffectMeasure<R> measure;
    private final RawStudies studies;
    private final ZeroCells zeros;
    private final boolean countsSuffice;
    private final boolean keepsDifferences;
    private final List<StudyEffect> effects = new ArrayList<>();
    private final List<RawStudies.Excluded> excluded;
    private final List<Counted<R>> counted = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();

    /**
     * A study with raw numbers that were not left out.
     *
     * @param index 0-based row among the rows of the inputs; of the treated arm in tables with a row per arm
     * @param row 1-based row of the user's table
     * @param study name of the study
     * @param raw its numbers as reported, before any constant was added
     * @param effect its own effect; empty where the measure does not follow but counts suffice
     * @param <R> the type of the numbers
     */
    public record Counted<R>(int index, int row, String study, R raw, Optional<StudyEffect> effect) {}

    private StudyEffects(
            EffectMeasure<R> measure,
            RawStudies studies,
            ZeroCells zeros,
            boolean countsSuffice,
            boolean keepsDifferences) {
        this.countsSuffice = countsSuffice;
        this.keepsDifferences = keepsDifferences;
        this.measure = measure;
        this.studies = studies;
        this.zeros = zeros;
        this.excluded = new ArrayList<>(studies.excluded());
    }

    /**
     * Reads a table and computes the effects of its studies. Rows without raw numbers may state an effect instead.
     *
     * @param in columns with the roles of {@link StudyInput#roles()}, options of {@link StudyInput#params()}
     * @param measure what to compute
     * @return the effects of at least one study
     * @throws AnalysisException with code {@code unmapped-role} if the columns for the measure are missing, with the errors
     *     of all rows, or with code {@code no-usable-studies}
     */
    static <R extends RawData> StudyEffects<R> of(Inputs in, EffectMeasure<R> measure) {
        return of(in, measure, RawParams.zeroCells(in, measure));
    }

    /** Reads a table as {@link #of(Inputs, EffectMeasure)} does, with another treatment of zero cells. */
    static <R extends RawData> StudyEffects<R> of(Inputs in, EffectMeasure<R> measure, ZeroCells zeros) {
        List<Role> roles = List.copyOf(RawRoles.byName().values());
        return of(in, roles, measure, zeros, false);
    }

    /**
     * Reads a table for a method that works on counts, so that studies stay from which the measure itself does not follow.
     *
     * @param in columns with the roles of {@link RawRoles}, options of {@link RawParams#counts()}
     * @param roles the roles of the analysis
     * @param measure the measure of the studies' own effects
     * @return at least one study in {@link #counted()}
     * @throws AnalysisException as {@link #of} does
     */
    public static <R extends RawData> StudyEffects<R> ofCounts(Inputs in, List<Role> roles, EffectMeasure<R> measure) {
        return of(in, roles, measure, RawParams.zeroCells(in, measure), true);
    }

    /**
     * Reads a table for a method that works on counts, and whose own effects need no constant for zero cells either.
     *
     * @param corrects whether the constant is added all the same
     */
    public static <R extends RawData> StudyEffects<R> ofCounts(
            Inputs in, List<Role> roles, EffectMeasure<R> measure, boolean corrects) {
        ZeroCells zeros = RawParams.zeroCells(in, measure);
        ZeroCells without = new ZeroCells(0, zeros.to(), zeros.split(), zeros.dropDoubleZeros());
        return of(in, roles, measure, corrects ? zeros : without, true);
    }

    /**
     * Reads a table for a method that works on counts, with a treatment of zero cells for the studies' own effects that the
     * method chooses.
     *
     * @param zeros the treatment
     */
    public static <R extends RawData> StudyEffects<R> ofCounts(
            Inputs in, List<Role> roles, EffectMeasure<R> measure, ZeroCells zeros) {
        return of(in, roles, measure, zeros, true);
    }

    private static <R extends RawData> StudyEffects<R> of(
            Inputs in, List<Role> roles, EffectMeasure<R> measure, ZeroCells zeros, boolean countsSuffice) {
        // Only measures of means read quantiles, and only analyses of those offer the option.
        RawParams.Summaries summaries = countsSuffice ? RawParams.Summaries.NORMAL : in.get(RawParams.SUMMARIES);
        Optional<StatedEffects> stated =
                countsSuffice ? Optional.empty() : Optional.of(new StatedEffects(in, Measure.of(measure)));
        RawStudies studies = RawStudies.read(in, roles, measure, summaries, stated);
        StudyEffects<R> result =
                new StudyEffects<>(measure, studies, zeros, countsSuffice, ConventionInputs.keepsDifferences(in));
        result.compute();
        result.finish();
        return result;
    }

    // ---- the effects

    private void compute() {
        Class<R> type = measure.description().rawType();
        List<RawStudies.Study> withNumbers =
                studies.studies().stream().filter(s -> s.raw().isPresent()).toList();
        List<ZeroCells.Treated> treated =
                zeros.apply(withNumbers.stream().map(s -> s.raw().orElseThrow()).toList());
        List<R> informing = treated.stream()
                .filter(t -> !t.dropped())
                .map(t -> type.cast(t.data()))
                .toList();
        EffectMeasure<R> informed = measure.informedBy(informing);
        int next = 0;
        for (RawStudies.Study study : studies.studies()) {
            if (study.raw().isPresent()) {
                add(study, treated.get(next), informed, type);
                next++;
            } else {
                addStated(study);
            }
        }
    }

    private void add(RawStudies.Study study, ZeroCells.Treated treated, EffectMeasure<R> informed, Class<R> type) {
        if (treated.dropped()) {
            exclude(
                    study,
                    "double-zero",
                    "no event in either group, or events only, says nothing about the " + measure.label()
                            + " (--drop00 false keeps it)");
            return;
        }
        R reported = type.cast(study.raw().orElseThrow());
        try {
            Effect effect = compute(informed, type.cast(treated.data()), reported);
            if (inRange(study, effect)) {
                StudyEffect own = effect(study, effect, measure.backTransform(List.of(reported)), treated.corrected());
                effects.add(own);
                counted.add(new Counted<>(study.index(), study.row(), study.name(), reported, Optional.of(own)));
            }
        } catch (NotEstimableException e) {
            if (countsSuffice) {
                counted.add(new Counted<>(study.index(), study.row(), study.name(), reported, Optional.empty()));
            } else {
                exclude(study, "not-estimable", text(e));
            }
        }
    }

    /** The effect from counts with the constant; some conventions take only the variance of a difference from them. */
    private Effect compute(EffectMeasure<R> informed, R treated, R reported) {
        Effect effect = informed.compute(treated);
        if (keepsDifferences && measure.code().equals("rd") && reported instanceof TwoByTwo table) {
            return new Effect(table.riskDifference(), effect.v());
        }
        return keepsDifferences && measure.code().equals("ird") && reported instanceof PersonTime time
                ? new Effect(time.rateDifference(), effect.v())
                : effect;
    }

    private static StudyEffect effect(RawStudies.Study study, Effect effect, BackTransform back, boolean corrected) {
        return new StudyEffect(
                study.index(),
                study.row(),
                study.name(),
                effect.y(),
                effect.v(),
                study.participants(),
                back,
                corrected);
    }

    private void addStated(RawStudies.Study study) {
        Effect effect = study.stated().orElseThrow();
        if (inRange(study, effect)) {
            effects.add(effect(study, effect, measure.description().backTransform(), false));
        }
    }

    private boolean inRange(RawStudies.Study study, Effect effect) {
        boolean inRange = Math.abs(effect.y()) <= EffectSizes.MAX_EFFECT
                && effect.v() >= EffectSizes.MIN_VARIANCE
                && effect.v() <= EffectSizes.MAX_VARIANCE;
        if (!inRange) {
            exclude(
                    study,
                    "out-of-range",
                    "effect " + effect.y() + " with variance " + effect.v()
                            + " is beyond what can be computed with; change the unit");
        }
        return inRange;
    }

    private void exclude(RawStudies.Study study, String code, String reason) {
        excluded.add(new RawStudies.Excluded(study.row(), study.name(), code, reason));
    }

    static String text(RuntimeException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    // ---- messages

    private void finish() {
        messages.addAll(studies.messages());
        excluded.sort(Comparator.comparingInt(RawStudies.Excluded::row));
        tellExcluded();
        tellCorrected();
        if (used() == 0) {
            List<Message> all = new ArrayList<>(List.of(Message.error("no-usable-studies", nothingLeft())));
            all.addAll(messages);
            throw new AnalysisException(all);
        }
        messages.add(used(studies.source(), used(), excluded));
    }

    /** Says how many studies there were and who was left out. */
    static Message used(String source, int used, List<RawStudies.Excluded> excluded) {
        String left = excluded.isEmpty()
                ? ""
                : " Left out: "
                        + excluded.stream()
                                .limit(RawStudies.SHOWN)
                                .map(e -> e.study().equals("row " + e.row())
                                        ? e.study()
                                        : e.study() + " (row " + e.row() + ")")
                                .collect(Collectors.joining(", "))
                        + (excluded.size() > RawStudies.SHOWN
                                ? " and " + (excluded.size() - RawStudies.SHOWN) + " more"
                                : "")
                        + ".";
        int k = used + excluded.size();
        return Message.info(
                        "studies-used",
                        source + ": " + k + (k == 1 ? " study" : " studies") + ", " + used + " used." + left)
                .with("k", String.valueOf(k))
                .with("k_used", String.valueOf(used));
    }

    private String nothingLeft() {
        boolean zeros =
                !excluded.isEmpty() && excluded.stream().allMatch(e -> e.code().equals("double-zero"));
        return studies.source() + ": no usable studies. All " + k()
                + (zeros
                        ? " have no event in either group, or events only, so there is no information about the "
                                + measure.label() + ". A risk difference keeps such studies."
                        : " were left out; the warnings say why.");
    }

    private void tellExcluded() {
        Map<String, List<RawStudies.Excluded>> byReason = new LinkedHashMap<>();
        // The reshaping of arms has told of studies without the reference arm.
        excluded.stream()
                .filter(e -> !e.code().equals("no-reference-arm"))
                .forEach(e -> byReason.computeIfAbsent(e.code() + " " + e.reason(), key -> new ArrayList<>())
                        .add(e));
        byReason.values().forEach(list -> {
            RawStudies.Excluded first = list.get(0);
            String reason = first.reason().strip();
            messages.add(Message.warning(
                            first.code(),
                            studies.source() + ", " + places(list) + ": left out, because "
                                    + Character.toLowerCase(reason.charAt(0)) + reason.substring(1)
                                    + (reason.endsWith(".") ? "" : "."))
                    .at(list.stream().mapToInt(RawStudies.Excluded::row).toArray()));
        });
    }

    private static String places(List<RawStudies.Excluded> list) {
        String listed = list.stream()
                .limit(RawStudies.SHOWN)
                .map(e -> e.row() + (e.study().equals("row " + e.row()) ? "" : " (" + e.study() + ")"))
                .collect(Collectors.joining(", "));
        String more = list.size() > RawStudies.SHOWN ? " and " + (list.size() - RawStudies.SHOWN) + " more" : "";
        return (list.size() == 1 ? "row " : "rows ") + listed + more;
    }

    /** What a user could do without a constant, as far as the design has it. */
    private String withoutConstant() {
        Class<R> type = measure.description().rawType();
        String methods = type == TwoByTwo.class
                ? "mantel-haenszel, peto, measure as"
                : type == PersonTime.class
                        ? "mantel-haenszel, measure irsd"
                        : type == Proportion.class
                                ? "measures pas, pft"
                                : type == Rate.class ? "measures irs, irft" : "";
        return methods.isEmpty() ? "" : " Methods that need no constant: " + methods + ".";
    }

    private void tellCorrected() {
        int[] rows = effects.stream()
                .filter(StudyEffect::corrected)
                .mapToInt(StudyEffect::row)
                .toArray();
        if (rows.length == 0) {
            return;
        }
        String how = zeros.split() == ZeroCells.Split.CONSTANT
                ? zeros.add() + " was added to all counts"
                : "constants in proportion to the sizes of the arms, " + 2 * zeros.add()
                        + " in all, were added to the counts";
        messages.add(Message.warning(
                        "zero-cells",
                        studies.source() + ": " + how + " of " + rows.length
                                + (rows.length == 1 ? " study" : " studies") + " ("
                                + (rows.length == 1 ? "row " : "rows ")
                                + Arrays.stream(rows)
                                        .limit(RawStudies.SHOWN)
                                        .mapToObj(String::valueOf)
                                        .collect(Collectors.joining(", "))
                                + (rows.length > RawStudies.SHOWN ? " and more" : "")
                                + "), because "
                                + (zeros.to() == ZeroCells.To.ONLY0 ? "a count is 0" : "'to' asks for it")
                                + "." + (countsSuffice ? ONLY_OWN : withoutConstant()))
                .at(rows)
                .with("add", String.valueOf(zeros.add()))
                .with("to", RawParams.token(zeros.to())));
    }

    // ---- what others ask

    /** Returns what was computed. */
    public EffectMeasure<R> measure() {
        return measure;
    }

    /** Returns the effects, in the order of the table. */
    public List<StudyEffect> effects() {
        return List.copyOf(effects);
    }

    /** Returns the studies with raw numbers that were not left out, in the order of the table. */
    public List<Counted<R>> counted() {
        return List.copyOf(counted);
    }

    /** Returns the number of studies that were used. */
    public int used() {
        return countsSuffice ? counted.size() : effects.size();
    }

    /** Returns the studies that were left out, as texts: row, study, code, reason. */
    public List<RawStudies.Excluded> excluded() {
        return List.copyOf(excluded);
    }

    /** Returns the number of studies in the table, whether used or not. */
    public int k() {
        return used() + excluded.size();
    }

    /** Returns notes and warnings. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Returns the effects as the models take them. */
    public EffectSizes sizes() {
        return StudyEffect.sizes(effects);
    }

    /** Returns whether rows were comparisons made from a row per arm. */
    public boolean isReshaped() {
        return studies.isReshaped();
    }

    /** The numbers of all rows, or of all comparisons of arms. */
    RawCells cells() {
        return studies.cells();
    }
}

package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Role;
import org.lozenge.stats.effect.CountData;
import org.lozenge.stats.effect.Effect;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.InvalidRawDataException;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.RawData;

/** The raw numbers of all studies of a table, or the effects that reports state instead, row by row. Immutable. */
public final class RawStudies {

    /** How many rows a message names. */
    static final int SHOWN = 20;

    /**
     * One row that can be used so far.
     *
     * @param index 0-based row among those the host passed on
     * @param row 1-based row of the user's table
     * @param name name of the study
     * @param raw the raw numbers; empty if the report states an effect instead
     * @param stated the stated effect; empty if there are raw numbers
     * @param participants number of participants; NaN if it is not known
     */
    record Study(
            int index, int row, String name, Optional<RawData> raw, Optional<Effect> stated, double participants) {}

    /**
     * One row that was left out.
     *
     * @param row 1-based row of the user's table
     * @param study name of the study
     * @param code why, for scripts
     * @param reason why, for readers
     */
    public record Excluded(int row, String study, String code, String reason) {}

    private final RawCells cells;
    private final RawReader reader;
    private final Class<? extends RawData> type;
    private final Optional<StatedEffects> statedEffects;
    private final boolean reshaped;
    private final List<Study> studies = new ArrayList<>();
    private final List<Excluded> excluded = new ArrayList<>();
    private final List<Message> errors = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Integer> stated = new ArrayList<>();
    private final List<Integer> fractions = new ArrayList<>();

    private RawStudies(
            RawCells cells,
            EffectMeasure<?> measure,
            boolean reshaped,
            RawParams.Summaries summaries,
            Optional<StatedEffects> statedEffects) {
        this.cells = cells;
        this.type = measure.description().rawType();
        this.reader = new RawReader(cells, measure.code(), summaries);
        this.statedEffects = statedEffects.filter(stated -> !reshaped && stated.isMapped());
        this.reshaped = reshaped;
    }

    /**
     * Reads all rows.
     *
     * @throws AnalysisException with code {@code unmapped-role}, or with the errors of all rows unless they are skipped
     */
    static RawStudies read(
            Inputs in,
            List<Role> roles,
            EffectMeasure<?> measure,
            RawParams.Summaries summaries,
            Optional<StatedEffects> stated) {
        RawCells cells = RawCells.read(in, roles);
        List<Message> before = new ArrayList<>();
        List<Excluded> without = new ArrayList<>();
        boolean reshape = ArmTable.isNeeded(in, cells, measure);
        if (reshape) {
            ArmTable.Reshaped wide = ArmTable.reshape(
                    cells, in.strings(RawRoles.ARM), in.get(RawParams.REFERENCE), in.get(RawParams.SHARED_CONTROL));
            cells = wide.cells();
            before.addAll(wide.messages());
            without.addAll(wide.excluded());
        }
        RawStudies table = new RawStudies(cells, measure, reshape, summaries, stated);
        table.messages.addAll(before);
        table.excluded.addAll(without);
        table.requireColumns(measure);
        for (int i = 0; i < cells.rows(); i++) {
            table.readRow(i);
        }
        table.finish(in.get(RawParams.INVALID) == ReportParams.Invalid.SKIP);
        return table;
    }

    private void requireColumns(EffectMeasure<?> measure) {
        List<List<String>> ways = RawReader.ways(type);
        if (reader.allows(type) || statedEffects.isPresent()) {
            return;
        }
        String needed = ways.stream().map(way -> String.join(" + ", way)).collect(Collectors.joining("; or "));
        List<String> nearest = ways.stream()
                .max(java.util.Comparator.comparingLong(
                        way -> way.stream().filter(cells::has).count()))
                .orElseThrow();
        List<String> missing = nearest.stream().filter(role -> !cells.has(role)).toList();
        throw new AnalysisException(
                "unmapped-role",
                cells.source() + ": measure '" + measure.code() + "' needs columns for " + needed
                        + ". Missing for the nearest of them: "
                        + String.join(", ", missing) + ". Map them with --map ROLE=COLUMN"
                        + (cells.mapped().isEmpty() ? "" : "; mapped so far: " + cells.mapped()) + ".");
    }

    // ---- one row

    private void readRow(int i) {
        try {
            Optional<RawData> raw = reader.read(type, i);
            if (raw.isPresent()) {
                RawData data = raw.orElseThrow();
                noteFractions(data, i);
                add(i, raw, Optional.empty(), Participants.of(data));
                return;
            }
            Optional<Effect> effect =
                    statedEffects.flatMap(table -> table.read(cells.index(i))).map(row -> new Effect(row.y(), row.v()));
            if (effect.isPresent()) {
                stated.add(i);
                add(i, Optional.empty(), effect, Double.NaN);
            } else {
                exclude(i, "rows-dropped", missing(i));
            }
        } catch (RawCells.CellException e) {
            error(i, "not-numeric", e.role(), StudyEffects.text(e));
        } catch (EffectCells.CellException e) {
            String column =
                    statedEffects.map(table -> table.cells().column(e.kind())).orElse("");
            fault(i, e.code(), "column '" + column + "': " + e.text());
        } catch (InvalidRawDataException e) {
            String text = "column '" + reader.columnOf(e.field(), i) + "': " + StudyEffects.text(e) + remedy(e);
            errors.add(Message.error("invalid-value", cells.place(i) + ", " + text + ".")
                    .at(cells.sourceRow(i))
                    .with("field", e.field()));
            exclude(i, "invalid-value", text);
        } catch (NotEstimableException e) {
            exclude(i, "not-estimable", StudyEffects.text(e));
        }
    }

    private static String remedy(InvalidRawDataException e) {
        return StudyEffects.text(e).contains("; ") ? "" : "; correct the cell";
    }

    private void add(int i, Optional<RawData> raw, Optional<Effect> effect, double participants) {
        studies.add(new Study(cells.index(i), cells.sourceRow(i), cells.study(i), raw, effect, participants));
    }

    private void error(int i, String code, String role, String text) {
        fault(i, code, "column '" + cells.column(role) + "': " + text);
    }

    private void fault(int i, String code, String fault) {
        errors.add(Message.error(code, cells.place(i) + ", " + fault + ".").at(cells.sourceRow(i)));
        exclude(i, code, fault);
    }

    private void exclude(int i, String code, String reason) {
        excluded.add(new Excluded(cells.sourceRow(i), cells.study(i), code, reason));
    }

    /** What the row lacks for the way of which it has most. */
    private String missing(int i) {
        List<String> nearest = RawReader.ways(type).stream()
                .filter(cells::hasAll)
                .max(java.util.Comparator.comparingLong(way ->
                        way.stream().filter(role -> !cells.isMissing(role, i)).count()))
                .orElse(List.of());
        String empty = nearest.stream()
                .filter(role -> cells.isMissing(role, i))
                .map(role -> "'" + cells.column(role) + "'")
                .collect(Collectors.joining(", "));
        return empty.isEmpty() ? "cells are empty" : "column " + empty + " is empty";
    }

    private void noteFractions(RawData data, int i) {
        if (data instanceof CountData<?> && !Participants.areWhole(data)) {
            fractions.add(i);
        }
    }

    // ---- messages

    private void finish(boolean skip) {
        if (!errors.isEmpty() && !skip) {
            List<Message> all = new ArrayList<>(errors);
            all.add(Message.info(
                    "invalid-rows",
                    "Rows with impossible numbers stop the analysis. Correct them, or leave them out with --invalid"
                            + " skip."));
            throw new AnalysisException(all);
        }
        derivation(
                RawReader.Derivation.QUANTILES,
                "summary-converted",
                "means or standard deviations were estimated from quantiles (" + reader.summaryMethod()
                        + "). Their uncertainty is larger than the variances say.",
                false);
        derivation(
                RawReader.Derivation.SKEWED,
                "summary-skewed",
                "the quantiles speak against a symmetric distribution (test of Shi and others 2023), so that means from"
                        + " them may mislead.",
                true);
        derivation(
                RawReader.Derivation.TABLE,
                "table-reconstructed",
                "the two-by-two table was reconstructed from the odds ratio, the sizes of the arms and the number of"
                        + " events.",
                false);
        derivation(
                RawReader.Derivation.DIFFERENCE,
                "difference-given",
                "the standardised difference was taken from d or t, since means and standard deviations are missing.",
                false);
        derivation(
                RawReader.Derivation.TEST,
                "sd-from-test",
                "standard deviations were derived from the means and t, F or P, taken for those of Student's test with"
                        + " a pooled standard deviation; F and P as two-sided with one degree of freedom between groups.",
                true);
        tell(
                stated,
                "effect-stated",
                "the effect that the table states was taken, since raw numbers are missing.",
                false);
        tell(
                fractions,
                "counts-not-whole",
                "counts are not whole numbers. They were used as they are; check them.",
                !reshaped);
        statedEffects.ifPresent(table -> messages.addAll(table.warnings()));
        tellSharedControls();
    }

    private void derivation(RawReader.Derivation derivation, String code, String text, boolean warning) {
        tell(reader.derivations().getOrDefault(derivation, List.of()), code, text, warning);
    }

    private void tell(List<Integer> rows, String code, String text, boolean warning) {
        if (rows.isEmpty()) {
            return;
        }
        String listed = rows.stream()
                .limit(SHOWN)
                .map(i -> String.valueOf(cells.sourceRow(i)))
                .collect(Collectors.joining(", "));
        String all = cells.source() + ", " + (rows.size() == 1 ? "row " : "rows ") + listed
                + (rows.size() > SHOWN ? " and " + (rows.size() - SHOWN) + " more" : "") + ": " + text;
        Message message = warning ? Message.warning(code, all) : Message.info(code, all);
        messages.add(message.at(rows.stream().mapToInt(cells::sourceRow).toArray()));
    }

    /** Rows of one study with the same control are comparisons that share it. */
    private void tellSharedControls() {
        if (reshaped) {
            return;
        }
        Map<String, List<Integer>> byControl = new LinkedHashMap<>();
        for (int i = 0; i < cells.rows(); i++) {
            int row = i;
            cells.control(i)
                    .ifPresent(control -> byControl
                            .computeIfAbsent(control, key -> new ArrayList<>())
                            .add(row));
        }
        List<Integer> shared = byControl.values().stream()
                .filter(rows -> rows.size() > 1)
                .flatMap(List::stream)
                .toList();
        tell(
                shared,
                "shared-control",
                "rows of the same study have the same control arm. Pooled together they count it more than once: divide"
                        + " its numbers between them, keep one row of each study, or use a method for dependent effects.",
                true);
    }

    // ---- what others ask

    String source() {
        return cells.source();
    }

    /** The numbers of all rows, or of all comparisons of arms. */
    RawCells cells() {
        return cells;
    }

    List<Study> studies() {
        return studies;
    }

    List<Excluded> excluded() {
        return excluded;
    }

    /** Errors of rows that were skipped count as warnings by way of {@link #excluded}. */
    List<Message> messages() {
        return messages;
    }

    boolean isReshaped() {
        return reshaped;
    }
}

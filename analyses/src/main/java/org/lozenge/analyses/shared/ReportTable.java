package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.CurveReader.Column;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.ReportReader;
import org.lozenge.stats.survival.ReportedCurve.FollowUp;
import org.lozenge.stats.survival.ReportedResult;
import org.lozenge.stats.survival.RouteChooser;

/**
 * The rows of a table: printed results, each with the survival curves that belong to it, and curves that belong to none.
 *
 * @param rows what each row of the inputs yields; empty for points of curves
 * @param curves the curves
 * @param warnings curves of which it is not clear where they belong, strata that cannot be summed
 */
record ReportTable(List<Optional<ReportRow>> rows, ReportCurves curves, List<Message> warnings) {

    /** What a row prints, before routes are derived. */
    private static final class Draft {
        private final CurvePoints.Key key;
        private ReportedResult result;
        private final FollowUp followUp;
        private boolean curved;

        Draft(CurvePoints.Key key, ReportedResult result, FollowUp followUp) {
            this.key = key;
            this.result = result;
            this.followUp = followUp;
        }

        void attach(ReportCurves.Pair pair) {
            result = result.withCurves(pair.curves(), followUp);
            curved = true;
        }
    }

    static ReportTable read(Inputs in, Map<ReportField, String[]> cells, RunContext context) {
        ReportReader reader = ReportParams.reader(in);
        CurvePoints points = new CurvePoints(in);
        ReportCurves curves = ReportCurves.read(in, points);
        List<Optional<Draft>> drafts = new ArrayList<>();
        for (int i = 0; i < in.rows(); i++) {
            context.checkCancelled();
            drafts.add(points.isPoint(i) ? Optional.empty() : Optional.of(printed(reader, cells, points, i)));
        }
        List<Message> warnings = new ArrayList<>();
        for (ReportCurves.Pair pair : curves.pairs()) {
            attach(pair, drafts, in, reader).ifPresent(warnings::add);
        }
        List<CurvePoints.Key> keys =
                IntStream.range(0, in.rows()).mapToObj(points::key).toList();
        return new ReportTable(StratumSums.sum(in, rows(in, drafts, context), keys, warnings), curves, warnings);
    }

    private static Draft printed(ReportReader reader, Map<ReportField, String[]> cells, CurvePoints points, int i) {
        Map<ReportField, String> row = new EnumMap<>(ReportField.class);
        cells.forEach((field, texts) -> row.put(field, texts[i]));
        FollowUp followUp = new FollowUp(number(points, Column.FU_MIN, i), number(points, Column.FU_MAX, i));
        return new Draft(points.key(i), reader.read(row), followUp);
    }

    private static OptionalDouble number(CurvePoints points, Column column, int i) {
        return NumberText.parse(points.text(column, i))
                .filter(value -> value >= 0)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /** To the one printed result of its study and endpoint; to the one with a hazard ratio if there are several. */
    private static Optional<Message> attach(
            ReportCurves.Pair pair, List<Optional<Draft>> drafts, Inputs in, ReportReader reader) {
        List<Draft> fitting = drafts.stream()
                .flatMap(Optional::stream)
                .filter(draft -> !draft.curved && pair.key().fits(draft.key))
                .toList();
        List<Draft> ratios = fitting.stream()
                .filter(draft -> draft.result.has(ReportField.HR))
                .toList();
        List<Draft> candidates = fitting.size() > 1 && !ratios.isEmpty() ? ratios : fitting;
        if (candidates.size() == 1) {
            candidates.get(0).attach(pair);
            return Optional.empty();
        }
        Draft own = new Draft(pair.key(), reader.read(Map.of()), FollowUp.NONE);
        own.attach(pair);
        drafts.set(pair.first(), Optional.of(own));
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        int row = in.sourceRows()[pair.first()];
        return Optional.of(Message.warning(
                        "curve-alone",
                        in.source() + ", row " + row + " (" + pair.key().study() + ", "
                                + pair.key().endpoint()
                                + "): the survival curves fit " + candidates.size()
                                + " printed results of the study and stand as a result of their own. Say which they belong"
                                + " to in a column report (or cutoff).")
                .at(row));
    }

    private static List<Optional<ReportRow>> rows(Inputs in, List<Optional<Draft>> drafts, RunContext context) {
        RouteChooser chooser = ReportParams.chooser(in);
        String[] studies = in.strings(Roles.STUDY);
        int[] sourceRows = in.sourceRows();
        List<Optional<ReportRow>> rows = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            int at = i;
            context.checkCancelled();
            rows.add(drafts.get(i)
                    .map(draft -> ReportRow.of(
                            sourceRows[at],
                            studies[at],
                            draft.key.endpoint(),
                            draft.result,
                            chooser.choose(draft.result))));
        }
        return rows;
    }
}

package org.lozenge.analyses.peto;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.RawParams;
import org.lozenge.analyses.shared.RawRoles;
import org.lozenge.analyses.shared.ReportParams;
import org.lozenge.analyses.shared.StratifiedTables;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;

/** Studies that state observed minus expected events and their variance. */
final class LogRankRows {

    static final Role O_MINUS_E = sparse(Roles.O_MINUS_E);
    static final Role V = sparse(Roles.V);

    private record LogRank(int row, String study, double excess, double variance) {}

    private final List<LogRank> rows = new ArrayList<>();
    private final List<Message> errors = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private LogRankRows() {}

    private static Role sparse(Role role) {
        return Role.text(role.name(), role.label()).sparse().aka(role.synonyms().toArray(String[]::new));
    }

    static boolean areMapped(Inputs in) {
        return in.has(O_MINUS_E) && in.has(V);
    }

    /**
     * Reads all rows.
     *
     * @throws AnalysisException with the errors of all rows unless they are skipped, or if no row is left
     */
    static LogRankRows read(Inputs in) {
        LogRankRows table = new LogRankRows();
        String[] studies = in.strings(RawRoles.STUDY);
        String[] excess = in.strings(O_MINUS_E);
        String[] variance = in.strings(V);
        for (int i = 0; i < in.rows(); i++) {
            table.read(in, in.sourceRows()[i], studies[i], excess[i].strip(), variance[i].strip());
        }
        table.finish(in);
        return table;
    }

    private void read(Inputs in, int row, String study, String excess, String variance) {
        String place = in.source() + ", row " + row + (study.equals("row " + row) ? "" : " (" + study + ")");
        if (excess.isEmpty() || variance.isEmpty()) {
            String column = in.columns(excess.isEmpty() ? O_MINUS_E : V).get(0);
            leftOut.add(study + " (row " + row + ")");
            messages.add(
                    Message.warning("rows-dropped", place + ": left out, because column '" + column + "' is empty.")
                            .at(row));
            return;
        }
        double oe = NumberText.parse(excess).orElse(Double.NaN);
        double v = NumberText.parse(variance).orElse(Double.NaN);
        if (Double.isNaN(oe) || Double.isNaN(v)) {
            String column = in.columns(Double.isNaN(oe) ? O_MINUS_E : V).get(0);
            error(
                    row,
                    study,
                    "not-numeric",
                    place + ", column '" + column + "': '" + (Double.isNaN(oe) ? excess : variance)
                            + "' is not a number.");
        } else if (!(v > 0)) {
            error(
                    row,
                    study,
                    "invalid-value",
                    place + ", column '" + in.columns(V).get(0)
                            + "': the variance of observed minus expected events must be above 0, but is " + variance
                            + ".");
        } else {
            rows.add(new LogRank(row, study, oe, v));
        }
    }

    private void error(int row, String study, String code, String text) {
        leftOut.add(study + " (row " + row + ")");
        errors.add(Message.error(code, text).at(row));
    }

    private void finish(Inputs in) {
        if (!errors.isEmpty() && in.get(RawParams.INVALID) == ReportParams.Invalid.REJECT) {
            throw new AnalysisException(errors);
        }
        errors.forEach(e -> messages.add(Message.warning(e.code(), e.text() + " The row is left out.")
                .at(e.rows().stream().mapToInt(Integer::intValue).toArray())));
        int k = rows.size() + leftOut.size();
        if (rows.isEmpty()) {
            List<Message> all = new ArrayList<>(List.of(
                    Message.error("no-usable-studies", in.source() + ": no usable studies; the warnings say why.")));
            all.addAll(messages);
            throw new AnalysisException(all);
        }
        messages.add(Message.info(
                        "studies-used",
                        in.source() + ": " + k + (k == 1 ? " study" : " studies") + ", " + rows.size() + " used."
                                + (leftOut.isEmpty()
                                        ? ""
                                        : " Left out: " + leftOut.stream().collect(Collectors.joining(", ")) + "."))
                .with("k", String.valueOf(k))
                .with("k_used", String.valueOf(rows.size())));
    }

    List<Message> messages() {
        return messages;
    }

    double[] observedMinusExpected() {
        return rows.stream().mapToDouble(LogRank::excess).toArray();
    }

    double[] variances() {
        return rows.stream().mapToDouble(LogRank::variance).toArray();
    }

    List<StratifiedTables.Study> studies() {
        return rows.stream()
                .map(r -> new StratifiedTables.Study(r.study, r.excess / r.variance, 1 / r.variance))
                .toList();
    }
}

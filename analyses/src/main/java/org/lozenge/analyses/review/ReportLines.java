package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.analyses.shared.ReportRows;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Role;

/**
 * The rows of a table, read.
 *
 * @param lines the rows in their order
 * @param doubts trials that were joined, rows without a study
 */
record ReportLines(List<ReportLine> lines, List<Choice.Doubt> doubts) {

    private static final Pattern NOT_RANDOMIZED = Pattern.compile(
            "registry|observational|cohort|case[- ]control|retrospective|historical|non-?\\s?random|not random|single[- ]arm",
            Pattern.CASE_INSENSITIVE);

    /** The family of a table without endpoints. */
    static final EndpointFamily ALL_REPORTS =
            new EndpointFamily("all", "All reports", "", List.of(Endpoint.printed("")));

    /** The family of rows without an endpoint in a table with endpoints. */
    static final EndpointFamily NOT_STATED =
            new EndpointFamily("endpoint-not-stated", "Endpoint not stated", "", List.of(Endpoint.printed("")));

    ReportLines {
        lines = List.copyOf(lines);
        doubts = List.copyOf(doubts);
    }

    /** Reads what each row is about. */
    static ReportLines read(ReportRows rows, Inputs in) {
        Columns columns = new Columns(in);
        int[] numbers = in.sourceRows();
        TrialNames trials = TrialNames.of(in.strings(ReviewRoles.STUDY), columns.registration, numbers);
        Derivations derivations = new Derivations(in);
        EndpointFamilies families = new EndpointFamilies();
        boolean endpoints = in.has(ReportRows.ENDPOINT);
        boolean controls = in.has(ReviewRoles.CONTROL) || in.has(ReviewRoles.COMPARISON);
        List<ReportLine> lines = new ArrayList<>();
        for (int i = 0; i < in.rows(); i++) {
            if (rows.at(i).isEmpty()) {
                continue; // a point of a survival curve, which is part of another row
            }
            ReportRow row = rows.at(i).get();
            Arms arms = columns.arms(i);
            boolean singleArm =
                    controls && arms.control().isEmpty() && !arms.treatment().isEmpty();
            EndpointFamilies.Reading reading = reading(families, row.endpoint(), endpoints);
            Report report = new Report(
                    row.row(),
                    trials.names().get(i),
                    columns.report[i],
                    PublicationKind.read(columns.publication[i], columns.report[i]),
                    reading.family(),
                    reading.endpoint(),
                    row.endpoint(),
                    columns.setting[i],
                    columns.population[i],
                    columns.subgroup[i],
                    columns.cutOff(i),
                    arms,
                    !NOT_RANDOMIZED.matcher(columns.design[i]).find(),
                    derivations.of(row, singleArm));
            lines.add(new ReportLine(report, row));
        }
        List<Choice.Doubt> doubts = new ArrayList<>(trials.doubts());
        withoutStudy(lines, in.has(ReviewRoles.STUDY)).forEach(doubts::add);
        return new ReportLines(lines, doubts);
    }

    private static EndpointFamilies.Reading reading(EndpointFamilies families, String endpoint, boolean mapped) {
        if (!endpoint.isEmpty()) {
            return families.read(endpoint);
        }
        EndpointFamily family = mapped ? NOT_STATED : ALL_REPORTS;
        return new EndpointFamilies.Reading(family, family.endpoints().get(0));
    }

    private static List<Choice.Doubt> withoutStudy(List<ReportLine> lines, boolean mapped) {
        Set<Integer> rows = new TreeSet<>();
        for (ReportLine line : lines) {
            if (line.report().trial().equals("row " + line.report().row())) {
                rows.add(line.report().row());
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        String which = mapped ? "A row without a study" : "The table has no column of studies; each row";
        return List.of(new Choice.Doubt(
                "no-study",
                which + " is taken for a trial of its own (" + Words.rows(List.copyOf(rows))
                        + "), so reports of one trial would be pooled twice. Name the studies",
                List.copyOf(rows)));
    }

    /** The cells of the columns that say what a row is about; empty texts where there is no such column. */
    private static final class Columns {
        private final String[] registration;
        private final String[] report;
        private final String[] publication;
        private final String[] year;
        private final String[] design;
        private final String[] setting;
        private final String[] population;
        private final String[] subgroup;
        private final String[] cutoff;
        private final String[] followUp;
        private final String[] unit;
        private final String[] treatment;
        private final String[] control;
        private final String[] comparison;

        Columns(Inputs in) {
            registration = texts(in, ReviewRoles.REGISTRATION);
            report = texts(in, ReviewRoles.REPORT);
            publication = texts(in, ReviewRoles.PUBLICATION);
            year = texts(in, ReviewRoles.YEAR);
            design = texts(in, ReviewRoles.DESIGN);
            setting = texts(in, ReviewRoles.SETTING);
            population = texts(in, ReviewRoles.POPULATION);
            subgroup = texts(in, ReviewRoles.SUBGROUP);
            cutoff = texts(in, ReviewRoles.CUTOFF);
            followUp = texts(in, ReviewRoles.FOLLOW_UP);
            unit = texts(in, ReviewRoles.UNIT);
            treatment = texts(in, ReviewRoles.TREATMENT);
            control = texts(in, ReviewRoles.CONTROL);
            comparison = texts(in, ReviewRoles.COMPARISON);
        }

        private static String[] texts(Inputs in, Role role) {
            if (in.has(role)) {
                return in.strings(role);
            }
            String[] none = new String[in.rows()];
            java.util.Arrays.fill(none, "");
            return none;
        }

        CutOff cutOff(int i) {
            return CutOff.read(cutoff[i], followUp[i], unit[i], year[i], report[i]);
        }

        Arms arms(int i) {
            return treatment[i].isEmpty() && control[i].isEmpty()
                    ? Arms.ofComparison(comparison[i])
                    : new Arms(treatment[i], control[i]);
        }
    }
}

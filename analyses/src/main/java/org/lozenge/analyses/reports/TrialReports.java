package org.lozenge.analyses.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lozenge.analyses.shared.ReportRoles;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.analyses.shared.ReportRows;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Role;

/**
 * The rows of a table of reports, each with what it is about.
 *
 * @param reports the rows in their order
 * @param doubts trials that were joined, rows without a study
 */
public record TrialReports(List<TrialReport> reports, List<TableDoubt> doubts) {

    /** The family of a table without endpoints. */
    public static final EndpointFamily ALL_REPORTS =
            new EndpointFamily("all", "All reports", "", List.of(Endpoint.printed("")));

    /** The family of rows without an endpoint in a table with endpoints. */
    public static final EndpointFamily NOT_STATED =
            new EndpointFamily("endpoint-not-stated", "Endpoint not stated", "", List.of(Endpoint.printed("")));

    private static final Pattern YEAR = Pattern.compile("\\b((?:19|20)\\d\\d)\\b");
    private static final Pattern DOI = Pattern.compile("10\\.\\d{4,9}/\\S+");

    /** Copies the lists. */
    public TrialReports {
        reports = List.copyOf(reports);
        doubts = List.copyOf(doubts);
    }

    /** Reads what each row is about, with the columns of {@link AboutRoles}. */
    public static TrialReports read(ReportRows rows, Inputs in) {
        Columns columns = new Columns(in);
        TrialNames trials =
                TrialNames.of(in.strings(AboutRoles.STUDY), columns.of(AboutRoles.REGISTRATION), in.sourceRows());
        EndpointFamilies families = new EndpointFamilies();
        List<TrialReport> reports = new ArrayList<>();
        for (int i = 0; i < in.rows(); i++) {
            if (rows.at(i).isEmpty()) {
                continue; // a point of a survival curve, which is part of another row
            }
            ReportRow row = rows.at(i).get();
            EndpointFamilies.Reading reading = reading(families, row.endpoint(), in.has(ReportRows.ENDPOINT));
            String document = columns.at(AboutRoles.REPORT, i);
            reports.add(new TrialReport(
                    row,
                    trials.names().get(i),
                    document,
                    PublicationKind.read(columns.at(AboutRoles.PUBLICATION, i), document),
                    reading.family(),
                    reading.endpoint(),
                    columns.at(AboutRoles.SETTING, i),
                    columns.at(AboutRoles.POPULATION, i),
                    columns.part(i),
                    columns.cutOff(i),
                    columns.arms(i),
                    columns.source(i),
                    columns.aspects(row, i)));
        }
        List<TableDoubt> doubts = new ArrayList<>(trials.doubts());
        withoutStudy(reports, in.has(AboutRoles.STUDY)).forEach(doubts::add);
        return new TrialReports(reports, doubts);
    }

    private static EndpointFamilies.Reading reading(EndpointFamilies families, String endpoint, boolean mapped) {
        if (!endpoint.isEmpty()) {
            return families.read(endpoint);
        }
        EndpointFamily family = mapped ? NOT_STATED : ALL_REPORTS;
        return new EndpointFamilies.Reading(family, family.endpoints().get(0));
    }

    private static List<TableDoubt> withoutStudy(List<TrialReport> reports, boolean mapped) {
        Set<Integer> rows = new TreeSet<>();
        for (TrialReport report : reports) {
            if (report.trial().equals("row " + report.row())) {
                rows.add(report.row());
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        String which = mapped ? "A row without a study" : "The table has no column of studies; each row";
        return List.of(new TableDoubt(
                "no-study",
                which + " is taken for a trial of its own (" + Phrases.rows(List.copyOf(rows))
                        + "), so reports of one trial would be pooled twice. Name the studies",
                List.copyOf(rows)));
    }

    /** The cells of the columns that say what a row is about; empty texts where there is no such column. */
    private static final class Columns {
        private final Map<String, String[]> cells = new java.util.HashMap<>();
        private final String[] studies;
        private final String[] strata;

        Columns(Inputs in) {
            studies = in.strings(AboutRoles.STUDY);
            strata = texts(in, ReportRoles.STRATUM);
            for (Role role : AboutRoles.all()) {
                cells.put(role.name(), texts(in, role));
            }
        }

        private static String[] texts(Inputs in, Role role) {
            if (in.has(role)) {
                return in.strings(role);
            }
            String[] none = new String[in.rows()];
            Arrays.fill(none, "");
            return none;
        }

        String[] of(Role role) {
            return cells.getOrDefault(role.name(), new String[0]);
        }

        String at(Role role, int i) {
            return of(role)[i];
        }

        /** The subgroup, else the stratum: either is a part of the trial's patients. */
        String part(int i) {
            String subgroup = at(AboutRoles.SUBGROUP, i);
            return subgroup.isEmpty() ? strata[i] : subgroup;
        }

        CutOff cutOff(int i) {
            return CutOff.read(
                    at(AboutRoles.CUTOFF, i),
                    at(AboutRoles.FOLLOW_UP, i),
                    at(AboutRoles.UNIT, i),
                    at(AboutRoles.YEAR, i),
                    at(AboutRoles.REPORT, i));
        }

        Arms arms(int i) {
            String treatment = at(AboutRoles.TREATMENT, i);
            String control = at(AboutRoles.CONTROL, i);
            return treatment.isEmpty() && control.isEmpty()
                    ? Arms.ofComparison(at(AboutRoles.COMPARISON, i))
                    : new Arms(treatment, control);
        }

        TrialReport.Source source(int i) {
            Matcher year = YEAR.matcher(at(AboutRoles.YEAR, i));
            Matcher doi = DOI.matcher(at(AboutRoles.DOI, i).toLowerCase(Locale.ROOT));
            return new TrialReport.Source(
                    studies[i],
                    TrialNames.registration(at(AboutRoles.REGISTRATION, i)).orElse(""),
                    doi.find() ? doi.group() : "",
                    year.find() ? OptionalDouble.of(Double.parseDouble(year.group())) : OptionalDouble.empty());
        }

        Map<Aspect, String> aspects(ReportRow row, int i) {
            Map<Aspect, String> aspects = new EnumMap<>(Aspect.class);
            for (Aspect aspect : Aspect.values()) {
                aspect.read(at(aspect.role(), i))
                        .or(() -> aspect.readBeside(String.join(
                                " ; ",
                                row.endpoint(),
                                at(AboutRoles.POPULATION, i),
                                at(AboutRoles.CUTOFF, i),
                                at(AboutRoles.SUBGROUP, i),
                                at(AboutRoles.COMPARISON, i),
                                aspect == Aspect.DESIGN ? studies[i] : "")))
                        .ifPresent(value -> aspects.put(aspect, value));
            }
            return aspects;
        }
    }
}

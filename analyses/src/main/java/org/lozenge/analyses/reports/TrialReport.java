package org.lozenge.analyses.reports;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.ReportedResult;

/**
 * One row of a table of reports, with what it is about: what one document reports about one endpoint of one trial at one
 * analysis.
 *
 * @param figures what it prints
 * @param trial name of the trial, spelled the same in all its rows
 * @param document name of the document; empty where it is not known
 * @param kind what kind of document it is
 * @param family the family of its endpoint
 * @param endpoint its endpoint
 * @param setting group in the forest plot; empty for none
 * @param population patients, as printed
 * @param subgroup part of the trial's patients, as printed; empty for all of them
 * @param cutOff when the trial was analysed
 * @param arms what was compared
 * @param source identifiers of trial and document
 * @param aspects how the effect was obtained, as far as the row says
 */
public record TrialReport(
        ReportRow figures,
        String trial,
        String document,
        PublicationKind kind,
        EndpointFamily family,
        Endpoint endpoint,
        String setting,
        String population,
        String subgroup,
        CutOff cutOff,
        Arms arms,
        Source source,
        Map<Aspect, String> aspects) {

    /**
     * Identifiers.
     *
     * @param study name of the trial as printed
     * @param registration registration number in capitals without blanks; empty for none
     * @param doi DOI in lower case; empty for none
     * @param publicationYear year of the document as its own column states it
     */
    public record Source(String study, String registration, String doi, OptionalDouble publicationYear) {

        /** Checks that nothing is missing. */
        public Source {
            Objects.requireNonNull(study, "study");
            Objects.requireNonNull(registration, "registration");
            Objects.requireNonNull(doi, "doi");
            Objects.requireNonNull(publicationYear, "publicationYear");
        }
    }

    private static final Pattern WHOLE = Pattern.compile(
            "|-|all|all patients|overall|total|whole.*|itt.*|intention.*|none|no", Pattern.CASE_INSENSITIVE);

    private static final Pattern UNIT =
            Pattern.compile("(?i)[0-9.\u00b7]+\\s*(mo|months?|m|y|yr|yrs|years?|w|wks?|weeks?|d|days?)\\.?");

    /** Copies the map and checks that nothing is missing. */
    public TrialReport {
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(cutOff, "cutOff");
        Objects.requireNonNull(arms, "arms");
        Objects.requireNonNull(source, "source");
        aspects = Map.copyOf(aspects);
    }

    /** Returns the 1-based row of the user's table. */
    public int row() {
        return figures.row();
    }

    /** Returns the endpoint as printed. */
    public String printedEndpoint() {
        return figures.endpoint();
    }

    /** Returns whether the row is about all patients of the trial rather than a part of them. */
    public boolean isWholeTrial() {
        return WHOLE.matcher(subgroup.strip()).matches();
    }

    /** Returns whether nothing says that the arms were not randomized. */
    public boolean isRandomized() {
        return !"not randomized".equals(aspects.get(Aspect.DESIGN));
    }

    /** Returns the document in words. */
    String words() {
        return document.isEmpty() ? "row " + row() : document + " (row " + row() + ")";
    }

    ReportedResult result() {
        return figures.result();
    }

    Optional<String> aspect(Aspect aspect) {
        return Optional.ofNullable(aspects.get(aspect));
    }

    /** Returns the part of the patients that the row is about, for comparison; empty for all. */
    String part() {
        return isWholeTrial() ? "" : EndpointFamilies.plain(subgroup);
    }

    /** Returns months in the unit of a printed time: its own, else that of the row. */
    double monthsPerUnit(ReportField field) {
        Matcher own = UNIT.matcher(result().text(field));
        return own.matches() ? CutOff.monthsPer(own.group(1)) : cutOff.monthsPerUnit();
    }
}

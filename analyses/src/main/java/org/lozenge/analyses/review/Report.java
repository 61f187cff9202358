package org.lozenge.analyses.review;

import org.lozenge.analyses.reports.Arms;
import org.lozenge.analyses.reports.CutOff;
import org.lozenge.analyses.reports.Endpoint;
import org.lozenge.analyses.reports.EndpointFamily;
import org.lozenge.analyses.reports.PublicationKind;
import org.lozenge.analyses.reports.TrialReport;

/**
 * One row of the table: what one document reports about one endpoint of one trial at one analysis.
 *
 * @param row 1-based row of the user's table
 * @param trial name of the trial, spelled the same in all its rows
 * @param name name of the document; empty where it is not known
 * @param kind what kind of document it is
 * @param family the family of its endpoint
 * @param endpoint its endpoint
 * @param printedEndpoint its endpoint as printed
 * @param setting group in the forest plot; empty for none
 * @param population patients, as printed
 * @param subgroup part of the trial's patients; empty for all of them
 * @param cutOff when the trial was analysed
 * @param arms what was compared
 * @param randomized whether nothing says that the arms were not randomized
 * @param derived what it yields
 */
record Report(
        int row,
        String trial,
        String name,
        PublicationKind kind,
        EndpointFamily family,
        Endpoint endpoint,
        String printedEndpoint,
        String setting,
        String population,
        String subgroup,
        CutOff cutOff,
        Arms arms,
        boolean randomized,
        Derivation derived) {

    /** Returns the report of a row. */
    static Report of(TrialReport about, Derivation derived) {
        return new Report(
                about.row(),
                about.trial(),
                about.document(),
                about.kind(),
                about.family(),
                about.endpoint(),
                about.printedEndpoint(),
                about.setting(),
                about.population(),
                about.figures().isSum() ? "" : about.subgroup(),
                about.cutOff(),
                about.arms(),
                about.isRandomized(),
                derived);
    }

    /** Returns the document in words. */
    String document() {
        return name.isEmpty() ? "row " + row : name;
    }

    /** Returns the place of its endpoint in the family's order of preference. */
    int endpointRank() {
        int rank = family.endpoints().indexOf(endpoint);
        return rank < 0 ? family.endpoints().size() : rank;
    }
}

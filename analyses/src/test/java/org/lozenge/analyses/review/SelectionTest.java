package org.lozenge.analyses.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.analyses.reports.Arms;
import org.lozenge.analyses.reports.CutOff;
import org.lozenge.analyses.reports.EndpointFamilies;
import org.lozenge.analyses.reports.PublicationKind;
import org.lozenge.analyses.review.Derivation.Standing;

class SelectionTest {

    private final EndpointFamilies families = new EndpointFamilies();

    /** A report with an estimate; what a test is about is changed by the withers below. */
    private record Draft(
            int row,
            String endpoint,
            String cutoff,
            String followUp,
            String kind,
            String name,
            String population,
            String subgroup,
            Arms arms,
            Standing standing,
            double hr,
            String route,
            int rank) {

        Draft endpoint(String value) {
            return new Draft(
                    row, value, cutoff, followUp, kind, name, population, subgroup, arms, standing, hr, route, rank);
        }

        Draft cutoff(String value, String months) {
            return new Draft(
                    row, endpoint, value, months, kind, name, population, subgroup, arms, standing, hr, route, rank);
        }

        Draft from(String newKind, String newName) {
            return new Draft(
                    row,
                    endpoint,
                    cutoff,
                    followUp,
                    newKind,
                    newName,
                    population,
                    subgroup,
                    arms,
                    standing,
                    hr,
                    route,
                    rank);
        }

        Draft population(String value) {
            return new Draft(
                    row, endpoint, cutoff, followUp, kind, name, value, subgroup, arms, standing, hr, route, rank);
        }

        Draft subgroup(String value) {
            return new Draft(
                    row, endpoint, cutoff, followUp, kind, name, population, value, arms, standing, hr, route, rank);
        }

        Draft arms(String treatment, String control) {
            return new Draft(
                    row,
                    endpoint,
                    cutoff,
                    followUp,
                    kind,
                    name,
                    population,
                    subgroup,
                    new Arms(treatment, control),
                    standing,
                    hr,
                    route,
                    rank);
        }

        Draft standing(Standing value) {
            return new Draft(
                    row, endpoint, cutoff, followUp, kind, name, population, subgroup, arms, value, hr, route, rank);
        }

        Draft hr(double value) {
            return new Draft(
                    row,
                    endpoint,
                    cutoff,
                    followUp,
                    kind,
                    name,
                    population,
                    subgroup,
                    arms,
                    standing,
                    value,
                    route,
                    rank);
        }

        Draft route(String value, int newRank) {
            return new Draft(
                    row,
                    endpoint,
                    cutoff,
                    followUp,
                    kind,
                    name,
                    population,
                    subgroup,
                    arms,
                    standing,
                    hr,
                    value,
                    newRank);
        }

        Report report(EndpointFamilies families) {
            EndpointFamilies.Reading reading = families.read(endpoint);
            Derivation derivation = new Derivation(
                    standing, Math.log(hr), 0.2, route, rank, "route " + route, "only a bound", "HR " + hr);
            return new Report(
                    row,
                    "A",
                    name,
                    PublicationKind.read(kind, name),
                    reading.family(),
                    reading.endpoint(),
                    endpoint,
                    "",
                    population,
                    subgroup,
                    CutOff.read(cutoff, followUp, "", "", name),
                    arms,
                    true,
                    derivation);
        }
    }

    private static Draft row(int row) {
        return new Draft(row, "PFS", "", "", "", "", "", "", new Arms("new", "old"), Standing.ESTIMATE, 0.5, "T4", 0);
    }

    private Choice choose(CutOffRule rule, boolean acceptBounds, Draft... drafts) {
        List<Report> reports = new ArrayList<>();
        for (Draft draft : drafts) {
            reports.add(draft.report(families));
        }
        return Selection.choose(
                reports,
                new Rules(rule, acceptBounds, true, arms -> arms.control().equals("placebo") ? 1 : 0));
    }

    private Choice latest(Draft... drafts) {
        return choose(CutOffRule.LATEST, false, drafts);
    }

    private static int used(Choice choice) {
        return choice.used().orElseThrow().row();
    }

    private static String reason(Choice choice, int row) {
        return choice.others().stream()
                .filter(other -> other.report().row() == row)
                .map(Choice.Unused::reason)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void takesTheOnlyReport() {
        Choice choice = latest(row(1));
        assertThat(used(choice)).isEqualTo(1);
        assertThat(choice.why()).isEqualTo("the trial's only report");
    }

    @Test
    void takesTheLatestAnalysisThatCanBePooledAndSaysWhatALaterOneLacks() {
        Choice choice = latest(
                row(1).cutoff("2009-01-01", ""),
                row(2).cutoff("2010-07-07", ""),
                row(3).cutoff("2011-10-01", "").standing(Standing.BOUND));
        assertThat(used(choice)).isEqualTo(2);
        assertThat(choice.why())
                .isEqualTo("the latest analysis that can be pooled (2010-07-07); "
                        + "a later analysis (2011-10-01) cannot be pooled: only a bound");
        assertThat(reason(choice, 1)).isEqualTo("an earlier analysis (2009-01-01) than the one used (2010-07-07)");
        assertThat(choice.doubts()).isEmpty();
    }

    @Test
    void takesTheEarliestOrThePrimaryAnalysisOnRequest() {
        Draft[] drafts = {
            row(1).cutoff("first interim", "10").hr(0.4),
            row(2).cutoff("primary analysis", "20").hr(0.5),
            row(3).cutoff("final", "30").hr(0.6)
        };
        assertThat(used(choose(CutOffRule.EARLIEST, false, drafts))).isEqualTo(1);
        assertThat(used(choose(CutOffRule.PRIMARY, false, drafts))).isEqualTo(2);
        assertThat(used(choose(CutOffRule.LATEST, false, drafts))).isEqualTo(3);
    }

    @Test
    void takesTheFullPaperAsPrimaryWhereNoAnalysisIsCalledSo() {
        Draft[] drafts = {
            row(1).cutoff("", "10").from("abstract", "X").hr(0.4),
            row(2).cutoff("", "20").from("paper", "Y").hr(0.5),
            row(3).cutoff("", "30").from("paper", "Z").hr(0.6)
        };
        assertThat(used(choose(CutOffRule.PRIMARY, false, drafts))).isEqualTo(2);
    }

    @Test
    void usesABoundOnlyWhereItIsAcceptedAndNothingBetterExists() {
        Draft bound = row(2).cutoff("2011-10-01", "").standing(Standing.BOUND);
        assertThat(latest(bound).used()).isEmpty();
        assertThat(used(choose(CutOffRule.LATEST, true, bound))).isEqualTo(2);
        assertThat(used(choose(CutOffRule.LATEST, true, row(1).cutoff("2010-01-01", ""), bound)))
                .isEqualTo(1);
    }

    @Test
    void entersWithThePreferredEndpoint() {
        Choice choice = latest(
                row(1).endpoint("TTP").cutoff("", "60"), row(2).endpoint("PFS").cutoff("", "50"));
        assertThat(used(choice)).isEqualTo(2);
        assertThat(reason(choice, 1)).isEqualTo("TTP: the trial enters once, with PFS");
    }

    @Test
    void prefersThePaperToTheNewsAboutTheSameAnalysis() {
        Choice choice = latest(
                row(1).cutoff("", "40").from("news", "N").hr(0.51),
                row(2).cutoff("", "40").from("primary paper", "P"),
                row(3).cutoff("", "40").from("abstract", "Q").hr(0.52));
        assertThat(used(choice)).isEqualTo(2);
        assertThat(reason(choice, 1)).isEqualTo("the same analysis in a news item; a full paper is preferred");
        assertThat(choice.doubts()).isEmpty();
    }

    @Test
    void prefersALaterAbstractToAnEarlierPaper() {
        assertThat(used(latest(
                        row(1).cutoff("", "40").from("paper", "P"),
                        row(2).cutoff("", "75").from("abstract", "Q"))))
                .isEqualTo(2);
    }

    @Test
    void doesNotTakeARepetitionInTheNewsForALaterAnalysis() {
        Choice choice = latest(row(1).from("paper", "Smith 2013"), row(2).from("news", "Daily 2014"));
        assertThat(used(choice)).isEqualTo(1);
        assertThat(reason(choice, 2)).isEqualTo("a news item that repeats the figures of Smith 2013 (row 1)");
    }

    @Test
    void doesNotLetAMissingFollowUpHideThePaper() {
        Choice choice = latest(
                row(1).cutoff("", "30").from("paper", "Smith 2012").hr(0.4),
                row(2).cutoff("", "45").from("paper", "Smith 2012").hr(0.5),
                row(3).from("abstract", "Smith 2012b").hr(0.6));
        assertThat(used(choice)).isEqualTo(2);
        assertThat(reason(choice, 3)).contains("an abstract");
    }

    @Test
    void ordersByYearWhereNothingElseIsStated() {
        assertThat(used(latest(
                        row(1).from("", "ASH 2015").hr(0.7),
                        row(2).from("", "Smith 2020").hr(0.74))))
                .isEqualTo(2);
    }

    @Test
    void keepsSubgroupsOut() {
        Choice choice = latest(
                row(1).subgroup("ISS I").hr(0.3),
                row(2).subgroup("all patients"),
                row(3).subgroup("ISS II").hr(0.4));
        assertThat(used(choice)).isEqualTo(2);
        assertThat(reason(choice, 1)).isEqualTo("a subgroup of the trial's patients (ISS I)");
    }

    @Test
    void leavesATrialOutThatReportsSubgroupsOnly() {
        Choice choice = latest(
                row(1).subgroup("ISS I").hr(0.3), row(3).subgroup("ISS II").hr(0.4));
        assertThat(choice.used()).isEmpty();
        assertThat(choice.doubts()).extracting(Choice.Doubt::code).containsExactly("only-subgroups");
        assertThat(used(latest(row(1).subgroup("high risk")))).isEqualTo(1);
    }

    @Test
    void prefersAllRandomizedPatientsAndIndependentAssessment() {
        assertThat(used(latest(row(1).population("per protocol").hr(0.4), row(2).population("ITT"))))
                .isEqualTo(2);
        assertThat(used(latest(row(1).endpoint("PFS (INV)").hr(0.4), row(2).endpoint("PFS (IRC)"))))
                .isEqualTo(2);
    }

    @Test
    void entersOneOfSeveralComparisonsAndSaysSo() {
        Choice choice = latest(
                row(1).arms("Rd", "MPT").from("paper", "P").hr(0.7),
                row(2).arms("Rd", "placebo").from("paper", "P").hr(0.8));
        assertThat(used(choice)).isEqualTo(2);
        assertThat(choice.doubts()).extracting(Choice.Doubt::code).containsExactly("several-comparisons");
        assertThat(reason(choice, 1)).startsWith("another comparison of the same trial (Rd versus MPT)");
    }

    @Test
    void prefersTheBetterRouteOfTheSameAnalysis() {
        Choice choice = latest(row(1).route("T7", 9).hr(0.51), row(2).route("T4", 1));
        assertThat(used(choice)).isEqualTo(2);
        assertThat(reason(choice, 1)).isEqualTo("the same analysis from route T7; route T4 is preferred");
    }

    @Test
    void reportsContradictionsThatNothingSettles() {
        Choice choice = latest(row(1).hr(0.5), row(2).hr(0.6));
        assertThat(used(choice)).isEqualTo(1);
        assertThat(reason(choice, 2)).isEqualTo("contradicts row 1");
        assertThat(choice.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.code()).isEqualTo("reports-disagree");
            assertThat(doubt.rows()).containsExactly(1, 2);
            assertThat(doubt.text()).contains("row 1: HR 0.5", "row 2: HR 0.6", "row 1 is used");
        });
    }

    @Test
    void takesARepeatedRowOnceWithoutFuss() {
        Choice choice = latest(row(1), row(2));
        assertThat(used(choice)).isEqualTo(1);
        assertThat(reason(choice, 2)).isEqualTo("repeats row 1");
        assertThat(choice.doubts()).isEmpty();
    }

    @RepeatedTest(50)
    void doesNotDependOnTheOrderOfRows(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<Draft> drafts = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            drafts.add(row(i).endpoint(random.nextBoolean() ? "PFS" : "TTP")
                    .cutoff("", random.nextBoolean() ? "" : String.valueOf(10 * random.nextInt(3)))
                    .from(random.nextBoolean() ? "paper" : "abstract", "R" + random.nextInt(3))
                    .route("T4", random.nextInt(2))
                    .hr(0.3 + i / 10.0));
        }
        Choice choice = latest(drafts.toArray(Draft[]::new));
        Collections.shuffle(drafts, random);
        Choice shuffled = latest(drafts.toArray(Draft[]::new));
        assertThat(used(shuffled)).isEqualTo(used(choice));
        assertThat(shuffled.why()).isEqualTo(choice.why());
        assertThat(shuffled.others()).containsExactlyInAnyOrderElementsOf(choice.others());
    }
}

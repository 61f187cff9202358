package org.lozenge.analyses.reports;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.lozenge.analyses.reports.CutOff.Clue;

/** Which rows of one trial are about the same patients, the same analysis, or an earlier one. */
final class Analyses {

    /** Rows without a cut-off whose documents are this many years apart may be different analyses. */
    private static final double APART = 1;

    /** Ranks of words in {@link CutOff}: interim analyses up to the first, updates and final ones from the second. */
    private static final double INTERIM = 4;

    private static final double UPDATE = 6;

    private static final Set<PublicationKind> SHORT =
            EnumSet.of(PublicationKind.ABSTRACT, PublicationKind.NEWS, PublicationKind.CITATION);

    private Analyses() {}

    /** Returns whether two rows measure the same thing in the same patients, maybe at different times. */
    static boolean sameQuestion(TrialReport a, TrialReport b) {
        return sameEndpoint(a, b) && samePatients(a, b) && a.aspects().equals(b.aspects());
    }

    static boolean sameEndpoint(TrialReport a, TrialReport b) {
        return a.family().id().equals(b.family().id())
                && EndpointFamilies.same(a.endpoint().label(), b.endpoint().label());
    }

    /** Returns whether two rows are about the same part of the same patients in the same arms, whatever the endpoint. */
    static boolean samePatients(TrialReport a, TrialReport b) {
        return a.part().equals(b.part())
                && sameArms(a.arms(), b.arms())
                && a.aspect(Aspect.POPULATION).equals(b.aspect(Aspect.POPULATION))
                && a.aspect(Aspect.START).equals(b.aspect(Aspect.START));
    }

    private static boolean sameArms(Arms a, Arms b) {
        boolean known = a.isKnown() && b.isKnown();
        return !known
                || (EndpointFamilies.same(a.treatment(), b.treatment())
                        && EndpointFamilies.same(a.control(), b.control()));
    }

    /** Returns whether two rows call each other's control the treatment. */
    static boolean exchangedArms(Arms a, Arms b) {
        return a.isKnown()
                && b.isKnown()
                && !EndpointFamilies.same(a.treatment(), a.control())
                && EndpointFamilies.same(a.treatment(), b.control())
                && EndpointFamilies.same(a.control(), b.treatment());
    }

    /**
     * Returns whether two rows report the same analysis as far as they say: the same name of the analysis, the same date
     * or the same follow-up; or neither says anything and nothing speaks for two analyses.
     */
    static boolean sameAnalysis(TrialReport a, TrialReport b) {
        CutOff first = a.cutOff();
        CutOff second = b.cutOff();
        if (!first.mayEqual(second)) {
            return false;
        }
        if (!first.label().isEmpty()
                && EndpointFamilies.same(first.label(), second.label())
                && !EndpointFamilies.plain(first.label()).isEmpty()) {
            return true;
        }
        boolean exact = equal(first.day(), second.day()) || equal(first.months(), second.months());
        if (exact) {
            return first.stage().isEmpty()
                    || second.stage().isEmpty()
                    || first.stage().equals(second.stage());
        }
        return isSilent(first) && isSilent(second) && mayBeOne(a, b);
    }

    private static boolean equal(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() && a.equals(b);
    }

    private static boolean isSilent(CutOff cutOff) {
        return cutOff.label().isEmpty()
                && cutOff.day().isEmpty()
                && cutOff.months().isEmpty();
    }

    /** An abstract and its paper are often a year apart; two papers of different years are two analyses. */
    private static boolean mayBeOne(TrialReport a, TrialReport b) {
        OptionalDouble first = a.cutOff().year();
        OptionalDouble second = b.cutOff().year();
        if (first.isEmpty() || second.isEmpty() || first.equals(second)) {
            return true;
        }
        boolean papers = !SHORT.contains(a.kind()) && !SHORT.contains(b.kind());
        return !papers && Math.abs(first.getAsDouble() - second.getAsDouble()) <= APART;
    }

    /** Returns by what the first row is known to be the earlier analysis; empty if it is not. */
    static Optional<Clue> earlier(TrialReport a, TrialReport b) {
        CutOff first = a.cutOff();
        CutOff second = b.cutOff();
        for (Clue clue : new Clue[] {Clue.DAY, Clue.MONTHS}) {
            OptionalDouble x = clue.of(first);
            OptionalDouble y = clue.of(second);
            if (x.isPresent() && y.isPresent() && !x.equals(y)) {
                return x.getAsDouble() < y.getAsDouble() ? Optional.of(clue) : Optional.empty();
            }
            if (equal(x, y)) {
                return Optional.empty();
            }
        }
        if (first.stage().isPresent() && second.stage().isPresent()) {
            boolean clear =
                    first.stage().getAsDouble() <= INTERIM && second.stage().getAsDouble() >= UPDATE;
            return clear ? Optional.of(Clue.STAGE) : Optional.empty();
        }
        boolean years = isSilent(first)
                && isSilent(second)
                && first.year().isPresent()
                && second.year().isPresent()
                && first.year().getAsDouble() < second.year().getAsDouble();
        return years ? Optional.of(Clue.YEAR) : Optional.empty();
    }

    /** Returns the analysis of a row in words, with its document. */
    static String place(TrialReport report) {
        String analysis = report.cutOff().words();
        return report.words() + (analysis.isEmpty() ? "" : " at " + analysis);
    }
}

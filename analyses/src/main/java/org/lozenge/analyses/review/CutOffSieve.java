package org.lozenge.analyses.review;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.lozenge.analyses.reports.CutOff;
import org.lozenge.analyses.reports.PublicationKind;
import org.lozenge.analyses.review.Derivation.Standing;

/** Keeps the reports of the analysis that the cut-off rule asks for, as far as the reports say when they were made. */
final class CutOffSieve {

    private final CutOffRule rule;
    private final Sieve sieve;

    CutOffSieve(CutOffRule rule, Sieve sieve) {
        this.rule = rule;
        this.sieve = sieve;
    }

    void apply() {
        if (rule == CutOffRule.PRIMARY) {
            keepPrimary();
        }
        for (CutOff.Clue clue : CutOff.Clue.values()) {
            boolean allStateIt = clues(clue).count() == sieve.left().size();
            if (allStateIt && keepWanted(clue) && clue.isExact()) {
                return;
            }
        }
        // What not all reports state cannot put all of them in order, but still those that state it.
        for (CutOff.Clue clue : CutOff.Clue.values()) {
            keepWanted(clue);
        }
    }

    private void keepPrimary() {
        boolean named = sieve.keep(
                report -> report.cutOff().label().toLowerCase(Locale.ROOT).contains("primary"),
                report -> "not the analysis called primary");
        if (named) {
            sieve.because("the analysis called primary");
        }
        boolean paper = sieve.keep(
                report -> report.kind() == PublicationKind.PAPER,
                report -> report.kind().label() + "; " + PublicationKind.PAPER.label() + " is preferred");
        if (paper) {
            sieve.because("from " + PublicationKind.PAPER.label());
        }
    }

    /** Holds back analyses known to be earlier (or later) than another; returns whether there was anything to go by. */
    private boolean keepWanted(CutOff.Clue clue) {
        OptionalDouble wanted = isLatest() ? clues(clue).max() : clues(clue).min();
        if (wanted.isEmpty()) {
            return false;
        }
        String what = describe(clue, wanted.getAsDouble());
        boolean changed = sieve.keep(
                report -> clue.of(report.cutOff()).isEmpty()
                        || clue.of(report.cutOff()).equals(wanted),
                report -> (isLatest() ? "an earlier" : "a later") + " analysis ("
                        + describe(clue, clue.of(report.cutOff()).getAsDouble()) + ") than the one used (" + what
                        + ")");
        if (changed) {
            sieve.because(
                    "the " + (isLatest() ? "latest" : "earliest") + " analysis that can be pooled (" + what + ")");
        }
        return true;
    }

    /** Last resort among analyses of which only some say when they were made: those that do. */
    void keepStated() {
        for (CutOff.Clue clue : CutOff.Clue.values()) {
            sieve.keep(
                    report -> clue.of(report.cutOff()).isPresent(),
                    report -> "does not state its " + clue.label() + ", as the one used does");
        }
    }

    private boolean isLatest() {
        return rule == CutOffRule.LATEST;
    }

    private DoubleStream clues(CutOff.Clue clue) {
        return sieve.left().stream().map(report -> clue.of(report.cutOff())).flatMapToDouble(OptionalDouble::stream);
    }

    private String describe(CutOff.Clue clue, double value) {
        OptionalDouble wanted = OptionalDouble.of(value);
        return switch (clue) {
            case DAY, STAGE ->
                sieve.first(report -> clue.of(report.cutOff()).equals(wanted))
                        .cutOff()
                        .label();
            case MONTHS -> "median follow-up " + Words.number(value) + " months";
            case YEAR -> "of " + Words.number(value);
        };
    }

    /** Returns the reports that the rule asks for but that cannot be pooled, in words; empty if there are none. */
    String wantedButUnusable(Report used) {
        String which = isLatest() ? "a later" : "an earlier";
        return String.join(
                "; ",
                sieve.unused().stream()
                        .filter(other -> isWithoutError(other.report())
                                && other.report().endpoint().equals(used.endpoint())
                                && isWanted(other.report().cutOff(), used.cutOff()))
                        .map(other -> which + " analysis ("
                                + other.report().cutOff().words() + ") cannot be pooled: " + other.reason())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static boolean isWithoutError(Report report) {
        Standing standing = report.derived().standing();
        return standing == Standing.BOUND || standing == Standing.NO_ERROR;
    }

    private boolean isWanted(CutOff other, CutOff used) {
        for (CutOff.Clue clue : CutOff.Clue.values()) {
            OptionalDouble a = clue.of(other);
            OptionalDouble b = clue.of(used);
            if (a.isPresent() && b.isPresent() && !a.equals(b)) {
                return isLatest() == (a.getAsDouble() > b.getAsDouble());
            }
        }
        return false;
    }
}

package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** What is left of one trial's reports on their way to the one that is used. Every step holds some back, never all. */
final class Sieve {

    /**
     * By the figures, so that a choice among equals does not depend on the order of the rows; then by all else that can
     * tell reports apart.
     */
    static final Comparator<Report> ORDER = Comparator.comparing(
                    (Report report) -> report.derived().figures())
            .thenComparing(report -> report.arms().words())
            .thenComparing(Report::name)
            .thenComparing(report -> report.cutOff().label())
            .thenComparing(Report::printedEndpoint)
            .thenComparingInt(Report::row);

    private final List<Report> left;
    private final List<Choice.Unused> unused = new ArrayList<>();
    private final List<String> why = new ArrayList<>();

    Sieve(List<Report> reports) {
        left = new ArrayList<>(reports);
    }

    List<Report> left() {
        return List.copyOf(left);
    }

    List<Choice.Unused> unused() {
        return List.copyOf(unused);
    }

    List<String> why() {
        return List.copyOf(why);
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** Adds a reason for the report that will be used. */
    void because(String reason) {
        why.add(reason);
    }

    /** Keeps what passes, unless nothing does; returns whether something was held back. */
    boolean keep(Predicate<Report> passes, Function<Report, String> reason) {
        if (left.stream().noneMatch(passes)) {
            return false;
        }
        List<Report> held = left.stream().filter(passes.negate()).toList();
        // All reasons first: they may look at what is left.
        List<String> reasons = held.stream().map(reason).toList();
        for (int i = 0; i < held.size(); i++) {
            remove(held.get(i), reasons.get(i));
        }
        return !held.isEmpty();
    }

    /** Keeps the reports of the lowest rank; returns whether something was held back. */
    boolean keepLeast(ToIntFunction<Report> rank, Function<Report, String> reason) {
        int least = left.stream().mapToInt(rank).min().orElseThrow();
        return keep(report -> rank.applyAsInt(report) == least, reason);
    }

    void remove(Report report, String reason) {
        left.remove(report);
        unused.add(new Choice.Unused(report, reason));
    }

    /** Returns the first in {@link #ORDER} of the reports left that satisfy a condition; there must be one. */
    Report first(Predicate<Report> condition) {
        return left.stream().filter(condition).min(ORDER).orElseThrow();
    }
}

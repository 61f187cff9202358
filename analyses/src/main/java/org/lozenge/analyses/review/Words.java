package org.lozenge.analyses.review;

import java.util.List;
import java.util.Locale;
import org.lozenge.analyses.reports.Phrases;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.PooledFit;

/** Numbers and lists as they stand in a sentence. */
final class Words {

    private static final double LARGE = 10_000;
    private static final double SMALL = 0.0001;

    private Words() {}

    /** Returns a number as short as it reads back: {@code 45}, {@code 12.5}. */
    static String number(double value) {
        return Phrases.number(value);
    }

    /**
     * Returns a ratio with two decimals, or as many more as it takes to tell it from 0 and from 1: an upper limit of
     * 1.003 must not read as 1.00 in a sentence that says whether the interval holds 1.
     */
    static String ratio(double value) {
        if (value >= LARGE) {
            return "more than 10,000";
        }
        if (value < SMALL) {
            return "less than 0.0001";
        }
        if (value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        for (int decimals = value >= 10 ? 1 : 2; decimals < 6; decimals++) {
            String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
            double shown = Double.parseDouble(text);
            if (shown != 0 && (shown != 1 || value == 1)) {
                return text;
            }
        }
        return "1.00";
    }

    /** Returns the hazard ratio of a fit: {@code 0.31}. */
    static String ratio(PooledFit fit) {
        return ratio(Measure.HR.display(fit.estimate()));
    }

    /** Returns an interval of log hazard ratios as hazard ratios: {@code 0.17 to 0.58}. */
    static String range(Interval interval) {
        return ratio(Measure.HR.display(interval.lower())) + " to " + ratio(Measure.HR.display(interval.upper()));
    }

    /** Returns {@code a}, {@code a and b} or {@code a, b and c}. */
    static String list(List<String> parts) {
        return Phrases.list(parts);
    }

    /** Returns the list without repetitions, cut after so many parts: {@code a, b and 3 more}. */
    static String shortList(List<String> parts, int most) {
        return Phrases.shortList(parts, most);
    }

    /** Returns a text with a capital at its beginning. */
    static String capital(String text) {
        return Phrases.capital(text);
    }

    /** Returns {@code 1 trial} or {@code 3 trials}. */
    static String count(int count, String noun) {
        return Phrases.count(count, noun);
    }

    /** Returns small numbers in words at the start of a sentence: {@code Three trials}. */
    static String spelled(int count, String noun) {
        return Phrases.spelled(count, noun);
    }

    /** Returns {@code row 7} or {@code rows 7, 8 and 9}; runs of three or more are joined: {@code rows 7–12}. */
    static String rows(List<Integer> rows) {
        return Phrases.rows(rows);
    }

    /** Returns {@code 7}, {@code 7, 8} or {@code 7–12, 15} for row numbers in ascending order. */
    static String numbers(List<Integer> rows) {
        return Phrases.numbers(rows);
    }
}

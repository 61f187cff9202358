package org.lozenge.analyses.review;

import java.util.List;
import java.util.Locale;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.NumberText;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.PooledFit;

/** Numbers and lists as they stand in a sentence. */
final class Words {

    private static final double LARGE = 10_000;
    private static final double SMALL = 0.0001;

    private Words() {}

    /** Returns a number as short as it reads back: {@code 45}, {@code 12.5}. */
    static String number(double value) {
        return NumberText.print(value);
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
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    /** Returns the list without repetitions, cut after so many parts: {@code a, b and 3 more}. */
    static String shortList(List<String> parts, int most) {
        List<String> distinct = parts.stream().distinct().toList();
        if (distinct.size() <= most) {
            return list(distinct);
        }
        return String.join(", ", distinct.subList(0, most - 1)) + " and " + (distinct.size() - most + 1) + " more";
    }

    /** Returns a text with a capital at its beginning. */
    static String capital(String text) {
        int first = text.offsetByCodePoints(0, Math.min(1, text.length()));
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
    }

    /** Returns {@code 1 trial} or {@code 3 trials}. */
    static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Returns small numbers in words at the start of a sentence: {@code Three trials}. */
    static String spelled(int count, String noun) {
        String[] words = {"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"};
        String number = count < words.length ? words[count] : String.valueOf(count);
        return number + " " + noun + (count == 1 ? "" : "s");
    }

    /** Returns {@code row 7} or {@code rows 7, 8 and 9}; runs of three or more are joined: {@code rows 7–12}. */
    static String rows(List<Integer> rows) {
        return (rows.size() == 1 ? "row " : "rows ") + numbers(rows);
    }

    /** Returns {@code 7}, {@code 7, 8} or {@code 7–12, 15} for row numbers in ascending order. */
    static String numbers(List<Integer> rows) {
        List<String> parts = new java.util.ArrayList<>();
        int from = 0;
        for (int i = 1; i <= rows.size(); i++) {
            if (i == rows.size() || rows.get(i) != rows.get(i - 1) + 1) {
                int length = i - from;
                if (length >= 3) {
                    parts.add(rows.get(from) + "\u2013" + rows.get(i - 1));
                } else {
                    rows.subList(from, i).forEach(row -> parts.add(String.valueOf(row)));
                }
                from = i;
            }
        }
        return String.join(", ", parts);
    }
}

package org.lozenge.analyses.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lozenge.plugin.NumberText;

/** Numbers, lists and rows as they stand in a sentence. */
public final class Phrases {

    private Phrases() {}

    /** Returns a number as short as it reads back: {@code 45}, {@code 12.5}. */
    public static String number(double value) {
        return NumberText.print(value);
    }

    /** Returns {@code a}, {@code a and b} or {@code a, b and c}. */
    public static String list(List<String> parts) {
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    /** Returns the list without repetitions, cut after so many parts: {@code a, b and 3 more}. */
    public static String shortList(List<String> parts, int most) {
        List<String> distinct = parts.stream().distinct().toList();
        if (distinct.size() <= most) {
            return list(distinct);
        }
        return String.join(", ", distinct.subList(0, most - 1)) + " and " + (distinct.size() - most + 1) + " more";
    }

    /** Returns a text with a capital at its beginning. */
    public static String capital(String text) {
        int first = text.offsetByCodePoints(0, Math.min(1, text.length()));
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
    }

    /** Returns {@code 1 trial} or {@code 3 trials}. */
    public static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Returns small numbers in words at the start of a sentence: {@code Three trials}. */
    public static String spelled(int count, String noun) {
        String[] words = {"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"};
        String number = count < words.length ? words[count] : String.valueOf(count);
        return number + " " + noun + (count == 1 ? "" : "s");
    }

    /** Returns {@code row 7} or {@code rows 7, 8 and 9}; runs of three or more are joined: {@code rows 7–12}. */
    public static String rows(List<Integer> rows) {
        return (rows.size() == 1 ? "row " : "rows ") + numbers(rows);
    }

    /** Returns {@code 7}, {@code 7, 8} or {@code 7–12, 15} for row numbers in ascending order. */
    public static String numbers(List<Integer> rows) {
        List<String> parts = new ArrayList<>();
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

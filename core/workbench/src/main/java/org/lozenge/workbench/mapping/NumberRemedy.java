package org.lozenge.workbench.mapping;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Says why a text is not a number and how to write it instead. */
final class NumberRemedy {

    private static final Set<String> ABSENT = Set.of(
            ".",
            "-",
            "–",
            "—",
            "?",
            "n/a",
            "n.a.",
            "na",
            "nan",
            "null",
            "none",
            "nil",
            "nr",
            "ns",
            "missing",
            "#n/a",
            "not reported",
            "unknown");
    private static final Set<String> INFINITE = Set.of("inf", "infinity", "∞");

    private static final Pattern GROUPED = Pattern.compile(
            "[+-]?\\d{1,3}([,. '\u2019\u00A0\u202F]\\d{3}){2,}([.,]\\d+)?"
                    + "|[+-]?\\d{1,3}[ '\u2019\u00A0\u202F]\\d{3}([.,]\\d+)?|[+-]?\\d{1,3}(,\\d{3})+\\.\\d+|[+-]?\\d{1,3}(\\.\\d{3})+,\\d+");
    private static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");
    private static final Pattern GROUP_OR_COMMA = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");
    private static final Pattern PERCENT = Pattern.compile("[+-]?[\\d.,]+\\s*%");
    private static final Pattern BOUND = Pattern.compile("[<>≤≥=~].*\\d.*");
    private static final Pattern SEVERAL =
            Pattern.compile(".*\\d.*(\\d\\s*(-|–|—|to|;|,)\\s*|[(\\[]\\s*)[+-]?\\d.*", Pattern.DOTALL);
    private static final Pattern MARKED = Pattern.compile("[+-]?\\d+\\.?\\d*\\s*([*†‡§¶]+|[a-z]|\\[\\w+]|\\(\\w+\\))");
    private static final Pattern PLAIN = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private NumberRemedy() {}

    /** Returns a sentence or two that follow "… is not a number". */
    static String of(String stripped) {
        String lower = stripped.toLowerCase(Locale.ROOT);
        if (ABSENT.contains(lower)) {
            return "If the value is missing, leave the cell empty or write NA.";
        }
        if (INFINITE.contains(lower.replaceFirst("^[+-]", ""))) {
            return "Infinite values cannot be used; leave the cell empty or correct it.";
        }
        if (PLAIN.matcher(stripped.replace('\u2212', '-')).matches()) {
            return "It is beyond the range of numbers that can be computed with; correct the cell.";
        }
        if (GROUPED.matcher(stripped).matches()) {
            return "Write it without thousands separators and with a decimal point.";
        }
        if (GROUP_OR_COMMA.matcher(stripped).matches()) {
            return "The comma could separate thousands or decimals: write the number with a decimal point or without"
                    + " the comma.";
        }
        if (COMMA.matcher(stripped).matches()) {
            return "Write it with a decimal point, not a comma.";
        }
        return ofPrinted(stripped);
    }

    private static String ofPrinted(String stripped) {
        if (PERCENT.matcher(stripped).matches()) {
            return "Write it without the percent sign, in the unit that the role asks for.";
        }
        if (BOUND.matcher(stripped).matches()) {
            return "A bound is not a number; leave the cell empty, or map the column to a role that takes printed text.";
        }
        if (MARKED.matcher(stripped).matches()) {
            return "Remove the footnote mark or unit behind the number.";
        }
        if (SEVERAL.matcher(stripped).matches()) {
            return "The cell holds several numbers; give each one a column of its own.";
        }
        if (stripped.codePoints().anyMatch(c -> Character.isDigit(c) && c > '9')) {
            return "Write it with the digits 0 to 9.";
        }
        return "Correct the cell, leave it empty, or map another column.";
    }
}

package org.lozenge.stats.survival;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a P value counts departures in one direction or in both. */
public enum Sides {
    /** The direction that favours the treatment only. */
    ONE,
    /** Both directions; what medical journals mean when they say nothing. */
    TWO;

    private static final Pattern STATED =
            Pattern.compile("(?i)(1|one|2|two)(?:[\\s\u2010\u2011-]*(?:sided|side|tailed|tail))?");

    /**
     * Reads {@code 1}, {@code one}, {@code one-sided}, {@code 2-tailed} and the like.
     *
     * @return the sides, or empty if the text says something else
     */
    static Optional<Sides> read(String text) {
        Matcher m = STATED.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        String number = m.group(1).toLowerCase(Locale.ROOT);
        return Optional.of(number.equals("1") || number.equals("one") ? ONE : TWO);
    }

    /** How a sentence names it: {@code one-sided} or {@code two-sided}. */
    public String label() {
        return this == ONE ? "one-sided" : "two-sided";
    }
}

package org.lozenge.stats.survival;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A count of people or events as a report prints it, with the denominator and percentage that often stand beside it.
 *
 * <p>Understood are {@code 79}, {@code 79 (26%)}, {@code 79 (26)}, {@code 79/307}, {@code 79 of 307 (26%)}. A bare
 * percentage is refused, so that {@code 26%} never passes for 26 events.
 *
 * @param text the text as printed, without surrounding blanks
 * @param count the count, at least 0
 * @param denominator the number it is a part of, if printed
 * @param percent the percentage, if printed
 */
public record PrintedCount(String text, long count, OptionalLong denominator, Optional<PrintedNumber> percent) {

    private static final Pattern COUNT = Pattern.compile("(?<count>[0-9]{1,15})(?:\\.0*)?"
            + "(?:\\s*(?:/|of|out of)\\s*(?<denominator>[0-9]{1,15}))?"
            + "(?:\\s*[(\\[]\\s*(?<percent>[0-9]{1,3}(?:[.\u00b7][0-9]*)?)\\s*%?\\s*[)\\]])?");

    /** Checks that nothing is missing or negative. */
    public PrintedCount {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(denominator, "denominator");
        Objects.requireNonNull(percent, "percent");
        if (count < 0) {
            throw new IllegalArgumentException("a count cannot be negative, but is " + count);
        }
    }

    /**
     * Reads a printed count.
     *
     * @param printed the text of a cell
     * @return the count with what is printed beside it
     * @throws IllegalArgumentException if the text is no count; the message is a sentence that says what was found and
     *     what to write instead
     */
    public static PrintedCount parse(String printed) {
        String text = printed.strip();
        Matcher m = COUNT.matcher(text);
        if (m.matches()) {
            String denominator = m.group("denominator");
            return new PrintedCount(
                    text,
                    Long.parseLong(m.group("count")),
                    denominator == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(denominator)),
                    Optional.ofNullable(m.group("percent")).map(PrintedNumber::parse));
        }
        PrintedNumber number = PrintedNumber.parse(text);
        if (number.percent()) {
            throw new ImpossibleValueException(
                    "'" + text + "' is a percentage, but this column takes a count of people");
        }
        if (number.value() < 0) {
            throw new IllegalArgumentException("'" + text + "' is negative, but a count is at least 0");
        }
        throw new ImpossibleValueException("'" + text + "' is not a count; write a whole number");
    }

    PrintedNumber number() {
        return new PrintedNumber(text, count, 0, false);
    }
}

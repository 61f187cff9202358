package org.lozenge.analyses.reports;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which endpoints belong together, as data, and the reading of endpoints as printed.
 *
 * <p>A text is looked up as a whole first ({@code PFS2} is not PFS), then without words that say who assessed it, when
 * or in whom ({@code PFS by IRC}, {@code median PFS, ITT}), then in its parts ({@code overall survival (OS)},
 * {@code TTP/PFS}), which must agree about the family. Everything else is a family of its own under the name as
 * printed: two endpoints are never pooled on a guess.
 */
public final class EndpointFamilies {

    private static final Pattern IN_WORDS = Pattern.compile("[.'\u2019]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /**
     * A reading of a printed endpoint.
     *
     * @param family its family
     * @param endpoint the endpoint
     */
    public record Reading(EndpointFamily family, Endpoint endpoint) {}

    private static final Pattern NUMBER = Pattern.compile("\\d+(th)?");
    private static final Pattern IN_PARENTHESES = Pattern.compile("[(\\[]([^()\\[\\]]*)[)\\]]");

    private static final Map<String, Reading> BY_SPELLING = bySpelling();

    private static Map<String, Reading> bySpelling() {
        Map<String, Reading> all = new HashMap<>();
        for (EndpointFamily family : KnownEndpoints.FAMILIES) {
            for (Endpoint endpoint : family.endpoints()) {
                Reading reading = new Reading(family, endpoint);
                all.put(plain(endpoint.name()), reading);
                all.put(plain(endpoint.label()), reading);
                endpoint.spellings().forEach(spelling -> all.put(spelling, reading));
            }
        }
        return Map.copyOf(all);
    }

    /** The families of one table: unknown endpoints are added under the name in which they are met first. */
    private final Map<String, Reading> unknown = new LinkedHashMap<>();

    /** Makes the families of one table. */
    public EndpointFamilies() {}

    /** Returns the endpoint and its family; an unknown endpoint gets the same family each time it is met. */
    public Reading read(String printed) {
        return find(printed)
                .orElseGet(() -> unknown.computeIfAbsent(plain(printed), key -> ownFamily(printed.strip())));
    }

    private static Reading ownFamily(String printed) {
        Endpoint endpoint = Endpoint.printed(printed);
        return new Reading(
                new EndpointFamily(slug(printed), Phrases.capital(printed), "", List.of(endpoint)), endpoint);
    }

    private static Optional<Reading> find(String printed) {
        String text = plain(printed);
        Optional<Reading> whole = lookUp(text);
        if (whole.isPresent()) {
            return whole;
        }
        Matcher parentheses = IN_PARENTHESES.matcher(printed);
        if (parentheses.find()) {
            String outside = printed.substring(0, parentheses.start()) + " " + printed.substring(parentheses.end());
            return withParentheses(outside, parentheses.group(1));
        }
        return withoutQualifiers(text).or(() -> parts(printed));
    }

    private static Optional<Reading> withParentheses(String outside, String inside) {
        if (isQualifier(plain(outside))) {
            return find(inside);
        }
        Optional<Reading> out = find(outside);
        if (isQualifier(plain(inside))) {
            return out;
        }
        return out.filter(reading -> find(inside).filter(reading::equals).isPresent());
    }

    private static boolean isQualifier(String text) {
        return text.isEmpty() || List.of(text.split(" ")).stream().allMatch(EndpointFamilies::isQualifierWord);
    }

    private static boolean isQualifierWord(String word) {
        return KnownEndpoints.QUALIFIERS.contains(word) || NUMBER.matcher(word).matches();
    }

    /** Takes qualifiers off the ends, one word at a time, so that {@code pfs 2 irc} is still found as PFS2. */
    private static Optional<Reading> withoutQualifiers(String text) {
        List<String> words = new ArrayList<>(List.of(text.split(" ")));
        Optional<Reading> found = Optional.empty();
        while (found.isEmpty() && !words.isEmpty() && isQualifierWord(words.get(words.size() - 1))) {
            words.remove(words.size() - 1);
            found = lookUp(String.join(" ", words));
        }
        while (found.isEmpty() && !words.isEmpty() && isQualifierWord(words.get(0))) {
            words.remove(0);
            found = lookUp(String.join(" ", words));
        }
        return found;
    }

    private static Optional<Reading> lookUp(String text) {
        return Optional.ofNullable(BY_SPELLING.get(text));
    }

    /** Reads {@code TTP/PFS}: all parts must belong to one family; the endpoint keeps its printed name. */
    private static Optional<Reading> parts(String printed) {
        String[] texts = printed.split("\\s*(?:/|\\||;|,|&|\\bor\\b|\\band\\b)\\s*");
        if (texts.length < 2) {
            return Optional.empty();
        }
        List<Reading> readings = new ArrayList<>();
        for (String text : texts) {
            if (!isQualifier(plain(text))) {
                Optional<Reading> part = lookUp(plain(text)).or(() -> withoutQualifiers(plain(text)));
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                readings.add(part.get());
            }
        }
        return readings.isEmpty() ? Optional.empty() : agreed(printed, readings);
    }

    private static Optional<Reading> agreed(String printed, List<Reading> readings) {
        if (readings.stream().distinct().count() == 1) {
            return Optional.of(readings.get(0));
        }
        if (readings.stream().map(Reading::family).distinct().count() > 1) {
            return Optional.empty();
        }
        return Optional.of(new Reading(readings.get(0).family(), Endpoint.printed(printed.strip())));
    }

    /** Lower case, one space between words, no punctuation, full stops of abbreviations dropped. */
    public static String plain(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String joined = IN_WORDS.matcher(lower).replaceAll("");
        return BETWEEN_WORDS.matcher(joined).replaceAll(" ").strip();
    }

    /** Returns whether two texts are the same in plain words; asked for every pair of rows. */
    static boolean same(String a, String b) {
        return a.equals(b) || plain(a).equals(plain(b));
    }

    /** Returns a text as an identifier: letters a to z and digits, words joined by hyphens. */
    public static String slug(String text) {
        String ascii = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (ascii.isEmpty()) {
            return "endpoint";
        }
        return Character.isDigit(ascii.charAt(0)) ? "endpoint-" + ascii : ascii;
    }
}

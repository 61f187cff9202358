package org.lozenge.analyses.reports;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The two sides of a comparison as printed.
 *
 * @param treatment experimental arm; empty where it is not known
 * @param control comparator; empty where it is not known or there is none
 */
public record Arms(String treatment, String control) {

    private static final Pattern VERSUS = Pattern.compile("\\s+(?:vs?\\.?|versus|against|compared with)\\s+");
    private static final Pattern PLUS = Pattern.compile("\\s*(?:\\+|&|/|,|;|\\bplus\\b|\\band\\b|\\bwith\\b)\\s*");

    /** Reads {@code lenalidomide vs placebo}; a text without a "versus" is no comparison. */
    public static Arms ofComparison(String comparison) {
        String[] sides = VERSUS.split(comparison.strip(), 2);
        return sides.length == 2 ? new Arms(sides[0], sides[1]) : new Arms("", "");
    }

    /** Returns whether both sides are known. */
    public boolean isKnown() {
        return !treatment.isEmpty() && !control.isEmpty();
    }

    /** Returns {@code A versus B}. */
    public String words() {
        return treatment + " versus " + control;
    }

    /** Returns what is being tested: the parts of the treatment that the control lacks, else all its parts. */
    public Set<String> tested() {
        Set<String> parts = parts(treatment);
        Set<String> added = new LinkedHashSet<>(parts);
        added.removeAll(parts(control));
        return added.isEmpty() ? parts : added;
    }

    private static Set<String> parts(String arm) {
        return Stream.of(PLUS.split(arm.strip()))
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Returns what several trials have in common: {@code lenalidomide} for lenalidomide with and without
     * dexamethasone. Falls back to the word {@code treatment}.
     */
    public static String commonTreatment(List<Arms> all) {
        Set<String> common = common(all);
        return common.isEmpty() ? "treatment" : inPrintedCase(String.join(" + ", common), all.get(0).treatment);
    }

    /** Returns the parts that all trials test; empty if there are none or a treatment is not known. */
    public static Set<String> common(List<Arms> all) {
        if (all.isEmpty()) {
            return Set.of();
        }
        Set<String> common = new LinkedHashSet<>(all.get(0).tested());
        all.forEach(arms -> common.retainAll(arms.tested()));
        return common;
    }

    /** Returns the comparator that all trials share, else the word {@code control}. */
    public static String commonControl(List<Arms> all) {
        List<String> distinct = all.stream()
                .map(arms -> arms.control.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        boolean one = distinct.size() == 1 && !distinct.get(0).isEmpty();
        return one ? all.get(0).control.strip() : "control";
    }

    /** Gives a text back the capitals that it has in the source, such as of an abbreviation. */
    private static String inPrintedCase(String text, String source) {
        int at = source.toLowerCase(Locale.ROOT).indexOf(text);
        return at < 0 ? text : source.substring(at, at + text.length());
    }
}

package org.lozenge.analyses.reports;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which rows are about one trial: those whose study names differ only in case, blanks and punctuation, and those that
 * share a registration number. One trial gets one name, the spelling used most often.
 */
final class TrialNames {

    private static final Pattern REGISTRATION = Pattern.compile(
            "(?:NCT|ISRCTN|EUCTR|ACTRN|CHICTR|UMIN|JPRN|JRCT|DRKS|NTR|CTRI|IRCT|PACTR|KCT|TCTR|SLCTR|LBCTR|RBR)"
                    + "[-A-Z0-9/]*[0-9]");

    private final List<String> names;
    private final List<TableDoubt> doubts;

    private TrialNames(String[] names, List<TableDoubt> doubts) {
        this.names = List.of(names);
        this.doubts = List.copyOf(doubts);
    }

    /**
     * Reads the names of all rows.
     *
     * @param studies study of each row
     * @param registrations registration of each row, or empty texts
     * @param rows 1-based row of the user's table for each of them
     */
    static TrialNames of(String[] studies, String[] registrations, int[] rows) {
        Map<String, List<Integer>> trials = new LinkedHashMap<>();
        Map<String, String> byRegistration = new HashMap<>();
        Map<String, String> merged = new HashMap<>();
        for (int i = 0; i < studies.length; i++) {
            String key = plain(studies[i]);
            trials.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
            Optional<String> id = registration(registrations[i]);
            if (id.isPresent()) {
                String first = byRegistration.putIfAbsent(id.get(), key);
                if (first != null) {
                    join(merged, root(merged, first), root(merged, key));
                }
            }
        }
        Map<String, List<Integer>> joined = new LinkedHashMap<>();
        trials.forEach((key, indexes) -> joined.computeIfAbsent(root(merged, key), k -> new ArrayList<>())
                .addAll(indexes));
        String[] names = new String[studies.length];
        List<TableDoubt> doubts = new ArrayList<>();
        for (List<Integer> trial : joined.values()) {
            String name = commonest(trial, studies);
            trial.forEach(i -> names[i] = name);
            sharedRegistration(trial, studies, rows, name).ifPresent(doubts::add);
        }
        return new TrialNames(names, doubts);
    }

    static Optional<String> registration(String text) {
        Matcher id = REGISTRATION.matcher(text.toUpperCase(Locale.ROOT).replace(" ", ""));
        return id.find() ? Optional.of(id.group()) : Optional.empty();
    }

    private static String root(Map<String, String> merged, String key) {
        String at = key;
        for (String next = merged.get(at); next != null; next = merged.get(at)) {
            at = next;
        }
        return at;
    }

    private static void join(Map<String, String> merged, String a, String b) {
        if (!a.equals(b)) {
            merged.put(b, a);
        }
    }

    private static String commonest(List<Integer> trial, String[] studies) {
        Map<String, Long> counts = trial.stream()
                .map(i -> studies[i].strip())
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }

    private static Optional<TableDoubt> sharedRegistration(
            List<Integer> trial, String[] studies, int[] rows, String name) {
        List<String> spellings = trial.stream()
                .collect(Collectors.toMap(i -> plain(studies[i]), i -> studies[i].strip(), (a, b) -> a, TreeMap::new))
                .values()
                .stream()
                .toList();
        if (spellings.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new TableDoubt(
                "same-registration",
                Phrases.list(spellings) + " have the same registration number and are read as one trial, " + name
                        + ". Correct the number if they are not",
                trial.stream().map(i -> rows[i]).sorted().toList()));
    }

    /** Case, blanks, hyphens and the like do not matter. */
    private static String plain(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "");
        return plain.isEmpty() ? name : plain;
    }

    /** Returns the trial of each row. */
    List<String> names() {
        return names;
    }

    /** Returns names that were joined because of a registration number. */
    List<TableDoubt> doubts() {
        return doubts;
    }
}

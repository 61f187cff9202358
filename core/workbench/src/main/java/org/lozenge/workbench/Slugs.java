package org.lozenge.workbench;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes ids of any texts, each once: {@code Überleben (OS)} gives {@code uberleben-os}. */
final class Slugs {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final int LENGTH = 60;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> repeated = new HashMap<>();

    String of(String text) {
        String base = base(text);
        String id = base;
        while (!taken.add(id)) {
            id = base + "-" + repeated.merge(base, 2, (n, two) -> n + 1);
        }
        return id;
    }

    private static String base(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        String joined = OTHERS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
        String cut = joined.length() > LENGTH ? joined.substring(0, LENGTH) : joined;
        String slug = cut.replaceAll("^-|-$", "");
        if (slug.isEmpty()) {
            return "group";
        }
        return Character.isDigit(slug.charAt(0)) ? "group-" + slug : slug;
    }
}

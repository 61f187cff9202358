package org.lozenge.workbench.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of files that stay in their folder and exist on every system: lower-case letters, digits, {@code -} and
 * {@code _}, no name that Windows reserves, no name twice.
 */
final class FileNames {

    private static final int LONGEST = 80;
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9_]+");
    private static final Pattern RESERVED = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout|clock");

    private final Set<String> taken = new HashSet<>();

    /** Returns a new name made of a text, without suffix. */
    String unique(String text) {
        String slug = slug(text);
        String name = slug;
        for (int n = 2; !taken.add(name); n++) {
            name = slug + "-" + n;
        }
        return name;
    }

    static String slug(String text) {
        String plain = OTHERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
        String trimmed = trim(plain.substring(0, Math.min(LONGEST, plain.length())));
        if (trimmed.isEmpty()) {
            return "item";
        }
        return RESERVED.matcher(trimmed).matches() ? trimmed + "_" : trimmed;
    }

    private static String trim(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && name.charAt(start) == '-') {
            start++;
        }
        while (end > start && name.charAt(end - 1) == '-') {
            end--;
        }
        return name.substring(start, end);
    }
}

package org.lozenge.plugin;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules for names that scripts use. */
final class Ids {

    private Ids() {}

    static String check(String id) {
        if (!isName(id)) {
            throw new IllegalArgumentException("'" + id
                    + "' cannot be an identifier: use lower-case letters and digits, words joined by '-' or '_'");
        }
        return id;
    }

    /** {@code [a-z][a-z0-9]*([-_][a-z0-9]+)*}; checked so often that a pattern would be felt. */
    private static boolean isName(String id) {
        char before = '-';
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            boolean joint = c == '-' || c == '_';
            boolean digit = c >= '0' && c <= '9' && i > 0;
            boolean joinsWords = joint && before != '-' && before != '_';
            if (!(letter || digit || joinsWords)) {
                return false;
            }
            before = c;
        }
        return before != '-' && before != '_';
    }

    static void checkUnique(List<String> ids, String what) {
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!seen.add(id)) {
                throw new IllegalArgumentException("Two " + what + " are called '" + id + "'");
            }
        }
    }
}

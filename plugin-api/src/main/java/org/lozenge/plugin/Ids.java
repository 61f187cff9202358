package org.lozenge.plugin;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names that scripts use. */
final class Ids {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*");

    private Ids() {}

    static String check(String id) {
        if (!NAME.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id
                    + "' cannot be an identifier: use lower-case letters and digits, words joined by '-' or '_'");
        }
        return id;
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

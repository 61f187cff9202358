package org.lozenge.app;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;

/** Options and roles in words. */
final class ParamText {

    private ParamText() {}

    /** What an option is, what it takes and what it is unless set. */
    static String describe(Param<?> param) {
        List<String> parts = new ArrayList<>();
        parts.add(sentence(param.label()));
        if (!param.help().isBlank()) {
            parts.add(sentence(param.help()));
        }
        parts.add(sentence(upper(param.allowed())));
        param.condition()
                .ifPresent(condition ->
                        parts.add("Only with --" + condition.param().name() + " " + condition.value() + "."));
        String dflt = dflt(param);
        parts.add(dflt.isEmpty() ? "Default: nothing." : "Default: " + dflt + ".");
        return String.join(" ", parts);
    }

    static <T> String dflt(Param<T> param) {
        return param.format(param.dflt());
    }

    static <T> List<String> choices(Param<T> param) {
        return param.choices().stream().map(param::format).toList();
    }

    /** What a role holds and whether it is needed. */
    static String describe(Role role) {
        List<String> parts = new ArrayList<>();
        parts.add(role.label());
        parts.add(kind(role));
        if (role.isMany()) {
            parts.add("one or more columns");
        }
        if (role.isSparse()) {
            parts.add("cells may be missing");
        }
        return String.join("; ", parts);
    }

    private static String kind(Role role) {
        return switch (role.kind()) {
            case NUMBER -> role.allowed();
            case CATEGORY -> "names of groups";
            case TEXT -> "text";
            case DATE -> "a date such as 2019-06-02";
            case ANY -> "anything";
        };
    }

    private static String sentence(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.endsWith(".") ? stripped : stripped + ".";
    }

    private static String upper(String text) {
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(java.util.Locale.ROOT) + text.substring(first);
    }
}

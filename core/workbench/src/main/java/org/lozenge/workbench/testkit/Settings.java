package org.lozenge.workbench.testkit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lozenge.plugin.Param;

/** Values of options that are worth a try. */
final class Settings {

    private Settings() {}

    static <T> List<String> choices(Param<T> param) {
        return param.choices().stream().map(param::format).toList();
    }

    /** An option, and the one on which it depends, if any. */
    static Map<String, String> of(Param<?> param, String value) {
        Map<String, String> set = new LinkedHashMap<>();
        param.condition().ifPresent(condition -> set.put(condition.param().name(), condition.value()));
        set.put(param.name(), value);
        return set;
    }

    static <T> Set<String> values(Param<T> param) {
        Set<String> values = new LinkedHashSet<>(List.of(param.format(param.dflt())));
        values.addAll(choices(param));
        param.min().map(param::format).ifPresent(values::add);
        param.max()
                .filter(max -> ((Number) max).doubleValue() <= 10_000)
                .map(param::format)
                .ifPresent(values::add);
        values.addAll(param.suggestions());
        return values;
    }
}

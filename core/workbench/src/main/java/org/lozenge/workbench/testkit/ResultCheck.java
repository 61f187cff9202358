package org.lozenge.workbench.testkit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;

/** Checks what an analysis returned. */
final class ResultCheck {

    private final Findings findings;

    ResultCheck(Findings findings) {
        this.findings = findings;
    }

    void json(Base base) {
        if (!findings.wanted(Check.JSON)) {
            return;
        }
        List<String> losses = JsonCheck.losses(base.outcome());
        losses.stream()
                .limit(Runs.SHOWN)
                .forEach(loss -> findings.error(
                        Check.JSON, "In the result on " + base.grid().name() + ", " + loss + "."));
    }

    void ids(Base base) {
        if (findings.wanted(Check.IDS)) {
            tables(new LinkedHashMap<>(), base.outcome().result().items());
        }
    }

    /** Tables of one name become one file, so they must have the same columns. */
    private void tables(Map<String, List<String>> columns, List<ResultItem> items) {
        Set<String> ids = new HashSet<>();
        for (ResultItem item : items) {
            if (!ids.add(item.id())) {
                findings.error(Check.IDS, "Two items are called '" + item.id() + "'.");
            }
            if (item instanceof Tabular table) {
                List<String> names =
                        table.columns().stream().map(Tabular.Series::name).toList();
                List<String> first = columns.putIfAbsent(table.id(), names);
                if (first != null && !first.equals(names)) {
                    findings.error(
                            Check.IDS,
                            "Tables '" + table.id() + "' of several sections differ in their columns: " + first
                                    + " and " + names + ".");
                }
            } else if (item instanceof Section section) {
                tables(columns, section.items());
            }
        }
    }
}

package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the checks of one analysis found so far. */
final class Findings {

    private final Set<Check> without;
    private final Set<Check> done = EnumSet.noneOf(Check.class);
    private final Set<Finding> findings = new LinkedHashSet<>();

    /** @param without checks that are left out */
    Findings(Set<Check> without) {
        this.without = without;
    }

    /** Returns whether a check is to be made, and notes that it was. */
    boolean wanted(Check check) {
        if (without.contains(check)) {
            return false;
        }
        done.add(check);
        return true;
    }

    void error(Check check, String text) {
        if (!without.contains(check)) {
            note(check, Finding.Level.ERROR, text);
        }
    }

    void note(Check check, Finding.Level level, String text) {
        findings.add(new Finding(check, level, text));
    }

    CheckReport report(String id, int runs) {
        List<Finding> sorted = new ArrayList<>();
        for (Check check : Check.values()) {
            findings.stream().filter(finding -> finding.check() == check).forEach(sorted::add);
        }
        return new CheckReport(id, runs, done, sorted);
    }
}

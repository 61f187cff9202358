package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a {@link PluginCheck} found. Immutable. */
public final class CheckReport {

    private final String analysis;
    private final int runs;
    private final Set<Check> done;
    private final List<Finding> findings;

    CheckReport(String analysis, int runs, Set<Check> done, List<Finding> findings) {
        this.analysis = analysis;
        this.runs = runs;
        this.done = done.isEmpty() ? EnumSet.noneOf(Check.class) : EnumSet.copyOf(done);
        this.findings = List.copyOf(findings);
    }

    /** Returns the id of the analysis. */
    public String analysis() {
        return analysis;
    }

    /** Returns how many runs it took. */
    public int runs() {
        return runs;
    }

    /** Returns the checks that were made. */
    public Set<Check> done() {
        return EnumSet.copyOf(done.isEmpty() ? EnumSet.noneOf(Check.class) : done);
    }

    /** Returns what was found, in the order of the checks. */
    public List<Finding> findings() {
        return findings;
    }

    /** Returns what was found by one check. */
    public List<Finding> findings(Check check) {
        return findings.stream().filter(finding -> finding.check() == check).toList();
    }

    /** Returns whether no check failed. */
    public boolean isOk() {
        return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.ERROR);
    }

    /**
     * Does nothing if no check failed.
     *
     * @throws AssertionError with the report as its message, if one did
     */
    public void assertOk() {
        if (!isOk()) {
            throw new AssertionError(toString());
        }
    }

    /** Returns the report as text: a line for each check, and below it what was found. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(analysis + ": " + runs + " runs, " + (isOk() ? "all checks passed" : "failed"));
        for (Check check : Check.values()) {
            List<Finding> found = findings(check);
            boolean failed = found.stream().anyMatch(finding -> finding.level() == Finding.Level.ERROR);
            String verdict = failed ? "FAILED " : done.contains(check) ? "ok     " : "skipped";
            lines.add("  " + verdict + " " + check.token() + ": " + check.meaning());
            found.forEach(finding ->
                    lines.add("      " + finding.level().name().toLowerCase(Locale.ROOT) + ": " + finding.text()));
        }
        return String.join("\n", lines) + "\n";
    }
}

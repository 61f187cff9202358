package org.lozenge.workbench.testkit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.workbench.Outcome;

/** Checks that every role and every option is read in some run. */
final class ReadCheck {

    private final PluginCheck.Plan plan;
    private final AnalysisSpec spec;
    private final Runs runs;
    private final Findings findings;
    private final Set<String> liveRoles = new HashSet<>();
    private final Set<String> mappedRoles = new HashSet<>();
    private final Set<String> liveOptions = new HashSet<>();

    ReadCheck(PluginCheck.Plan plan, AnalysisSpec spec, Runs runs, Findings findings) {
        this.plan = plan;
        this.spec = spec;
        this.runs = runs;
        this.findings = findings;
    }

    void note(Base base, Map<String, String> set, Outcome outcome) {
        if (!(outcome instanceof Outcome.Ok)) {
            return;
        }
        Set<String> roles = unread(outcome, "role");
        mappedRoles.addAll(base.mapping().keySet());
        base.mapping().keySet().stream().filter(role -> !roles.contains(role)).forEach(liveRoles::add);
        Set<String> options = unread(outcome, "option");
        Set<String> idle = new HashSet<>();
        outcome.messages().stream()
                .filter(message -> message.code().equals("no-effect"))
                .forEach(message -> set.keySet().stream()
                        .filter(name -> message.text().startsWith("Option '" + name + "'"))
                        .forEach(idle::add));
        Stream.concat(set.keySet().stream(), plan.options().keySet().stream())
                .filter(option -> !options.contains(option) && !idle.contains(option))
                .forEach(liveOptions::add);
    }

    private static Set<String> unread(Outcome outcome, String fact) {
        return outcome.messages().stream()
                .filter(message -> message.code().equals("unread"))
                .flatMap(message -> Optional.ofNullable(message.data().get(fact)).stream())
                .collect(Collectors.toSet());
    }

    void report(List<Base> bases) {
        if (findings.wanted(Check.DEAD_ROLES)) {
            for (Role role : spec.allRoles()) {
                if (!mappedRoles.contains(role.name())) {
                    findings.note(
                            Check.DEAD_ROLES,
                            Finding.Level.NOTE,
                            "No data had a column for role '" + role.name() + "', so it was not checked.");
                } else if (!liveRoles.contains(role.name())) {
                    findings.note(
                            Check.DEAD_ROLES,
                            deadLevel(role.name()),
                            "No run read the role '" + role.name() + "'. Read it or drop it.");
                }
            }
        }
        if (findings.wanted(Check.DEAD_OPTIONS)) {
            spec.params().stream()
                    .filter(param -> !liveOptions.contains(param.name()))
                    .forEach(param -> dead(bases, param));
        }
    }

    private Finding.Level deadLevel(String name) {
        return plan.idle().contains(name) ? Finding.Level.NOTE : Finding.Level.ERROR;
    }

    private void dead(List<Base> bases, Param<?> param) {
        boolean known = plan.idle().contains(param.name());
        if (!known && (runs.timeIsUp(Check.DEAD_OPTIONS, "option '" + param.name() + "'") || revives(bases, param))) {
            return;
        }
        findings.note(
                Check.DEAD_OPTIONS,
                deadLevel(param.name()),
                "No run read the option '" + param.name()
                        + "'. Read it, drop it, or say with enabledWhen() when it matters; if only other data would bring"
                        + " it into play, give such data too.");
    }

    /** An option may be read only where another one has a certain value. */
    private <T> boolean revives(List<Base> bases, Param<T> param) {
        for (Base base : bases) {
            for (Param<?> other : spec.params()) {
                for (String value : other.equals(param) ? List.<String>of() : Settings.choices(other)) {
                    Map<String, String> set = Settings.of(param, param.format(param.dflt()));
                    set.putIfAbsent(other.name(), value);
                    note(base, set, runs.again(base, set));
                    if (liveOptions.contains(param.name())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}

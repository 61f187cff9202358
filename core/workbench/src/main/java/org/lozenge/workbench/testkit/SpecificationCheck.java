package org.lozenge.workbench.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.workbench.form.JsonSchema;

/** Checks what an analysis says of itself. */
final class SpecificationCheck {

    private final PluginCheck.Plan plan;
    private final AnalysisSpec spec;
    private final Findings findings;

    SpecificationCheck(PluginCheck.Plan plan, AnalysisSpec spec, Findings findings) {
        this.plan = plan;
        this.spec = spec;
        this.findings = findings;
    }

    void specification() {
        if (!findings.wanted(Check.SPECIFICATION)) {
            return;
        }
        plan.source().analysis().ifPresent(analysis -> {
            if (!JsonSchema.of(analysis.spec()).equals(JsonSchema.of(spec))) {
                findings.error(Check.SPECIFICATION, "spec() does not return the same specification every time.");
            }
        });
        if (spec.title().isBlank()) {
            findings.error(Check.SPECIFICATION, "The analysis has no title.");
        }
        if (spec.summary().isBlank()) {
            findings.note(Check.SPECIFICATION, Finding.Level.WARNING, "The analysis has no summary().");
        }
        for (Role role : spec.allRoles()) {
            if (role.label().isBlank()) {
                findings.error(Check.SPECIFICATION, "Role '" + role.name() + "' has no label.");
            }
        }
        spec.params().forEach(this::option);
    }

    private void option(Param<?> param) {
        if (param.label().isBlank()) {
            findings.error(Check.SPECIFICATION, "Option '" + param.name() + "' has no label.");
        }
        for (String suggestion : param.suggestions()) {
            try {
                param.parse(suggestion);
            } catch (AnalysisException e) {
                findings.error(
                        Check.SPECIFICATION,
                        "Option '" + param.name() + "' suggests '" + suggestion + "', which it does not take: "
                                + e.getMessage());
            }
        }
        param.condition()
                .filter(condition -> !spec.params().contains(condition.param()))
                .ifPresent(condition -> findings.error(
                        Check.SPECIFICATION,
                        "Option '" + param.name() + "' depends on '"
                                + condition.param().name() + "', which is not an option of the analysis."));
    }

    void snapshot() {
        if (plan.snapshot().isEmpty() || !findings.wanted(Check.SNAPSHOT)) {
            return;
        }
        Path file = plan.snapshot().get();
        String now = JsonSchema.of(spec);
        try {
            if (Files.notExists(file)) {
                Optional<Path> folder =
                        Optional.ofNullable(file.toAbsolutePath().getParent());
                if (folder.isPresent()) {
                    Files.createDirectories(folder.get());
                }
                Files.writeString(file, now);
                findings.note(
                        Check.SNAPSHOT, Finding.Level.NOTE, "There was no " + file + "; it was written. Check it in.");
                return;
            }
            String before = Files.readString(file).replace("\r\n", "\n");
            List<String> breaks = Snapshot.breaks(before, now);
            breaks.forEach(one -> findings.error(Check.SNAPSHOT, "Against " + file + ": " + one + "."));
            if (breaks.isEmpty() && !before.equals(now)) {
                findings.note(
                        Check.SNAPSHOT,
                        Finding.Level.WARNING,
                        "The specification changed, but nothing of " + file
                                + " is broken. To take the change on, delete the file and run the check again.");
            }
        } catch (IOException | IllegalArgumentException e) {
            findings.error(Check.SNAPSHOT, file + " cannot be used: " + e.getMessage());
        }
    }
}

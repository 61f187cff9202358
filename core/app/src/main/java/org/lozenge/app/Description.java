package org.lozenge.app;

import java.util.List;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;

/** An analysis in words, from its specification. */
final class Description {

    private Description() {}

    static String of(AnalysisSpec analysis, int width) {
        Sheet sheet = new Sheet(width);
        sheet.paragraph(analysis.id() + ": " + analysis.title());
        if (!analysis.summary().isBlank()) {
            sheet.paragraph("");
            sheet.paragraph(analysis.summary());
        }
        sheet.heading("Usage");
        sheet.paragraph("  lozenge run " + analysis.id() + " DATA [--map ROLE=COLUMN]... [options]");
        roles(sheet, analysis);
        params(sheet, analysis);
        if (!analysis.references().isEmpty()) {
            sheet.heading("References");
            analysis.references().forEach(sheet::paragraph);
        }
        return sheet.toString();
    }

    private static void roles(Sheet sheet, AnalysisSpec analysis) {
        if (!analysis.alternatives().isEmpty()) {
            sheet.heading("Needs one of");
            analysis.alternatives().forEach(group -> sheet.paragraph("  " + names(group)));
        }
        if (!analysis.allRoles().isEmpty()) {
            sheet.heading("Roles (--map ROLE=COLUMN; found by these names if not given)");
            for (Role role : analysis.allRoles()) {
                boolean needed = role.isRequired() && analysis.roles().contains(role);
                String found = role.synonyms().isEmpty() ? "" : " Also: " + String.join(", ", role.synonyms()) + ".";
                sheet.row(role.name(), ParamText.describe(role) + (needed ? ". Required." : ".") + found);
            }
        }
        if (analysis.minRows() > 1) {
            sheet.paragraph("");
            sheet.paragraph("Needs at least " + analysis.minRows() + " rows.");
        }
    }

    private static String names(List<Role> group) {
        return String.join(" + ", group.stream().map(Role::name).toList());
    }

    private static void params(Sheet sheet, AnalysisSpec analysis) {
        if (analysis.params().isEmpty()) {
            return;
        }
        sheet.heading("Options");
        for (Param<?> param : analysis.params()) {
            sheet.row("--" + param.name(), ParamText.describe(param));
        }
    }
}

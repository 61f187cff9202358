package org.lozenge.analyses.cox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lozenge.analyses.formula.Formula;
import org.lozenge.analyses.formula.ModelMatrix;
import org.lozenge.analyses.formula.Variable;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.analyses.shared.PatientRoles;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;

/** The covariates of a model: the mapped columns as numbers or categories, and what the formula makes of them. */
final class Terms {

    private final Inputs in;
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    private Terms(Inputs in) {
        this.in = in;
    }

    /**
     * Reads the mapped columns and the formula.
     *
     * @throws AnalysisException if a column mixes numbers and text, the formula cannot be read, or nothing is mapped
     */
    static ModelMatrix of(Inputs in) {
        Terms terms = new Terms(in);
        if (in.has(PatientRoles.GROUP)) {
            String column = in.columns(PatientRoles.GROUP).get(0);
            terms.category(column, in.strings(PatientRoles.GROUP), in.get(PatientRoles.REFERENCE));
        }
        Map<String, String> references = references(in);
        Set<String> categories = listed(in.get(CoxAnalysis.CATEGORIES));
        for (String column : in.columns(CoxAnalysis.COVARIATES)) {
            if (!terms.variables.containsKey(column)) {
                terms.read(column, categories, references);
            }
        }
        terms.checkNames(categories, references.keySet());
        return terms.matrix();
    }

    private void checkNames(Set<String> categories, Set<String> references) {
        List<String> wanted = new ArrayList<>(categories);
        wanted.addAll(references);
        for (String column : wanted) {
            if (!variables.containsKey(column)) {
                throw new AnalysisException(
                        "no-such-column",
                        "The options name '" + column + "', but the covariates are " + variables.keySet() + ".");
            }
        }
        if (variables.isEmpty()) {
            throw new AnalysisException(
                    "unmapped-role",
                    in.source() + ": a Cox model needs a group or a covariate. Map columns with --map group=COLUMN or"
                            + " --map covariates=COLUMN,COLUMN.");
        }
    }

    private static Set<String> listed(String text) {
        return text.isBlank()
                ? Set.of()
                : new LinkedHashSet<>(Arrays.asList(text.strip().split("\\s*,\\s*")));
    }

    private static Map<String, String> references(Inputs in) {
        Map<String, String> references = new LinkedHashMap<>();
        for (String part : listed(in.get(CoxAnalysis.BASE_LEVELS))) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new AnalysisException(
                        "param-value",
                        "Option 'base-levels' holds '" + part + "', but must be a list such as sex=F, stage=I.");
            }
            references.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return references;
    }

    private void read(String column, Set<String> categories, Map<String, String> references) {
        String[] cells = in.strings(CoxAnalysis.COVARIATES, column);
        int numbers = 0;
        int text = -1;
        for (int i = 0; i < cells.length; i++) {
            boolean number = NumberText.parse(cells[i]).isPresent();
            numbers += number ? 1 : 0;
            text = !number && text < 0 ? i : text;
        }
        if (text < 0 && !categories.contains(column) && !references.containsKey(column)) {
            variables.put(column, Variable.of(column, cells));
            return;
        }
        if (numbers > 0 && text >= 0 && !categories.contains(column)) {
            throw new AnalysisException(
                    "mixed-column",
                    in.source() + ", row " + in.sourceRows()[text] + ", column '" + column + "': '" + cells[text]
                            + "' is not a number, but " + numbers + " of " + cells.length
                            + " cells are. Correct it, or list the column in the option categories.",
                    in.sourceRows()[text]);
        }
        category(column, cells, references.getOrDefault(column, ""));
    }

    private void category(String column, String[] cells, String reference) {
        Levels levels = Levels.of(cells);
        if (!reference.isEmpty()) {
            levels = levels.startingWith(reference)
                    .orElseThrow(() -> new AnalysisException(
                            "no-such-group",
                            "'" + reference + "' is not a value of column '" + column + "', which holds "
                                    + Levels.of(cells).names() + "."));
        }
        if (levels.count() > Math.max(50, cells.length / 2)) {
            throw new AnalysisException(
                    "many-levels",
                    in.source() + ": column '" + column + "' holds " + levels.count() + " different texts in "
                            + cells.length + " rows. As a category it needs fewer.");
        }
        variables.put(column, Variable.of(column, cells).withLevels(levels));
    }

    private ModelMatrix matrix() {
        List<String> columns = List.copyOf(variables.keySet());
        String text = in.get(CoxAnalysis.FORMULA).strip();
        Formula formula = text.isEmpty() ? Formula.sum(columns) : Formula.parse(CoxAnalysis.FORMULA.name(), text);
        for (String column : formula.columns()) {
            if (!variables.containsKey(column)) {
                throw new AnalysisException(
                        "formula",
                        "Option 'formula' is '" + text + "', but '" + column + "' is not a mapped covariate; there are "
                                + columns + ".");
            }
        }
        if (formula.terms().isEmpty()) {
            throw new AnalysisException(
                    "formula",
                    "Option 'formula' is '" + text + "', but names no covariate; there are " + columns + ".");
        }
        // The baseline hazard takes the place of an intercept, whatever the formula says.
        return ModelMatrix.of(
                new Formula(true, formula.terms()),
                List.copyOf(variables.values()),
                i -> in.source() + ", row " + in.sourceRows()[i]);
    }
}

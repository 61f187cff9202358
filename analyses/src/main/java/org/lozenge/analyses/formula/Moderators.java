package org.lozenge.analyses.formula;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.DesignMatrix;

/**
 * The moderators of studies: from mapped columns or a formula to a design matrix.
 *
 * <p>An analysis lists {@link #MODERATORS} and {@link #params()} in its specification and calls {@link #read}. Studies that
 * lack a value of a moderator are left out, with a warning that names their rows; columns that do not vary or follow from
 * others are left out of the design, with a warning that names them.
 */
public final class Moderators {

    /** Columns that may explain why studies differ; a formula may name others. */
    public static final Role MODERATORS = Role.any("moderators", "Moderators")
            .many()
            .sparse()
            .optional()
            .aka("moderator", "mods", "covariates", "covariate", "predictors");

    /** The model. */
    public static final Param<String> FORMULA = Param.text("formula", "Terms of the model", "")
            .suggest("~ dose * alloc", "~ poly(year, 2)", "~ alloc - 1")
            .help(
                    "Names any columns of the table, and functions: factor, poly, center, scale, I, log, sqrt ... By itself the"
                            + " sum of the mapped moderators.");

    /** The levels with which others are compared. */
    public static final Param<String> REFERENCE = Param.text("reference", "Reference level of categories", "")
            .suggest("alloc=random", "random")
            .help(
                    "COLUMN=LEVEL, several with commas; the level alone if there is one category. By itself the first level in"
                            + " numerical or alphabetical order.");

    /** Columns of numbers that are categories. */
    public static final Param<String> CATEGORIES = Param.text(
                    "categories", "Columns of numbers that are categories", "")
            .suggest("phase,arm")
            .help("The same as factor(phase) in a formula.");

    private final EffectSizes effects;
    private final int[] positions;
    private final ModelMatrix matrix;
    private final DesignMatrix design;
    private final int[] keptColumns;

    private Moderators(EffectSizes effects, int[] positions, ModelMatrix matrix) {
        this.effects = effects;
        this.positions = positions;
        this.matrix = matrix;
        List<DoubleSeq> columns =
                Arrays.stream(matrix.columns()).map(DoubleSeq::of).toList();
        this.design = matrix.formula().intercept()
                ? DesignMatrix.withIntercept(matrix.names(), columns, effects.k())
                : DesignMatrix.withoutIntercept(matrix.names(), columns, effects.k());
        this.keptColumns = IntStream.range(0, matrix.names().size())
                .filter(j -> design.terms().contains(matrix.names().get(j)))
                .toArray();
    }

    /** Returns the options with which moderators are chosen. */
    public static List<Param<?>> params() {
        return List.of(FORMULA, REFERENCE, CATEGORIES);
    }

    /** Returns whether the user asks for moderators at all. */
    public static boolean isAskedFor(Inputs in) {
        return in.has(MODERATORS) || !in.get(FORMULA).isBlank();
    }

    /**
     * Reads the moderators of studies.
     *
     * @throws AnalysisException with codes {@code unmapped-role}, {@code formula}, {@code no-such-column}, {@code
     *     mixed-column}, {@code all-missing}, {@code no-such-level}, {@code many-levels}, {@code constant-moderator}, {@code
     *     too-many-terms} or those of {@link ModelMatrix#of}
     */
    public static Moderators read(Inputs in, RunContext context, StudyInput studies) {
        return new ModeratorReader(in, context, studies.effects(), studies.indices(), studies.sourceRows()).read();
    }

    static Moderators of(EffectSizes effects, int[] positions, ModelMatrix matrix) {
        return new Moderators(effects, positions, matrix);
    }

    /** Returns the studies that have all moderators. */
    public EffectSizes effects() {
        return effects;
    }

    /** Returns where these studies stood among all, from 0. */
    public int[] positions() {
        return positions.clone();
    }

    /** Returns the columns before any was left out. */
    public ModelMatrix matrix() {
        return matrix;
    }

    /** Returns the design: the intercept, if there is one, and the columns that do not follow from others. */
    public DesignMatrix design() {
        return design;
    }

    /** Returns for each term of the design the column of the matrix, from 0; −1 for the intercept. */
    public int[] columnOfTerm() {
        IntStream columns = Arrays.stream(keptColumns);
        return design.hasIntercept()
                ? IntStream.concat(IntStream.of(-1), columns).toArray()
                : columns.toArray();
    }

    /**
     * Returns the row of the design that new values of the variables have.
     *
     * @param values a text for each variable
     * @throws AnalysisException as {@link ModelMatrix#row} does
     */
    public double[] row(Map<String, String> values) {
        double[] cells = matrix.row(values);
        return Arrays.stream(columnOfTerm())
                .mapToDouble(j -> j < 0 ? 1 : cells[j])
                .toArray();
    }
}

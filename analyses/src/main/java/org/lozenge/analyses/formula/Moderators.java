package org.lozenge.analyses.formula;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.StudyEffects;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
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
    public static final Role MODERATORS = Roles.MODERATORS.sparse().aka("covariates", "covariate", "predictors");

    /** The model. */
    public static final Param<String> FORMULA = Param.text("formula", "Terms of the model", "")
            .suggest("~ dose * alloc", "~ poly(year, 2)", "~ alloc - 1")
            .help(
                    "Names any columns of the table, and functions: factor, poly, center, scale, I, log, sqrt ... By itself the"
                            + " sum of the mapped moderators.");

    /** The levels with which others are compared. */
    public static final Param<String> REFERENCE = Param.text("reference-level", "Reference level of categories", "")
            .suggest("alloc=random", "random")
            .help(
                    "COLUMN=LEVEL, several with commas; the level alone if there is one category. By itself the first level in"
                            + " numerical or alphabetical order.");

    /**
     * The same under the shorter name {@code reference}, for analyses whose moderators are the point. In tables with a row
     * per arm the name has another meaning, which goes first: the arm that others are compared with.
     */
    public static final Param<String> LEVEL_OR_ARM = Param.text("reference", "Reference level of categories", "")
            .suggest("alloc=random", "random")
            .help(
                    "As reference-level. In tables with a row per arm this option names the arm that others are compared with;"
                            + " name levels with reference-level there.");

    /** Columns of numbers that are categories. */
    public static final Param<String> CATEGORIES = Param.text(
                    "categories", "Columns of numbers that are categories", "")
            .suggest("phase,arm")
            .help("The same as factor(phase) in a formula.");

    private final Optional<EffectSizes> effects;
    private final int[] positions;
    private final ModelMatrix matrix;
    private final DesignMatrix design;
    private final int[] keptColumns;
    private final Grid grid;

    /** Moderators of studies whose effects are not known. */
    Moderators(int[] positions, ModelMatrix matrix) {
        this(Optional.empty(), positions, matrix);
    }

    private Moderators(Optional<EffectSizes> effects, int[] positions, ModelMatrix matrix) {
        this.effects = effects;
        this.positions = positions;
        this.matrix = matrix;
        List<DoubleSeq> columns =
                Arrays.stream(matrix.columns()).map(DoubleSeq::of).toList();
        this.design = matrix.formula().intercept()
                ? DesignMatrix.withIntercept(matrix.names(), columns, positions.length)
                : DesignMatrix.withoutIntercept(matrix.names(), columns, positions.length);
        this.keptColumns = IntStream.range(0, matrix.names().size())
                .filter(j -> design.terms().contains(matrix.names().get(j)))
                .toArray();
        this.grid = new Grid(matrix);
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
        EffectSizes all = studies.effects();
        Moderators read = new ModeratorReader(
                        in, context, all.studies(), studies.indices(), studies.sourceRows(), studies.isReshaped())
                .read();
        EffectSizes kept = new EffectSizes(
                Arrays.stream(read.positions).mapToObj(all.studies()::get).toList(),
                DoubleSeq.of(
                        Arrays.stream(read.positions).mapToDouble(all.y()::get).toArray()),
                DoubleSeq.of(
                        Arrays.stream(read.positions).mapToDouble(all.v()::get).toArray()));
        return new Moderators(Optional.of(kept), read.positions, read.matrix);
    }

    /**
     * Reads the moderators of studies that a model knows by their counts.
     *
     * @param studies the studies, in the order of the table
     * @param ofArms whether they were made from a row per arm
     * @throws AnalysisException as {@link #read} does
     */
    public static Moderators ofCounts(
            Inputs in, RunContext context, List<? extends StudyEffects.Counted<?>> studies, boolean ofArms) {
        return new ModeratorReader(
                        in,
                        context,
                        studies.stream().map(StudyEffects.Counted::study).toList(),
                        studies.stream().mapToInt(StudyEffects.Counted::index).toArray(),
                        studies.stream().mapToInt(StudyEffects.Counted::row).toArray(),
                        ofArms)
                .read();
    }

    /** Returns the studies that have all moderators; of {@link #read} only, since counts are no effects. */
    public EffectSizes effects() {
        return effects.orElseThrow(() -> new IllegalStateException("Moderators of counts have no effects"));
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
     * Returns the row of the design that stands for some values of the variables: numbers that are not given are at their
     * mean, and over categories that are not given the row is averaged, each level with the same weight.
     *
     * @param values a text for each variable that is fixed
     * @return the row, a number per term of the design; empty if the effect there cannot be estimated, because a column
     *     that was left out of the design would be needed
     * @throws AnalysisException as {@link ModelMatrix#row} does
     */
    public Optional<double[]> row(Map<String, String> values) {
        double[] cells = grid.average(values);
        double[] row = Arrays.stream(columnOfTerm())
                .mapToDouble(j -> j < 0 ? 1 : cells[j])
                .toArray();
        List<String> names = matrix.names();
        return isEstimable(design, row, name -> cells[names.indexOf(name)]) ? Optional.of(row) : Optional.empty();
    }

    /**
     * Returns whether a row of a design says all about an effect: whether the columns that were left out take the values there
     * that follow from the others.
     *
     * @param row a number per term
     * @param leftOut the value of each column that was left out, by name
     */
    public static boolean isEstimable(DesignMatrix design, double[] row, ToDoubleFunction<String> leftOut) {
        for (int d = 0; d < design.dropped().size(); d++) {
            double needed = leftOut.applyAsDouble(design.dropped().get(d));
            double followed = 0;
            double size = Math.abs(needed);
            for (int t = 0; t < row.length; t++) {
                double part = design.aliases().get(d).get(t) * row[t];
                followed += part;
                size = Math.max(size, Math.abs(part));
            }
            if (Math.abs(followed - needed) > 1e-8 * size) {
                return false;
            }
        }
        return true;
    }

    /** Returns the settings at which the model can be looked at. */
    public Grid grid() {
        return grid;
    }
}

package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.stats.effect.BiasCorrection;
import org.lozenge.stats.effect.EffectMeasures;
import org.lozenge.stats.effect.VarianceType;
import tech.tablesaw.api.Table;

/**
 * Inputs whose options on effect sizes are those another program uses by default, unless the user set them: double zeros,
 * the correction of standardised differences and the variances of differences of means.
 */
public final class ConventionInputs implements Inputs {

    private final Inputs in;
    private final PoolingParams.Convention convention;

    private ConventionInputs(Inputs in, PoolingParams.Convention convention) {
        this.in = in;
        this.convention = convention;
    }

    /** Returns the inputs with the defaults of the convention they ask for. */
    public static Inputs of(Inputs in) {
        return of(in, in.get(PoolingParams.CONVENTION));
    }

    /** Returns the inputs with the defaults of a convention. */
    public static Inputs of(Inputs in, PoolingParams.Convention convention) {
        return convention == PoolingParams.Convention.LOZENGE ? in : new ConventionInputs(in, convention);
    }

    /** Returns the formula of the variance of a measure: the one that is set, or the convention's; empty for the usual. */
    static Optional<VarianceType> variance(Inputs in, String code) {
        return !in.isSet(RawParams.VTYPE) && in instanceof ConventionInputs asked
                ? asked.usualVariance(code)
                : in.get(RawParams.VTYPE).type();
    }

    /** Returns the correction for small samples of a measure: the one that is set, or the convention's. */
    static BiasCorrection correction(Inputs in, String code) {
        if (in.isSet(RawParams.CORRECT)) {
            return in.get(RawParams.CORRECT);
        }
        BiasCorrection usual = EffectMeasures.usualCorrection(code);
        return usual == BiasCorrection.EXACT && in instanceof ConventionInputs asked && asked.approximates()
                ? BiasCorrection.APPROXIMATE
                : usual;
    }

    /** Whether zero cells get no constant: Peto's method needs none; only metafor and Lozenge add one to the effects. */
    static boolean addsNothing(Inputs in, String code) {
        return code.equals("peto")
                && in instanceof ConventionInputs asked
                && asked.convention != PoolingParams.Convention.METAFOR;
    }

    /** Whether the constant for zero cells enters the variance of a difference of risks or rates, but not the difference. */
    static boolean keepsDifferences(Inputs in) {
        return in instanceof ConventionInputs asked && keepsDifferences(asked.convention);
    }

    /** meta does so, and says that Review Manager does. */
    static boolean keepsDifferences(PoolingParams.Convention convention) {
        return convention == PoolingParams.Convention.META || convention == PoolingParams.Convention.REVMAN5;
    }

    /** The variances that differ from Lozenge's. */
    private Optional<VarianceType> usualVariance(String code) {
        return switch (convention) {
            case META -> code.equals("smd") ? Optional.of(VarianceType.UB) : Optional.empty();
            case REVMAN5 -> code.equals("smd") ? Optional.of(VarianceType.RM) : Optional.empty();
            case STATA ->
                switch (code) {
                    case "smd" -> Optional.of(VarianceType.RM);
                    case "md" -> Optional.of(VarianceType.HO);
                    default -> Optional.empty();
                };
            case LOZENGE, METAFOR -> Optional.empty();
        };
    }

    @Override
    @SuppressWarnings("unchecked") // the value has the type of the option it is compared with
    public <T> T get(Param<T> param) {
        return !in.isSet(param) && param.equals(RawParams.DROP00) && keepsDoubleZeros()
                ? (T) RawParams.Drop00.FALSE
                : in.get(param);
    }

    /** metafor and Stata add the constant to double zeros as to other studies; the others leave them out. */
    private boolean keepsDoubleZeros() {
        return convention == PoolingParams.Convention.METAFOR || convention == PoolingParams.Convention.STATA;
    }

    /** RevMan and Stata take 1 − 3/(4df − 1), the others the gamma function. */
    private boolean approximates() {
        return convention == PoolingParams.Convention.REVMAN5 || convention == PoolingParams.Convention.STATA;
    }

    @Override
    public int rows() {
        return in.rows();
    }

    @Override
    public boolean has(Role role) {
        return in.has(role);
    }

    @Override
    public boolean isSet(Param<?> param) {
        return in.isSet(param);
    }

    @Override
    public double[] numbers(Role role) {
        return in.numbers(role);
    }

    @Override
    public double[] numbers(Role role, String column) {
        return in.numbers(role, column);
    }

    @Override
    public String[] strings(Role role) {
        return in.strings(role);
    }

    @Override
    public String[] strings(Role role, String column) {
        return in.strings(role, column);
    }

    @Override
    public boolean isPrinted(Role role) {
        return in.isPrinted(role);
    }

    @Override
    public List<String> columns(Role role) {
        return in.columns(role);
    }

    @Override
    public int[] sourceRows() {
        return in.sourceRows();
    }

    @Override
    public String source() {
        return in.source();
    }

    @Override
    public Table table() {
        return in.table();
    }
}

package org.lozenge.analyses.shared;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.stats.effect.BiasCorrection;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.VarianceType;
import org.lozenge.stats.effect.ZeroCells;

/** The options with which effect sizes are computed from raw numbers. */
public final class RawParams {

    /** Whether studies without events in both arms, or with events only, are left out. */
    public enum Drop00 {
        /** For ratios, which such studies say nothing about. */
        AUTO,
        /** Yes. */
        TRUE,
        /** No. */
        FALSE
    }

    /** How several arms of a study are set against one control. */
    public enum SharedControl {
        /** Each comparison has the whole control arm; the comparisons are dependent. */
        KEEP,
        /** Counts and size of the control arm are divided by the number of comparisons. */
        SPLIT
    }

    /** How means and standard deviations are estimated from quantiles. */
    public enum Summaries {
        /** For normal data: Luo and others, Wan and others, Shi and others. */
        NORMAL,
        /** Quantile estimation by McGrath and others: the distribution that fits best. */
        QE
    }

    /** Formula of the variance. */
    public enum Variance {
        /** The usual one of the measure. */
        AUTO,
        /** {@link VarianceType#LS}. */
        LS,
        /** {@link VarianceType#LS2}. */
        LS2,
        /** {@link VarianceType#UB}. */
        UB,
        /** {@link VarianceType#HO}. */
        HO,
        /** {@link VarianceType#AV}. */
        AV,
        /** {@link VarianceType#AVHO}. */
        AVHO,
        /** {@link VarianceType#ST}. */
        ST,
        /** {@link VarianceType#CS}. */
        CS,
        /** {@link VarianceType#RM}. */
        RM;

        /** Returns the type; empty for the usual one. */
        public Optional<VarianceType> type() {
            return this == AUTO ? Optional.empty() : Optional.of(VarianceType.valueOf(name()));
        }
    }

    /** The constant for zero cells. */
    public static final Param<Double> ADD = Param.number("add", "Constant for zero cells", 0.5)
            .min(0.0)
            .help(
                    "Added to all cells of the studies that 'to' names. Measures that need none (as, phi, rtet, irsd, pas,"
                            + " pft, irs, irft) get none unless this is set.");

    /** Which studies get the constant. */
    public static final Param<ZeroCells.To> TO = Param.choice("to", "Studies that get the constant", ZeroCells.To.ONLY0)
            .help("only0: those with a zero cell; all; if0all: all, if any has a zero cell; none.");

    /** How the constant is divided. */
    public static final Param<ZeroCells.Split> ADD_BY = Param.choice(
                    "add-by", "Division of the constant", ZeroCells.Split.CONSTANT)
            .help("constant: the same to all cells; treatment-arm: in proportion to the sizes of the arms (Sweeting and"
                    + " others 2004).")
            .advanced();

    /** Double zeros. */
    public static final Param<Drop00> DROP00 = Param.choice("drop00", "Leave out double zeros", Drop00.AUTO)
            .help("Studies without an event in both arms, or with events only. auto: left out for ratios, kept for"
                    + " differences.");

    /** Formula of the variance. */
    public static final Param<Variance> VTYPE = Param.choice("vtype", "Formula of the sampling variance", Variance.AUTO)
            .help("As in metafor; not every measure has every type. rm: smd as in Review Manager.")
            .advanced();

    /** Correction for small samples. */
    public static final Param<BiasCorrection> CORRECT = Param.choice(
                    "correct", "Correction for small samples", BiasCorrection.EXACT)
            .help(
                    "exact or approximate factor for standardised differences (Hedges' g); none, as for Cohen's d. rom, romc"
                            + " and cvrc get their correction only if this is set.");

    /** Means from quantiles. */
    public static final Param<Summaries> SUMMARIES = Param.choice(
                    "summaries", "Means from medians and quartiles or range", Summaries.NORMAL)
            .help("normal: formulas for normal data, with a test of skewness; qe: quantile estimation, by the normal,"
                    + " log-normal, gamma or Weibull distribution that fits best.");

    /** Rows with impossible numbers. */
    public static final Param<ReportParams.Invalid> INVALID = ReportParams.INVALID;

    /** The arm that others are set against. */
    public static final Param<String> REFERENCE = Param.text("reference", "Reference arm", "")
            .help(
                    "For tables with a row per arm: the arm that all others are compared with. Unless set, an arm whose name"
                            + " says so (control, placebo …).");

    /** Several arms against one control. */
    public static final Param<SharedControl> SHARED_CONTROL = Param.choice(
                    "shared-control", "Control arm of several comparisons", SharedControl.KEEP)
            .help(
                    "For tables with a row per arm, and for reported hazard ratios with the events of the control. keep: each"
                            + " comparison has the whole control arm, with a warning; split: its numbers are divided by"
                            + " the number of comparisons.");

    private RawParams() {}

    /** Returns the options about zero cells, invalid rows and arms, in the order in which a form shows them. */
    public static List<Param<?>> counts() {
        return List.of(ADD, TO, ADD_BY, DROP00, INVALID, REFERENCE, SHARED_CONTROL);
    }

    /** Returns all options except the measure. */
    public static List<Param<?>> all() {
        return List.of(ADD, TO, ADD_BY, DROP00, VTYPE, CORRECT, SUMMARIES, INVALID, REFERENCE, SHARED_CONTROL);
    }

    /** Returns the treatment of zero cells that the options ask for. */
    public static ZeroCells zeroCells(Inputs in, EffectMeasure<?> measure) {
        boolean without = ConventionInputs.addsNothing(in, measure.code());
        double add = in.isSet(ADD) ? in.get(ADD) : without ? 0 : measure.usualAdd();
        boolean drop = switch (in.get(DROP00)) {
            case AUTO -> measure.ignoresDoubleZeros();
            case TRUE -> true;
            case FALSE -> without && !in.isSet(DROP00);
        };
        return new ZeroCells(add, in.get(TO), in.get(ADD_BY), drop);
    }

    /** Returns a token as users type it. */
    static String token(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

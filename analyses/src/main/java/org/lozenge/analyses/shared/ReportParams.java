package org.lozenge.analyses.shared;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.stats.survival.Contrast;
import org.lozenge.stats.survival.ReportReader;
import org.lozenge.stats.survival.RouteChooser;
import org.lozenge.stats.survival.Sides;

/** The options with which reports are read and routes chosen. */
public final class ReportParams {

    /** What to do with rows whose numbers cannot be right. */
    public enum Invalid {
        /** Name all of them and stop. */
        REJECT,
        /** Name them, leave them out and go on. */
        SKIP
    }

    /** Level of printed intervals whose row states none. */
    public static final Param<Double> CI_LEVEL = Param.number("ci-level", "Level of printed intervals", 0.95)
            .min(0.5)
            .check(level -> level < 1, "must be below 1; write 0.95 for a 95% interval")
            .help("Used for rows that do not state the level of their interval.");

    /** Sidedness of P values whose row states none. */
    public static final Param<Sides> P_SIDED = Param.choice("p-sided", "Sidedness of printed P values", Sides.TWO)
            .help("Used for rows that do not state the sidedness of their P value.");

    /** Direction of the printed ratios. */
    public static final Param<Contrast> DIRECTION = Param.choice(
                    "direction", "Direction of the printed ratios", Contrast.TREATMENT_CONTROL)
            .help("What hr, its limits and o_minus_e compare, for rows that do not state it; results are always "
                    + "treatment over control.");

    /** Routes to prefer. */
    public static final Param<String> PRECEDENCE = Param.text("precedence", "Routes to prefer", "")
            .suggest("T4,T10,T7")
            .help("Codes separated by commas, best first; all others follow in the standard order.");

    /** Whether a bound may be used. */
    public static final Param<Boolean> ACCEPT_BOUNDS = Param.flag("accept-bounds", "Use bounds", false)
            .help("Whether a standard error that is only the largest the report allows (from P < 0.001) may be used "
                    + "when there is nothing better.");

    /** Which arm of the survival curves is the control. */
    public static final Param<String> CONTROL_ARM = Param.text("control-arm", "Control arm of survival curves", "")
            .help(
                    "Name of the control arm in column arm, where it is not called control, placebo or observation; several"
                            + " names with commas.");

    /** What to do with rows whose numbers cannot be right. */
    public static final Param<Invalid> INVALID = Param.choice("invalid", "Rows with impossible numbers", Invalid.REJECT)
            .help("Reject the table, or skip such rows with a warning.");

    private ReportParams() {}

    /** Returns all options, in the order in which a form shows them. */
    public static List<Param<?>> all() {
        return List.of(CI_LEVEL, P_SIDED, DIRECTION, PRECEDENCE, ACCEPT_BOUNDS, CONTROL_ARM, INVALID);
    }

    /** Returns the reader that the options ask for. */
    static ReportReader reader(Inputs in) {
        return new ReportReader(in.get(CI_LEVEL), in.get(P_SIDED), in.get(DIRECTION));
    }

    /**
     * Returns the chooser that the options ask for.
     *
     * @throws AnalysisException with code {@code param-value} if {@link #PRECEDENCE} names something that is no route
     */
    static RouteChooser chooser(Inputs in) {
        List<String> codes = Arrays.stream(in.get(PRECEDENCE).split("[,;\\s]+"))
                .filter(code -> !code.isEmpty())
                .map(code -> code.toUpperCase(Locale.ROOT))
                .toList();
        try {
            return new RouteChooser(codes, in.get(ACCEPT_BOUNDS));
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("param-value", "Option 'precedence': " + e.getMessage() + ".");
        }
    }
}

package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.survival.ReportField;

/** The roles through which a table may hold effects, or the numbers they follow from, and what the effects measure. */
final class EffectRoles {

    /** The measure that is told from the columns. */
    static final String AUTO = "auto";

    /** What the effects measure. */
    static final Param<String> MEASURE = Param.text("measure", "Effect measure", AUTO)
            .suggest(codes())
            .check(EffectRoles::isMeasure, "must be one of " + String.join(", ", codes()))
            .help("metafor's codes in lower case, hr and generic. A measure that is named is computed from raw numbers"
                    + " where the table has them. auto goes by the names of columns of effects (hr, or, lnhr …); without"
                    + " such columns it takes or, irr, md, mc, zcor, plo, irln, mn or abt, whichever the raw numbers allow"
                    + " first, and says so. Ratios are analysed on the log scale and shown on their own.");

    static final Role STUDY = RawRoles.STUDY;
    /** Also by the names of differences and correlations, which say the measure. */
    static final Role EFFECT = Roles.EFFECT
            .sparse()
            .aka("md", "mean_diff", "mean_difference", "smd", "hedges_g", "rd", "risk_difference", "zcor", "fisher_z")
            .aka("log_irr", "ln_irr", "log_rom", "ln_rom");

    static final Role SE = Roles.SE.sparse();
    static final Role VARIANCE = Roles.VARIANCE.sparse();

    /** The effect as the tables of results name it; there, {@code effect} is on the reader's scale. */
    static final Role Y = Role.number("y", "Effect on the analysis scale, in tables of results")
            .sparse();

    /** A ratio that is no hazard ratio; those have the role {@code hr}. */
    static final Role RATIO = RawRoles.named("ratio");

    static final Role HR = ReportRoles.of(ReportField.HR);
    static final Role CI_LOW = ReportRoles.of(ReportField.CI_LOW);
    static final Role CI_HIGH = ReportRoles.of(ReportField.CI_HIGH);
    static final Role CI_LEVEL = ReportRoles.of(ReportField.CI_LEVEL);
    static final Role O_MINUS_E = ReportRoles.of(ReportField.O_MINUS_E);
    static final Role V = ReportRoles.of(ReportField.V);
    static final Role P = ReportRoles.of(ReportField.P);

    private EffectRoles() {}

    private static String[] codes() {
        List<String> codes = new ArrayList<>(List.of(AUTO));
        codes.addAll(Measure.codes());
        return codes.toArray(String[]::new);
    }

    private static boolean isMeasure(String code) {
        if (isAuto(code)) {
            return true;
        }
        try {
            return !Measure.of(code).token().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean isAuto(String code) {
        return code.strip().equalsIgnoreCase(AUTO);
    }

    /** Every role once: effects, reports of hazard ratios, raw numbers. */
    static Role[] roles() {
        Map<String, Role> roles = new LinkedHashMap<>();
        List.of(STUDY, EFFECT, Y, SE, VARIANCE, RATIO).forEach(role -> roles.put(role.name(), role));
        ReportRoles.all().forEach(role -> roles.put(role.name(), role));
        roles.put(RawRoles.ARM.name(), RawRoles.ARM);
        // The role of raw numbers knows the names in reports as well.
        roles.putAll(RawRoles.byName());
        roles.put(ReportRows.ENDPOINT.name(), ReportRows.ENDPOINT);
        return roles.values().toArray(Role[]::new);
    }

    /** Whether columns hold effects with something that tells their precision. */
    static boolean hasEffects(Inputs in) {
        boolean effects = in.has(EFFECT) || in.has(Y);
        boolean ratios = in.has(HR) || in.has(RATIO);
        boolean interval = in.has(CI_LOW) && in.has(CI_HIGH);
        boolean error = in.has(SE) || in.has(VARIANCE) || in.has(V);
        return (effects && (error || interval || in.has(P)))
                || (ratios && (interval || in.has(P)))
                || (in.has(O_MINUS_E) && in.has(V))
                || (in.has(CurveRoles.ARM) && in.has(CurveRoles.SURVIVAL));
    }

    /**
     * Returns the measure of effects that the table states.
     *
     * @throws AnalysisException with code {@code unmapped-role} if no column holds effects, with code
     *     {@code measure-mismatch} if only ratios are there but the measure is none
     */
    static Measure measure(Inputs in) {
        String code = in.get(MEASURE);
        Optional<Measure> chosen = isAuto(code) ? Optional.empty() : Optional.of(Measure.of(code));
        boolean effects = in.has(EFFECT) || in.has(Y);
        boolean ratios = in.has(HR) || in.has(RATIO);
        boolean events = in.has(O_MINUS_E) && in.has(V);
        boolean reports = chosen.filter(Measure.HR::equals).isPresent() && hasReports(in);
        boolean curves = in.has(CurveRoles.ARM) && in.has(CurveRoles.SURVIVAL);
        if (!effects && !ratios && !events && !curves && !reports) {
            throw new AnalysisException("unmapped-role", noEffects(in, chosen));
        }
        if (chosen.isEmpty()) {
            return guess(in);
        }
        Measure measure = chosen.get();
        if (ratios && !effects && measure.equals(Measure.GENERIC)) {
            return Measure.RATIO;
        }
        if (ratios && !effects && !measure.isRatio()) {
            Role role = in.has(HR) ? HR : RATIO;
            throw new AnalysisException(
                    "measure-mismatch",
                    in.source() + ": column '" + in.columns(role).get(0) + "' holds ratios (role '" + role.name()
                            + "'), but option 'measure' is " + measure.token()
                            + ". Choose a ratio such as --measure or,"
                            + " or map the column with --map effect=COLUMN if it holds differences.");
        }
        return measure;
    }

    private static Measure guess(Inputs in) {
        if (in.has(HR)) {
            return Measure.HR;
        }
        if (in.has(RATIO)) {
            return named(in, RATIO).filter(Measure::isRatio).orElse(Measure.RATIO);
        }
        if (in.has(EFFECT) || in.has(Y)) {
            Optional<Measure> byError = in.has(SE) ? named(in, SE) : Optional.empty();
            Optional<Measure> byEffect = in.has(EFFECT) ? named(in, EFFECT) : Optional.empty();
            return byEffect.or(() -> byError).orElse(Measure.GENERIC);
        }
        return Measure.HR;
    }

    private static Optional<Measure> named(Inputs in, Role role) {
        return Measure.named(in.columns(role).get(0));
    }

    static boolean hasReports(Inputs in) {
        return ReportRoles.all().stream().anyMatch(in::has);
    }

    private static String noEffects(Inputs in, Optional<Measure> chosen) {
        boolean counts = in.has(ReportRoles.of(ReportField.EVENTS_T));
        return in.source() + " has no column of effects"
                + (chosen.isEmpty() ? ", and no raw numbers from which effects follow" : "")
                + ". Name or map effect with se, variance or ci_low and ci_high;"
                + " hr or ratio with ci_low and ci_high; or o_minus_e with v: for instance --map effect=COLUMN --map"
                + " se=COLUMN. Raw numbers are, for instance, events_t, n_t, events_c, n_c with --measure or."
                + (chosen.isEmpty() ? RawMeasure.almost(in).orElse("") : "")
                + (counts ? " P values and events give hazard ratios with --measure hr." : "");
    }
}

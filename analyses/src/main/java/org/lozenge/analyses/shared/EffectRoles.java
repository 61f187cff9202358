package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.survival.ReportField;

/** The roles through which a table may hold effects, and what the effects measure. */
final class EffectRoles {

    /** What the effects measure. */
    static final Param<Measure> MEASURE = Param.choice("measure", "Effect measure", Measure.AUTO)
            .help(
                    "auto goes by the names of the columns: hr, or, rr, lnhr …; else generic. Ratios are pooled on the log"
                            + " scale and shown on their own.");

    static final Role STUDY = Roles.STUDY.optional();
    static final Role EFFECT = Roles.EFFECT.sparse();
    static final Role SE = Roles.SE.sparse();
    static final Role VARIANCE = Roles.VARIANCE.sparse();

    /** The effect as the tables of results name it; there, {@code effect} is on the reader's scale. */
    static final Role Y = Role.number("y", "Effect on the analysis scale, in tables of results")
            .sparse();

    /** A ratio that is no hazard ratio; those have the role {@code hr}. */
    static final Role RATIO = Role.text("ratio", "Ratio on its natural scale, as printed")
            .sparse()
            .aka("or", "rr", "irr", "rom", "odds_ratio", "risk_ratio", "rate_ratio", "relative_risk");

    static final Role HR = ReportRoles.of(ReportField.HR);
    static final Role CI_LOW = ReportRoles.of(ReportField.CI_LOW);
    static final Role CI_HIGH = ReportRoles.of(ReportField.CI_HIGH);
    static final Role CI_LEVEL = ReportRoles.of(ReportField.CI_LEVEL);
    static final Role O_MINUS_E = ReportRoles.of(ReportField.O_MINUS_E);
    static final Role V = ReportRoles.of(ReportField.V);

    private EffectRoles() {}

    static Role[] roles() {
        List<Role> roles = new ArrayList<>(List.of(STUDY, EFFECT, Y, SE, VARIANCE, RATIO));
        roles.addAll(ReportRoles.all());
        roles.add(ReportRows.ENDPOINT);
        return roles.toArray(Role[]::new);
    }

    /**
     * Returns the measure that was chosen, or that the columns speak of.
     *
     * @throws AnalysisException with code {@code unmapped-role} if no column holds effects, with code
     *     {@code measure-mismatch} if only ratios are there but the measure is none
     */
    static Measure measure(Inputs in) {
        Measure chosen = in.get(MEASURE);
        boolean effects = in.has(EFFECT) || in.has(Y);
        boolean ratios = in.has(HR) || in.has(RATIO);
        boolean events = in.has(O_MINUS_E) && in.has(V);
        boolean curves = in.has(CurveRoles.ARM) && in.has(CurveRoles.SURVIVAL);
        if (!effects && !ratios && !events && !curves && !(chosen == Measure.HR && hasReports(in))) {
            throw new AnalysisException("unmapped-role", noEffects(in));
        }
        if (chosen == Measure.AUTO) {
            return guess(in);
        }
        if (ratios && !effects && chosen == Measure.GENERIC) {
            return Measure.RATIO;
        }
        if (ratios && !effects && !chosen.isRatio()) {
            Role role = in.has(HR) ? HR : RATIO;
            throw new AnalysisException(
                    "measure-mismatch",
                    in.source() + ": column '" + in.columns(role).get(0) + "' holds ratios (role '" + role.name()
                            + "'), but option 'measure' is " + chosen.token() + ". Choose a ratio such as --measure or,"
                            + " or map the column with --map effect=COLUMN if it holds differences.");
        }
        return chosen;
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

    private static String noEffects(Inputs in) {
        boolean counts = in.has(ReportRoles.of(ReportField.EVENTS_T));
        return in.source() + " has no column of effects. Name or map effect with se, variance or ci_low and ci_high;"
                + " hr or ratio with ci_low and ci_high; or o_minus_e with v: for instance --map effect=COLUMN --map"
                + " se=COLUMN."
                + (counts ? " P values and events give hazard ratios with --measure hr." : "");
    }
}

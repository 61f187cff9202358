package org.lozenge.plugin;

import static java.util.Map.entry;

import java.util.Map;

/** Headings and formats of the columns that all analyses name alike, so that each reads the same everywhere. */
final class StandardColumn {

    private static final Map<String, String> LABELS = Map.ofEntries(
            entry("se", "SE"),
            entry("v", "variance"),
            entry("p_value", "P"),
            entry("ci_lower", "CI lower"),
            entry("ci_upper", "CI upper"),
            entry("pi_lower", "PI lower"),
            entry("pi_upper", "PI upper"),
            entry("effect_lower", "lower"),
            entry("effect_upper", "upper"),
            entry("effect_pi_lower", "predicted from"),
            entry("effect_pi_upper", "to"),
            entry("q", "Q"),
            entry("q_p", "P of Q"),
            entry("tau2", "τ²"),
            entry("tau2_se", "SE of τ²"),
            entry("tau2_lower", "τ² lower"),
            entry("tau2_upper", "τ² upper"),
            entry("tau2_method", "τ² by"),
            entry("tau", "τ"),
            entry("i2", "I²"),
            entry("i2_lower", "I² lower"),
            entry("i2_upper", "I² upper"),
            entry("h2", "H²"),
            entry("h2_lower", "H² lower"),
            entry("h2_upper", "H² upper"),
            entry("r2", "R²"),
            entry("vif", "VIF"),
            entry("rho", "ρ"),
            entry("blup", "BLUP"),
            entry("blup_se", "SE of BLUP"),
            entry("weight_common", "weight, common"),
            entry("weight_random", "weight, random"),
            entry("log_likelihood", "log-likelihood"),
            entry("aic", "AIC"),
            entry("aicc", "AICc"),
            entry("bic", "BIC"));

    private static final Map<String, Format> FORMATS = Map.ofEntries(
            entry("k", Format.INTEGER),
            entry("p_value", Format.P_VALUE),
            entry("q_p", Format.P_VALUE),
            entry("i2", Format.PERCENT),
            entry("i2_lower", Format.PERCENT),
            entry("i2_upper", Format.PERCENT),
            entry("r2", Format.PERCENT),
            entry("weight", Format.PERCENT),
            entry("weight_common", Format.PERCENT),
            entry("weight_random", Format.PERCENT));

    private StandardColumn() {}

    /** Returns the heading of a column; its name if it is none of the standard ones. */
    static String label(String name) {
        return LABELS.getOrDefault(name, name);
    }

    /** Returns how the numbers of a column read best. */
    static Format format(String name) {
        return FORMATS.getOrDefault(name, Format.GENERAL);
    }
}

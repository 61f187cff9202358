package org.lozenge.analyses.effectsize;

import java.util.List;
import java.util.Map;
import org.lozenge.analyses.shared.RawParams;
import org.lozenge.analyses.shared.RawRoles;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.EffectMeasures;

/** The options of the analysis {@code effect-size}. */
final class EffectSizeOptions {

    static final String AUTO = "auto";

    static final Param<String> MEASURE = Param.text("measure", "Effect measure", AUTO)
            .suggest(EffectMeasures.codes().toArray(String[]::new))
            .check(EffectSizeOptions::isMeasure, "must be one of auto, " + String.join(", ", EffectMeasures.codes()))
            .help(
                    "metafor's codes in lower case. auto takes or, irr, md, zcor, plo, irln, mn, mc, abt or generic, whichever"
                            + " the columns allow first, and says so.");

    static final Param<Converter.Target> CONVERT = Param.choice(
                    "convert", "Convert into another measure", Converter.Target.NONE)
            .help(
                    "or, smd, cor, zcor or cles: log odds ratios, standardised differences and correlations into one another,"
                            + " with variances by the delta method.");

    static final Param<Double> LEVEL = Param.number("level", "Confidence level", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded; write 0.95 for 95%");

    static final Param<Boolean> CARRY = Param.flag("carry", "Carry other columns along", true)
            .help("All columns of the table are appended to the table of effects.");

    /** The first of these whose columns are mapped is what auto takes. */
    private static final Map<String, List<String>> AUTOMATIC = Map.ofEntries(
            Map.entry("or", List.of("events_t", "n_t", "events_c", "n_c")),
            Map.entry("or-cells", List.of("events_t", "b", "events_c", "d")),
            Map.entry("or-abcd", List.of("a", "b", "c", "d")),
            Map.entry("irr", List.of("events_t", "time_t", "events_c", "time_c")),
            Map.entry("md", List.of("mean_t", "sd_t", "n_t", "mean_c", "sd_c", "n_c")),
            Map.entry("mc", List.of("mean_pre", "sd_pre", "mean_post", "sd_post", "r", "n")),
            Map.entry("zcor", List.of("r", "n")),
            Map.entry("plo", List.of("events", "n")),
            Map.entry("irln", List.of("events", "time")),
            Map.entry("mn", List.of("mean", "sd", "n")),
            Map.entry("abt", List.of("alpha", "m", "n")));

    private static final List<String> ORDER =
            List.of("or", "or-cells", "or-abcd", "irr", "md", "mc", "zcor", "plo", "irln", "mn", "abt");

    private EffectSizeOptions() {}

    private static boolean isMeasure(String code) {
        if (code.strip().equalsIgnoreCase(AUTO)) {
            return true;
        }
        try {
            return !EffectMeasures.of(code).code().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The measure that the options ask for, or the columns allow. */
    static EffectMeasure<?> measure(Inputs in, RunContext context) {
        String code = in.get(MEASURE).strip();
        if (code.equalsIgnoreCase(AUTO)) {
            code = automatic(in);
            context.info(
                    "measure-chosen",
                    in.source() + ": the columns allow measure '" + code
                            + "', which was taken. Choose with --measure.");
        }
        try {
            return EffectMeasures.of(code, in.get(RawParams.VTYPE).type(), in.get(RawParams.CORRECT));
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("param-value", "Option 'vtype': " + e.getMessage() + ".");
        }
    }

    private static String automatic(Inputs in) {
        return ORDER.stream()
                .filter(key ->
                        AUTOMATIC.getOrDefault(key, List.of()).stream().allMatch(role -> in.has(RawRoles.named(role))))
                .map(key -> key.startsWith("or-") ? "or" : key)
                .findFirst()
                .orElse(in.has(RawRoles.ARM) && hasMeans(in) ? "md" : "generic");
    }

    private static boolean hasMeans(Inputs in) {
        return in.has(RawRoles.named("mean")) && in.has(RawRoles.named("n"));
    }
}

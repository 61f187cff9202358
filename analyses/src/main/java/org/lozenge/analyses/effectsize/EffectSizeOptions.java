package org.lozenge.analyses.effectsize;

import org.lozenge.plugin.Param;

/** The options of the analysis {@code effect-size}. */
final class EffectSizeOptions {

    static final Param<Converter.Target> CONVERT = Param.choice(
                    "convert", "Convert into another measure", Converter.Target.NONE)
            .help(
                    "or, smd, cor, zcor or cles: log odds ratios, standardised differences and correlations into one another,"
                            + " with variances by the delta method.");

    static final Param<Double> LEVEL = Param.number("level", "Confidence level", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded; write 0.95 for 95%");

    static final Param<Boolean> CARRY = Param.flag("carry", "Carry other columns along", true)
            .help("All columns of the table are appended to the table of effects.");

    private EffectSizeOptions() {}
}

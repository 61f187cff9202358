package org.lozenge.stats.effect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The measures by code. The codes are those of metafor in lower case. */
public final class EffectMeasures {

    private static final List<String> CODES = List.of(
            "or", "rr", "rd", "as", "peto", "phi", "zphi", "yuq", "yuy", "rtet", "ztet", "pbit", "or2dn", "or2dl",
            "mprr", "mpor", "mprd", "mporc", "mppeto", "mporm", "irr", "ird", "irsd", "md", "smd", "smd1", "smdh",
            "smd1h", "rom", "vr", "cvr", "cles", "d2orn", "d2orl", "rpb", "rbis", "zpb", "zbis", "mc", "smcc", "smcr",
            "smcrh", "romc", "vrc", "cvrc", "cor", "ucor", "zcor", "pcor", "zpcor", "spcor", "zspcor", "r2", "zr2",
            "pr", "pln", "plo", "prz", "pas", "pft", "ir", "irln", "irs", "irft", "mn", "mnln", "smn", "sdln", "cvln",
            "araw", "ahw", "abt", "reh", "hr", "generic");

    private EffectMeasures() {}

    /**
     * Returns the codes of all measures.
     *
     * @return codes in lower case, related ones together
     */
    public static List<String> codes() {
        return CODES;
    }

    /**
     * Returns a measure with its usual variance and {@linkplain #usualCorrection its usual correction}.
     *
     * @param code the code, in any case; metafor's {@code or2d} and {@code d2or} stand for their logistic versions
     * @return the measure
     * @throws IllegalArgumentException if there is no such measure; the message lists all
     */
    public static EffectMeasure<?> of(String code) {
        return of(code, Optional.empty(), usualCorrection(code));
    }

    /**
     * Returns a measure.
     *
     * @param code the code, in any case
     * @param variance which formula gives the variance; empty for the usual one
     * @param bias the correction for small samples; passed over by measures that have none
     * @return the measure
     * @throws IllegalArgumentException if there is no such measure, or it has no such variance; the message lists what
     *     there is
     */
    public static EffectMeasure<?> of(String code, Optional<VarianceType> variance, BiasCorrection bias) {
        String key = canonical(code);
        variance.ifPresent(type -> requireVariance(key, type));
        return switch (key) {
            case "or" -> new LogOddsRatio();
            case "rr" -> new LogRiskRatio();
            case "rd" -> new RiskDifference(type(variance, VarianceType.LS));
            case "as" -> new ArcsineDifference();
            case "peto" -> new PetoLogOddsRatio();
            case "phi" -> new PhiCoefficient(type(variance, VarianceType.CS));
            case "zphi" -> new FisherZPhi(type(variance, VarianceType.CS));
            case "yuq" -> new YuleQ();
            case "yuy" -> new YuleY();
            case "rtet" -> new TetrachoricCorrelation();
            case "ztet" -> new FisherZTetrachoric();
            case "pbit" -> new ProbitDifference();
            case "or2dn" -> new OddsRatioToDNormal();
            case "or2dl" -> new OddsRatioToDLogistic();
            case "mprr" -> new MatchedLogRiskRatio();
            case "mpor" -> new MatchedLogOddsRatio();
            case "mprd" -> new MatchedRiskDifference();
            case "mporc" -> new MatchedConditionalLogOddsRatio();
            case "mppeto" -> new MatchedPetoLogOddsRatio();
            case "mporm" -> new MatchedLogOddsRatioFromMargins();
            case "irr" -> new LogIncidenceRateRatio();
            case "ird" -> new IncidenceRateDifference();
            case "irsd" -> new SquareRootRateDifference();
            case "md" -> new MeanDifference(type(variance, VarianceType.LS));
            case "smd" -> new HedgesG(type(variance, VarianceType.LS), bias);
            case "smd1" -> new GlassDelta(type(variance, VarianceType.LS), bias);
            case "smdh" -> new StandardisedDifferenceUnequal(bias);
            case "smd1h" -> new GlassDeltaUnequal(bias);
            case "rom" -> new LogRatioOfMeans(type(variance, VarianceType.LS), bias);
            case "vr" -> new LogVariabilityRatio(bias);
            case "cvr" -> new LogCoefficientOfVariationRatio(bias);
            case "cles" -> new CommonLanguageEffect(type(variance, VarianceType.LS));
            case "d2orn" -> new DToOddsRatioNormal();
            case "d2orl" -> new DToOddsRatioLogistic();
            case "rpb" -> new PointBiserialCorrelation(type(variance, VarianceType.ST));
            case "rbis" -> new BiserialCorrelation();
            case "zpb" -> new FisherZPointBiserial(type(variance, VarianceType.ST));
            case "zbis" -> new FisherZBiserial();
            case "mc" -> new MeanChange();
            case "smcc" -> new StandardisedMeanChange(type(variance, VarianceType.LS), bias);
            case "smcr" -> new StandardisedMeanChangeRaw(type(variance, VarianceType.LS), bias);
            case "smcrh" -> new StandardisedMeanChangeUnequal(bias);
            case "romc" -> new LogRatioOfMeansChange(bias);
            case "vrc" -> new LogVariabilityRatioChange();
            case "cvrc" -> new LogCoefficientOfVariationRatioChange(bias);
            case "cor" -> new RawCorrelation(type(variance, VarianceType.LS));
            case "ucor" -> new UnbiasedCorrelation(type(variance, VarianceType.LS));
            case "zcor" -> new FisherZ();
            case "pcor" -> new PartialCorrelationCoefficient(type(variance, VarianceType.LS));
            case "zpcor" -> new FisherZPartial();
            case "spcor" -> new SemiPartialCorrelationCoefficient(type(variance, VarianceType.LS));
            case "zspcor" -> new FisherZSemiPartial();
            case "r2" -> new DeterminationCoefficient(type(variance, VarianceType.LS));
            case "zr2" -> new FisherZDetermination();
            case "pr" -> new RawProportion(type(variance, VarianceType.LS));
            case "pln" -> new LogProportion(type(variance, VarianceType.LS));
            case "plo" -> new LogitProportion(type(variance, VarianceType.LS));
            case "prz" -> new ProbitProportion();
            case "pas" -> new ArcsineProportion();
            case "pft" -> new FreemanTukeyProportion();
            case "ir" -> new IncidenceRate();
            case "irln" -> new LogIncidenceRate();
            case "irs" -> new SquareRootRate();
            case "irft" -> new FreemanTukeyRate();
            case "mn" -> new RawMean();
            case "mnln" -> new LogMean();
            case "smn" -> new StandardisedMean(bias);
            case "sdln" -> new LogStandardDeviation(bias);
            case "cvln" -> new LogCoefficientOfVariation(bias);
            case "araw" -> new RawAlpha();
            case "ahw" -> new HakstianWhalenAlpha();
            case "abt" -> new BonettAlpha();
            case "reh" -> new RelativeExcessHeterozygosity();
            case "hr" -> new LogHazardRatio();
            case "generic" -> new GenericEffect();
            default ->
                throw new IllegalArgumentException(
                        "There is no measure '" + code + "'; the measures are " + String.join(", ", CODES));
        };
    }

    /**
     * Returns the correction for small samples that published results of a measure have.
     *
     * @param code the code of a measure, in any case
     * @return the exact one, for standardised differences; none for ratios of means and the ratio of coefficients of
     *     variation of pairs, whose correction is younger than most of their uses
     */
    public static BiasCorrection usualCorrection(String code) {
        return switch (canonical(code)) {
            case "rom", "romc", "cvrc" -> BiasCorrection.NONE;
            default -> BiasCorrection.EXACT;
        };
    }

    /**
     * Returns the variance types of a measure.
     *
     * @param code the code of a measure, in any case
     * @return the types, the usual one first; {@code LS} alone for a measure without a choice
     */
    public static List<VarianceType> varianceTypes(String code) {
        return switch (canonical(code)) {
            case "rd" -> List.of(VarianceType.LS, VarianceType.UB, VarianceType.AV);
            case "phi" -> List.of(VarianceType.CS, VarianceType.ST);
            case "zphi" -> List.of(VarianceType.CS, VarianceType.ST);
            case "md" -> List.of(VarianceType.LS, VarianceType.HO);
            case "smd" -> List.of(VarianceType.LS, VarianceType.LS2, VarianceType.UB, VarianceType.AV, VarianceType.RM);
            case "smd1" -> List.of(VarianceType.LS, VarianceType.LS2, VarianceType.UB, VarianceType.AV);
            case "rom" -> List.of(VarianceType.LS, VarianceType.HO, VarianceType.AV, VarianceType.AVHO);
            case "cles" -> List.of(VarianceType.LS, VarianceType.HO);
            case "smcc" -> List.of(VarianceType.LS, VarianceType.LS2);
            case "smcr" -> List.of(VarianceType.LS, VarianceType.LS2);
            case "rpb" -> List.of(VarianceType.ST, VarianceType.CS);
            case "zpb" -> List.of(VarianceType.ST, VarianceType.CS);
            case "cor" -> List.of(VarianceType.LS, VarianceType.AV);
            case "ucor" -> List.of(VarianceType.LS, VarianceType.UB, VarianceType.AV);
            case "pcor" -> List.of(VarianceType.LS, VarianceType.AV);
            case "spcor" -> List.of(VarianceType.LS, VarianceType.AV);
            case "r2" -> List.of(VarianceType.LS, VarianceType.LS2, VarianceType.AV);
            case "pr" -> List.of(VarianceType.LS, VarianceType.UB, VarianceType.AV);
            case "pln" -> List.of(VarianceType.LS, VarianceType.AV);
            case "plo" -> List.of(VarianceType.LS, VarianceType.AV);
            default -> List.of(VarianceType.LS);
        };
    }

    /** Like metafor, LS stands for CS where the measure is phi, for ST where it is the point-biserial correlation. */
    private static VarianceType type(Optional<VarianceType> variance, VarianceType usual) {
        VarianceType type = variance.orElse(usual);
        return type == VarianceType.LS ? usual : type;
    }

    private static void requireVariance(String code, VarianceType type) {
        if (CODES.contains(code) && type != VarianceType.LS) {
            type.require(code, varianceTypes(code).toArray(VarianceType[]::new));
        }
    }

    private static String canonical(String code) {
        return switch (code.strip().toLowerCase(Locale.ROOT)) {
            case "or2d" -> "or2dl";
            case "d2or" -> "d2orl";
            case "clesn" -> "cles";
            case "gen" -> "generic";
            default -> code.strip().toLowerCase(Locale.ROOT);
        };
    }
}

package org.lozenge.analyses.effectsize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.RawStudies;
import org.lozenge.analyses.shared.StudyEffect;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.effect.BackTransform;
import org.lozenge.stats.effect.Effect;
import org.lozenge.stats.effect.EffectConversion;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.TwoMeans;

/** Converts the effects of a measure into another one, by way of the standardised mean difference. */
final class Converter {

    /** What effects are converted into. */
    enum Target {
        /** Nothing: the measure itself. */
        NONE,
        /** Log odds ratio. */
        OR,
        /** Standardised mean difference. */
        SMD,
        /** Correlation. */
        COR,
        /** Fisher's z. */
        ZCOR,
        /** Common language effect size. */
        CLES
    }

    /** What a measure is, as far as conversions go. */
    private enum Kind {
        LOG_ODDS,
        DIFFERENCE,
        CORRELATION,
        FISHER_Z,
        OTHER
    }

    /** (n₁+n₂)²/(n₁n₂) of groups of equal size. */
    private static final double EQUAL_GROUPS = 4;

    private Converter() {}

    static Shown convert(Inputs in, RunContext context, StudyInput studies) {
        Measure measure = studies.measure();
        Target target = in.get(EffectSizeOptions.CONVERT);
        if (target == Target.NONE) {
            return new Shown(
                    measure.token(),
                    studies.computed().map(EffectMeasure::label).orElse(logLabel(measure)),
                    measure.label(),
                    measure.backTransform(),
                    measure.reference(),
                    studies.studies(),
                    studies.excluded());
        }
        Kind kind = kind(measure.token());
        if (kind == Kind.OTHER) {
            throw new AnalysisException(
                    "no-conversion",
                    "Measure '" + measure.token() + "' cannot be converted." + instead(measure.token())
                            + " Measures that can: or, peto, mpor, mporc, d2orn,"
                            + " d2orl; smd, smdh, smd1, smd1h, pbit, or2dn, or2dl; cor, ucor, phi, rtet, rpb, rbis; zcor.");
        }
        Map<Integer, Double> shapes = shapes(studies);
        int assumed = 0;
        List<StudyEffect> converted = new ArrayList<>();
        List<RawStudies.Excluded> excluded = new ArrayList<>(studies.excluded());
        BackTransform back = backTransform(target);
        for (StudyEffect effect : studies.studies()) {
            double h = shapes.getOrDefault(effect.index(), EQUAL_GROUPS);
            assumed += shapes.containsKey(effect.index()) ? 0 : 1;
            try {
                converted.add(converted(effect, convert(kind, target, new Effect(effect.y(), effect.v()), h), back));
            } catch (NotEstimableException e) {
                excluded.add(excluded(in, context, effect, e));
            }
        }
        if (converted.isEmpty()) {
            throw new AnalysisException(
                    "no-usable-studies", in.source() + ": no effect can be converted; the warnings say why.");
        }
        if (assumed > 0 && crossesCorrelation(kind, target)) {
            context.info(
                    "groups-assumed-equal",
                    in.source() + ": for " + assumed + (assumed == 1 ? " study" : " studies")
                            + " the conversion takes groups of equal size, since their sizes are not known.");
        }
        excluded.sort(Comparator.comparingInt(RawStudies.Excluded::row));
        return shown(target, back, converted, excluded);
    }

    private static StudyEffect converted(StudyEffect from, Effect to, BackTransform back) {
        return new StudyEffect(
                from.index(), from.row(), from.study(), to.y(), to.v(), from.n(), back, from.corrected());
    }

    private static RawStudies.Excluded excluded(
            Inputs in, RunContext context, StudyEffect effect, NotEstimableException e) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        context.report(Message.warning(
                        "not-estimable",
                        in.source() + ", row " + effect.row() + " (" + effect.study() + "): left out. " + reason)
                .at(effect.row()));
        return new RawStudies.Excluded(effect.row(), effect.study(), "not-estimable", reason);
    }

    /** A measure of the same columns that can be converted. */
    private static String instead(String code) {
        return switch (code) {
            case "md", "rom", "cles", "vr", "cvr" -> " From the same columns --measure smd can.";
            case "rd", "rr", "as", "yuq", "yuy" -> " From the same columns --measure or can.";
            default -> "";
        };
    }

    private static boolean crossesCorrelation(Kind kind, Target target) {
        boolean from = kind == Kind.CORRELATION || kind == Kind.FISHER_Z;
        boolean to = target == Target.COR || target == Target.ZCOR;
        return from != to;
    }

    private static Kind kind(String code) {
        return switch (code) {
            case "or", "peto", "mpor", "mporc", "mppeto", "mporm", "d2orn", "d2orl" -> Kind.LOG_ODDS;
            case "smd", "smdh", "smd1", "smd1h", "pbit", "or2dn", "or2dl" -> Kind.DIFFERENCE;
            case "cor", "ucor", "phi", "rtet", "rpb", "rbis" -> Kind.CORRELATION;
            case "zcor", "zphi", "ztet", "zpb", "zbis" -> Kind.FISHER_Z;
            default -> Kind.OTHER;
        };
    }

    private static String logLabel(Measure measure) {
        String label = measure.label().toLowerCase(Locale.ROOT);
        return measure.isRatio() ? "log " + label : label;
    }

    /** The shape of each study whose groups are known, by index. */
    private static Map<Integer, Double> shapes(StudyInput studies) {
        List<Optional<TwoMeans>> means = studies.counted(TwoMeans.class);
        List<Optional<TwoByTwo>> tables = studies.counted(TwoByTwo.class);
        Map<Integer, Double> shapes = new HashMap<>();
        for (int i = 0; i < studies.studies().size(); i++) {
            int index = studies.studies().get(i).index();
            means.get(i).ifPresent(m -> shapes.put(index, EffectConversion.shape(m.n1(), m.n2())));
            tables.get(i).ifPresent(t -> shapes.put(index, EffectConversion.shape(t.n1(), t.n2())));
        }
        return shapes;
    }

    /** From a measure to itself nothing is computed, so that no digit is lost. */
    private static Effect convert(Kind kind, Target target, Effect effect, double h) {
        boolean same = (kind == Kind.LOG_ODDS && target == Target.OR)
                || (kind == Kind.CORRELATION && target == Target.COR)
                || (kind == Kind.FISHER_Z && target == Target.ZCOR);
        return same ? effect : fromDifference(target, toDifference(kind, effect, h), h);
    }

    private static Effect toDifference(Kind kind, Effect effect, double h) {
        return switch (kind) {
            case LOG_ODDS -> EffectConversion.logOddsRatioToD(effect);
            case DIFFERENCE, OTHER -> effect;
            case CORRELATION -> EffectConversion.correlationToD(effect, h);
            case FISHER_Z -> EffectConversion.fisherZToD(effect, h);
        };
    }

    private static Effect fromDifference(Target target, Effect d, double h) {
        return switch (target) {
            case OR -> EffectConversion.dToLogOddsRatio(d);
            case SMD, NONE -> d;
            case COR -> EffectConversion.dToCorrelation(d, h);
            case ZCOR -> EffectConversion.dToFisherZ(d, h);
            case CLES -> EffectConversion.dToCommonLanguage(d);
        };
    }

    private static BackTransform backTransform(Target target) {
        return switch (target) {
            case OR -> BackTransform.exp();
            case ZCOR -> BackTransform.tanh();
            case SMD, COR, CLES, NONE -> BackTransform.identity();
        };
    }

    private static Shown shown(
            Target target, BackTransform back, List<StudyEffect> effects, List<RawStudies.Excluded> excluded) {
        String difference = "standardised mean difference";
        return switch (target) {
            case OR -> new Shown("or", "log odds ratio", "Odds ratio", back, 1, effects, excluded);
            case COR -> new Shown("cor", "correlation", "Correlation", back, 0, effects, excluded);
            case ZCOR -> new Shown("zcor", "Fisher z", "Correlation", back, 0, effects, excluded);
            case CLES ->
                new Shown(
                        "cles",
                        "common language effect size",
                        "Probability of superiority",
                        back,
                        0.5,
                        effects,
                        excluded);
            case SMD, NONE -> new Shown("smd", difference, "Standardised mean difference", back, 0, effects, excluded);
        };
    }
}

package org.lozenge.analyses.smallstudy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.BiasFunnel;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.bias.BeggTest;
import org.lozenge.stats.bias.CountTests;
import org.lozenge.stats.bias.FunnelRegression;
import org.lozenge.stats.bias.LimitMetaAnalysis;
import org.lozenge.stats.bias.PetPeese;
import org.lozenge.stats.bias.TwoArmCounts;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.TwoMeans;
import org.lozenge.stats.model.CommonEffectModel;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Tests of funnel plot asymmetry and estimates in the limit of infinitely large studies.
 *
 * <p>The result has the table {@code tests} and the figure {@code funnel}.
 */
public final class SmallStudyAnalysis implements Analysis {

    private static final int FEW = 10;

    /** Standard errors that differ less than this factor hardly tell small studies from large ones. */
    private static final double NARROW = 1.5;

    private static final Role GROUP = Role.category("group", "Group of the study, marked in the funnel plot")
            .sparse()
            .aka("subgroup");

    private static final Param<Boolean> CONTOURS =
            Param.flag("contours", "Zones of the P value in the funnel plot", true);

    /** The analysis has no state. */
    public SmallStudyAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("small-study", "Small-study effects")
                .summary(
                        "Do small studies show other effects than large ones? Egger, Begg, Harbord, Peters, Deeks and other"
                                + " tests, PET-PEESE, limit meta-analysis, and a contour-enhanced funnel plot.")
                .roles(StudyInput.roles())
                .roles(GROUP)
                .params(StudyInput.MEASURE, PoolingParams.TAU2, PoolingParams.LEVEL, CONTOURS)
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Egger M and others. BMJ 1997;315:629-634. https://doi.org/10.1136/bmj.315.7109.629",
                        "Sterne JAC and others. BMJ 2011;343:d4002. https://doi.org/10.1136/bmj.d4002",
                        "Begg CB, Mazumdar M. Biometrics 1994;50:1088-1101. https://doi.org/10.2307/2533446",
                        "Stanley TD, Doucouliagos H. Res Synth Methods 2014;5:60-78. https://doi.org/10.1002/jrsm.1095",
                        "Rücker G and others. Biostatistics 2011;12:122-142. https://doi.org/10.1093/biostatistics/kxq046");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        EffectSizes effects = studies.effects();
        int k = effects.k();
        if (k < 3) {
            throw new AnalysisException(
                    "too-few-studies",
                    in.source() + ": tests of small-study effects need at least 3 studies, but there "
                            + (k == 1 ? "is 1." : "are " + k + "."));
        }
        double level = in.get(PoolingParams.LEVEL);
        Tau2Estimator tau2 = Tau2Estimators.of(in.get(PoolingParams.TAU2));
        warn(effects, context);
        advise(studies, context);
        TestRows rows = new TestRows(k);
        plainTests(rows, effects, level, tau2);
        sizeTests(rows, effects, studies.participants(), level, tau2);
        countTests(rows, studies, level);
        estimates(rows, effects, level, tau2);
        if (rows.isEmpty()) {
            throw new AnalysisException(
                    "predictor-constant", in.source() + ": no test is possible: " + rows.omitted() + ".");
        }
        if (!rows.isComplete()) {
            context.info("tests-omitted", "Left out: " + rows.omitted() + ".");
        }
        return AnalysisResult.of(rows.table(), funnel(in, studies, level));
    }

    private static void warn(EffectSizes effects, RunContext context) {
        int k = effects.k();
        if (k < FEW) {
            context.warn(
                    "few-studies",
                    k + " studies: with fewer than 10, tests of asymmetry have too little power to tell chance from"
                            + " small-study effects (Cochrane Handbook).");
        }
        double largest = BiasFunnel.largest(effects);
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            smallest = Math.min(smallest, effects.standardError(i));
        }
        if (largest < NARROW * smallest) {
            context.warn(
                    "similar-standard-errors",
                    largest == smallest
                            ? String.format(
                                    Locale.ROOT,
                                    "All standard errors are %.3g: there are no smaller and larger studies to compare.",
                                    smallest)
                            : String.format(
                                    Locale.ROOT,
                                    "Standard errors range from %.3g to %.3g only: there are hardly smaller and larger"
                                            + " studies to compare.",
                                    smallest,
                                    largest));
        }
    }

    /** Says where tests on the standard error do not suit the measure. */
    private static void advise(StudyInput studies, RunContext context) {
        String token = studies.measure().token();
        if (Set.of("or", "peto", "rr", "rd").contains(token)) {
            context.info(
                    "test-does-not-suit",
                    "Standard errors of " + studies.measure().label().toLowerCase(Locale.ROOT)
                            + "s depend on the effects, so tests on them (egger, begg, thompson-sharp, pet) find"
                            + " asymmetry too often. Prefer "
                            + (Set.of("or", "peto").contains(token)
                                    ? "harbord, peters or the arcsine tests."
                                    : "the arcsine tests, or those on n."));
        } else if (Set.of("smd", "smdh").contains(token)) {
            context.info(
                    "test-does-not-suit",
                    "Standard errors of standardised mean differences depend on the effects, so tests on them (egger,"
                            + " begg, thompson-sharp, pet) find asymmetry too often. Prefer pustejovsky-rodgers.");
        }
    }

    private static MetaRegression mixed(Tau2Estimator tau2, double level) {
        return new MetaRegression()
                .withEstimator(tau2)
                .withTest(TestMethod.WALD)
                .withLevel(level);
    }

    private static void plainTests(TestRows rows, EffectSizes effects, double level, Tau2Estimator tau2) {
        DoubleSeq se = FunnelRegression.standardErrors(effects);
        rows.attempt(
                "egger", () -> rows.regression("egger", FunnelRegression.egger(effects, level), "weighted, on SE"));
        rows.attempt(
                "egger-variance",
                () -> rows.regression(
                        "egger-variance",
                        FunnelRegression.weighted(effects, effects.v(), level),
                        "weighted, on the variance"));
        rows.attempt(
                "egger-me",
                () -> rows.regression(
                        "egger-me", FunnelRegression.mixed(effects, se, mixed(tau2, level)), "mixed effects, on SE"));
        rows.attempt(
                "egger-me-variance",
                () -> rows.regression(
                        "egger-me-variance",
                        FunnelRegression.mixed(effects, effects.v(), mixed(tau2, level)),
                        "mixed effects, on the variance"));
        rows.attempt(
                "thompson-sharp",
                () -> rows.regression(
                        "thompson-sharp", FunnelRegression.thompsonSharp(effects, level), "mixed effects by DL, t"));
        rows.attempt("begg", () -> {
            BeggTest test = BeggTest.of(effects);
            rows.add(
                    "begg",
                    test.normal(),
                    test.tau(),
                    test.hasTies() ? "Kendall's tau, corrected for ties" : "Kendall's tau");
            if (!Double.isNaN(test.exactP())) {
                rows.add("begg-exact", new TestResult(Double.NaN, Double.NaN, test.exactP()), test.tau(), "exact");
            } else {
                rows.omit("begg-exact", test.hasTies() ? "there are ties" : "more than 400 studies");
            }
        });
    }

    private static void sizeTests(TestRows rows, EffectSizes effects, double[] n, double level, Tau2Estimator tau2) {
        if (Arrays.stream(n).anyMatch(size -> !(size > 0))) {
            rows.omit("egger-n and others on n", "the number of participants is not known for every study");
            return;
        }
        sizeTest(rows, effects, n, "n", "n", size -> size, level, tau2);
        sizeTest(rows, effects, n, "inverse-n", "1/n", size -> 1 / size, level, tau2);
        sizeTest(rows, effects, n, "sqrt-n", "√n", Math::sqrt, level, tau2);
        sizeTest(rows, effects, n, "inverse-sqrt-n", "1/√n", size -> 1 / Math.sqrt(size), level, tau2);
    }

    private static void sizeTest(
            TestRows rows,
            EffectSizes effects,
            double[] n,
            String name,
            String words,
            DoubleUnaryOperator of,
            double level,
            Tau2Estimator tau2) {
        DoubleSeq x = DoubleSeq.of(Arrays.stream(n).map(of).toArray());
        rows.attempt(
                "egger-" + name,
                () -> rows.regression(
                        "egger-" + name, FunnelRegression.weighted(effects, x, level), "weighted, on " + words));
        rows.attempt(
                "egger-me-" + name,
                () -> rows.regression(
                        "egger-me-" + name,
                        FunnelRegression.mixed(effects, x, mixed(tau2, level)),
                        "mixed effects, on " + words));
    }

    private static void countTests(TestRows rows, StudyInput studies, double level) {
        EffectSizes effects = studies.effects();
        Measure measure = studies.measure();
        meansTest(rows, studies, level);
        List<Optional<TwoByTwo>> tables = studies.counted(TwoByTwo.class);
        if (tables.stream().anyMatch(Optional::isEmpty)) {
            rows.omit("harbord, peters, macaskill, deeks, arcsine", "they need events and participants of both arms");
            return;
        }
        List<TwoByTwo> t = tables.stream().map(Optional::orElseThrow).toList();
        TwoArmCounts counts = new TwoArmCounts(
                column(t, x -> x.a()), column(t, x -> x.n1()), column(t, x -> x.c()), column(t, x -> x.n2()));
        if (Set.of("or", "peto").contains(measure.token())) {
            rows.attempt(
                    "harbord", () -> rows.regression("harbord", CountTests.harbord(counts, level), "score on 1/√V"));
            rows.attempt(
                    "peters",
                    () -> rows.regression(
                            "peters", CountTests.peters(effects, counts, level), "weighted by events, on 1/n"));
            rows.attempt(
                    "macaskill",
                    () -> rows.regression(
                            "macaskill", CountTests.macaskill(effects, counts, level), "weighted by events, on n"));
            rows.attempt(
                    "deeks",
                    () -> rows.regression(
                            "deeks",
                            CountTests.deeks(effects, counts.nT(), counts.nC(), level),
                            "on 1/√ESS, for diagnostic odds ratios"));
        } else {
            rows.omit("harbord, peters, macaskill, deeks", "they are made for odds ratios");
        }
        EffectSizes arcsine = CountTests.arcsine(counts, effects.studies());
        rows.attempt(
                "arcsine-egger",
                () -> rows.regression(
                        "arcsine-egger", FunnelRegression.egger(arcsine, level), "arcsine difference on SE"));
        rows.attempt(
                "arcsine-thompson-sharp",
                () -> rows.regression(
                        "arcsine-thompson-sharp",
                        FunnelRegression.thompsonSharp(arcsine, level),
                        "arcsine difference, mixed effects by DL"));
        rows.attempt("arcsine-begg", () -> {
            BeggTest test = BeggTest.of(arcsine);
            rows.add("arcsine-begg", test.normal(), test.tau(), "arcsine difference, Kendall's tau");
        });
    }

    private static void meansTest(TestRows rows, StudyInput studies, double level) {
        boolean standardised = Set.of("smd", "smdh").contains(studies.measure().token());
        List<Optional<TwoMeans>> means = standardised ? studies.counted(TwoMeans.class) : List.of();
        if (means.isEmpty() || means.stream().anyMatch(Optional::isEmpty)) {
            rows.omit(
                    "pustejovsky-rodgers",
                    standardised
                            ? "it needs the participants of both arms"
                            : "it is made for standardised mean differences");
            return;
        }
        DoubleSeq n1 = DoubleSeq.of(
                means.stream().mapToDouble(m -> m.orElseThrow().n1()).toArray());
        DoubleSeq n2 = DoubleSeq.of(
                means.stream().mapToDouble(m -> m.orElseThrow().n2()).toArray());
        rows.attempt(
                "pustejovsky-rodgers",
                () -> rows.regression(
                        "pustejovsky-rodgers",
                        CountTests.pustejovskyRodgers(studies.effects(), n1, n2, level),
                        "on √(1/n1 + 1/n2)"));
    }

    private static DoubleSeq column(List<TwoByTwo> tables, ToDoubleFunction<TwoByTwo> cell) {
        return DoubleSeq.of(tables.stream().mapToDouble(cell).toArray());
    }

    private static void estimates(TestRows rows, EffectSizes effects, double level, Tau2Estimator tau2) {
        rows.attempt("pet-peese", () -> {
            PetPeese both = PetPeese.of(effects, level);
            rows.limit("pet", both.pet(), "effect as SE -> 0");
            rows.limit("peese", both.peese(), "effect as variance -> 0");
            rows.limit(
                    "pet-peese",
                    both.chosen(),
                    both.takesPeese() ? "PEESE, since PET has P < 0.10" : "PET, since its P is not below 0.10");
        });
        rows.attempt(
                "limit-egger-me",
                () -> rows.limit(
                        "limit-egger-me",
                        FunnelRegression.mixed(effects, FunnelRegression.standardErrors(effects), mixed(tau2, level)),
                        "mixed effects, effect as SE -> 0"));
        rows.attempt("limit-meta", () -> {
            LimitMetaAnalysis limit = LimitMetaAnalysis.of(effects, tau2, level);
            rows.add("limit-meta", limit.test(), limit.estimate(), limit.interval(), "limit meta-analysis, beta0");
            rows.add(
                    "limit-small-study",
                    limit.smallStudyTest(),
                    limit.smallStudyEffect(),
                    "Q due to small-study effects");
            rows.add("limit-residual", limit.residualTest(), Double.NaN, "Q beyond small-study effects");
        });
    }

    private static XYPlot funnel(Inputs in, StudyInput studies, double level) {
        EffectSizes effects = studies.effects();
        BiasFunnel funnel = new BiasFunnel(
                new CommonEffectModel().withLevel(level).fit(effects),
                studies.measure(),
                BiasFunnel.largest(effects),
                in.get(CONTOURS));
        String egger = "";
        try {
            FunnelRegression regression = FunnelRegression.egger(effects, level);
            egger = "Egger's test: slope " + PlotText.fixed(regression.slope(), 2) + ", "
                    + PlotText.p(regression.test().pValue()) + ".";
            funnel.line(Tone.SECOND, "Egger's regression", regression.limit(), regression.slope());
        } catch (IllegalArgumentException e) {
            egger = "Egger's test is not possible.";
        }
        if (in.has(GROUP)) {
            String[] groups = in.strings(GROUP);
            List<String> of = new ArrayList<>();
            for (int index : studies.indices()) {
                of.add(groups[index]);
            }
            funnel.groups(effects, of);
        } else {
            funnel.points(Tone.DATA, "Studies", effects);
        }
        return funnel.plot(
                        "Contour-enhanced funnel plot of " + effects.k() + " studies: effect against standard error. "
                                + egger,
                        effects.k())
                .footnote(egger);
    }
}

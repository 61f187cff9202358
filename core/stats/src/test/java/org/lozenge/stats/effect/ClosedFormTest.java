package org.lozenge.stats.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.numeric.Normal;

/** Measures and variants that the reference at hand does not have, by hand; edge values, invariants and errors. */
class ClosedFormTest {

    private static final Percentage CLOSED_FORM = withPercentage(1e-10);
    private static final TwoMeans MEANS = new TwoMeans(5, 2, 10, 3, 4, 15);
    private static final TwoByTwo TABLE = new TwoByTwo(4, 6, 8, 3);

    // ---- what changed in metafor after 3.8

    @Test
    void glassDeltaWithUnequalVariancesHasDegreesOfFreedom() {
        double j = BiasCorrection.EXACT.factor(14);
        Effect effect = new GlassDeltaUnequal().compute(MEANS);
        assertThat(effect.y()).isCloseTo(j * 0.5, CLOSED_FORM);
        double v = 4.0 / (16 * 9) + 1.0 / 14 + j * j * 0.25 / 28;
        assertThat(effect.v()).isCloseTo(v, CLOSED_FORM);
    }

    /** metafor 3.8.1: escalc("RBIS", m1i = 10, sd1i = 1, n1i = 20, m2i = 4, sd2i = 1.5, n2i = 30). */
    @Test
    void varianceOfABiserialCorrelationBeyondOneIsThatOfOne() {
        Effect effect = new BiserialCorrelation().compute(new TwoMeans(10, 1, 20, 4, 1.5, 30));
        assertThat(effect.y()).isCloseTo(1.1599651420416679, CLOSED_FORM);
        assertThat(effect.v()).isCloseTo(0.0016322312192408928, CLOSED_FORM);
    }

    /**
     * Hedges' g as Review Manager computes it: metacont() of meta before version 5 printed these for studies of
     * Borenstein and others 2009, table 14.1; quoted in the tests of statsmodels (BSD).
     */
    @ParameterizedTest
    @CsvSource({
        "94, 22, 60, 92, 20, 60, 0.09452437336063831, 0.03337182573880991",
        "98, 21, 65, 92, 22, 65, 0.27735640148036095, 0.03107434965484927",
        "98, 28, 40, 88, 26, 40, 0.36654634845797818, 0.05088322525353587",
        "94, 19, 200, 82, 17, 200, 0.66438509989113559, 0.01055724834741877",
        "98, 21, 50, 88, 22, 45, 0.46180797677414176, 0.04339324466573324",
        "96, 21, 85, 92, 22, 85, 0.18516464424648887, 0.02363264537147130"
    })
    void standardisedDifferencesAsReviewManager(
            double m1, double s1, double n1, double m2, double s2, double n2, double y, double v) {
        Effect effect =
                new HedgesG(VarianceType.RM, BiasCorrection.APPROXIMATE).compute(new TwoMeans(m1, s1, n1, m2, s2, n2));
        assertThat(effect.y()).isCloseTo(y, CLOSED_FORM);
        assertThat(effect.v()).isCloseTo(v, CLOSED_FORM);
    }

    @Test
    void ratioOfMeansIsCorrectedOnDemand() {
        double plain = Math.log(5.0 / 3);
        double term = (4.0 / (10 * 25) - 16.0 / (15 * 9)) / 2;
        assertThat(new LogRatioOfMeans(VarianceType.LS, BiasCorrection.EXACT)
                        .compute(MEANS)
                        .y())
                .isCloseTo(plain + term, CLOSED_FORM);
        assertThat(new LogRatioOfMeans().compute(MEANS).y()).isCloseTo(plain, CLOSED_FORM);
    }

    @Test
    void matchedRatiosAreCorrected() {
        PairedMeans pairs = new PairedMeans(5, 2, 3, 4, 0.6, 20);
        double term = (4.0 / 25 - 16.0 / 9) / 40;
        assertThat(new LogRatioOfMeansChange().compute(pairs).y()).isCloseTo(Math.log(5.0 / 3) + term, CLOSED_FORM);
        assertThat(new LogCoefficientOfVariationRatioChange().compute(pairs).y())
                .isCloseTo(Math.log(0.4 / (4.0 / 3)) - term, CLOSED_FORM);
    }

    @Test
    void partialCorrelationsCountThePredictorInQuestion() {
        PartialCorrelation raw = PartialCorrelation.ofT(2.1, 3, 30);
        double r = 2.1 / Math.sqrt(2.1 * 2.1 + 26);
        assertThat(raw.r()).isCloseTo(r, CLOSED_FORM);
        assertThat(new FisherZPartial().compute(raw).v()).isCloseTo(1.0 / 25, CLOSED_FORM);
        assertThat(new PartialCorrelationCoefficient().compute(raw).v())
                .isCloseTo((1 - r * r) * (1 - r * r) / 27, CLOSED_FORM);
        // One predictor and nothing held fixed: a plain correlation.
        PartialCorrelation alone = new PartialCorrelation(0.4, 1, 30);
        Correlation plain = new Correlation(0.4, 30);
        assertThat(new FisherZPartial().compute(alone)).isEqualTo(new FisherZ().compute(plain));
        assertThat(new PartialCorrelationCoefficient().compute(alone)).isEqualTo(new RawCorrelation().compute(plain));
    }

    // ---- what metafor 3.8 does not have

    @Test
    void commonLanguageEffectIsTheDeltaMethodOfTheDifference() {
        double d = 2 / Math.sqrt(10);
        double v = d * d * (16.0 / 9 + 256.0 / 14) / 800 + (4.0 / 9 + 16.0 / 14) / 10;
        Effect effect = new CommonLanguageEffect().compute(MEANS);
        assertThat(effect.y()).isCloseTo(1 - Normal.upperTail(d / Math.sqrt(2)), CLOSED_FORM);
        assertThat(effect.v()).isCloseTo(Math.exp(-d * d / 2) / (4 * Math.PI) * v, CLOSED_FORM);
        Effect equal = new CommonLanguageEffect(VarianceType.HO).compute(MEANS);
        double pooled = MEANS.cohenD();
        assertThat(equal.v())
                .isCloseTo(
                        Math.exp(-pooled * pooled / 2) / (4 * Math.PI) * (0.1 + 1 / 15.0 + pooled * pooled / 50),
                        CLOSED_FORM);
    }

    @Test
    void fisherZOfOtherCorrelationsFollowsByTheDeltaMethod() {
        checkFisher(new FisherZPhi().compute(TABLE), new PhiCoefficient().compute(TABLE));
        checkFisher(new FisherZTetrachoric().compute(TABLE), new TetrachoricCorrelation().compute(TABLE));
        checkFisher(new FisherZPointBiserial().compute(MEANS), new PointBiserialCorrelation().compute(MEANS));
        checkFisher(new FisherZBiserial().compute(MEANS), new BiserialCorrelation().compute(MEANS));
        SemiPartialCorrelation semi = new SemiPartialCorrelation(0.3, 0.5, 3, 40);
        checkFisher(new FisherZSemiPartial().compute(semi), new SemiPartialCorrelationCoefficient().compute(semi));
    }

    private static void checkFisher(Effect z, Effect r) {
        double rest = 1 - r.y() * r.y();
        assertThat(z.y()).isCloseTo(0.5 * Math.log((1 + r.y()) / (1 - r.y())), CLOSED_FORM);
        assertThat(z.v()).isCloseTo(r.v() / (rest * rest), CLOSED_FORM);
    }

    @Test
    void determinationHasThreeVariances() {
        Determination raw = new Determination(0.36, 3, 50);
        double base = 4 * 0.36 * 0.64 * 0.64;
        assertThat(new DeterminationCoefficient().compute(raw).v()).isCloseTo(base / 50, CLOSED_FORM);
        assertThat(new DeterminationCoefficient(VarianceType.LS2).compute(raw).v())
                .isCloseTo(base * 46 * 46 / ((2500 - 1) * 53.0), CLOSED_FORM);
        Effect z = new FisherZDetermination().compute(raw);
        assertThat(z.y()).isCloseTo(0.5 * Math.log(1.6 / 0.4), CLOSED_FORM);
        assertThat(z.v()).isCloseTo(0.02, CLOSED_FORM);
    }

    @Test
    void probitOfOneHalfIsZero() {
        Effect effect = new ProbitProportion().compute(new Proportion(20, 40));
        assertThat(effect.y()).isZero();
        assertThat(effect.v()).isCloseTo(Math.PI / 2 / 40, CLOSED_FORM);
    }

    @Test
    void statedEffectsPassThrough() {
        assertThat(new GenericEffect().compute(new Reported(-0.3, 0.04))).isEqualTo(new Effect(-0.3, 0.04));
        assertThat(new LogHazardRatio().compute(new Reported(-0.3, 0.04))).isEqualTo(new Effect(-0.3, 0.04));
    }

    // ---- published to the printed digit (Borenstein and others 2009, chapters 4, 5 and 7)

    @Test
    void reproducesTheTextbook() {
        TwoMeans example = new TwoMeans(103, 5.5, 50, 100, 4.5, 50);
        Effect d = new HedgesG(VarianceType.LS, BiasCorrection.NONE).compute(example);
        assertThat(d.y()).isCloseTo(0.5970, offset(5e-5));
        assertThat(d.v()).isCloseTo(0.0418, offset(5e-5));
        Effect g = new HedgesG(VarianceType.LS2, BiasCorrection.APPROXIMATE).compute(example);
        assertThat(g.y()).isCloseTo(0.5924, offset(5e-5));
        assertThat(g.v()).isCloseTo(0.0411, offset(5e-5));
        assertThat(new MeanDifference(VarianceType.HO).compute(example).v()).isCloseTo(1.0100, offset(5e-5));
        TwoByTwo deaths = new TwoByTwo(5, 95, 10, 90);
        assertThat(new LogRiskRatio().compute(deaths).y()).isCloseTo(-0.6932, offset(1e-4));
        assertThat(new LogRiskRatio().compute(deaths).v()).isCloseTo(0.2800, offset(5e-5));
        assertThat(new LogOddsRatio().compute(deaths).y()).isCloseTo(-0.7472, offset(5e-5));
        assertThat(new LogOddsRatio().compute(deaths).v()).isCloseTo(0.3216, offset(5e-5));
        assertThat(new RiskDifference().compute(deaths).v()).isCloseTo(0.00138, offset(5e-6));
        Effect z = new FisherZ().compute(new Correlation(0.5, 100));
        assertThat(z.y()).isCloseTo(0.5493, offset(5e-5));
        assertThat(z.v()).isCloseTo(0.0103, offset(5e-5));
        Effect converted = EffectConversion.logOddsRatioToD(new Effect(0.9069, 0.0676));
        assertThat(converted.y()).isCloseTo(0.5000, offset(5e-5));
        assertThat(converted.v()).isCloseTo(0.0205, offset(5e-5));
        Effect r = EffectConversion.dToCorrelation(new Effect(0.5, 0.0205), 4);
        assertThat(r.y()).isCloseTo(0.2425, offset(5e-5));
        assertThat(r.v()).isCloseTo(0.0043, offset(5e-5));
    }

    // ---- invariants

    @RepeatedTest(30)
    void swappingTheGroupsChangesTheSign(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        double[] cells = random.doubles(4, 1, 60).map(Math::rint).toArray();
        TwoByTwo table = new TwoByTwo(cells[0], cells[1], cells[2], cells[3]);
        TwoByTwo swapped = new TwoByTwo(cells[2], cells[3], cells[0], cells[1]);
        List<EffectMeasure<TwoByTwo>> measures = List.of(
                new LogOddsRatio(),
                new LogRiskRatio(),
                new RiskDifference(),
                new ArcsineDifference(),
                new PetoLogOddsRatio(),
                new PhiCoefficient(),
                new YuleQ(),
                new YuleY(),
                new ProbitDifference(),
                new TetrachoricCorrelation());
        for (EffectMeasure<TwoByTwo> measure : measures) {
            Effect effect = measure.compute(table);
            Effect other = measure.compute(swapped);
            double scale = Math.sqrt(effect.v());
            assertThat(other.y()).as(measure.code()).isCloseTo(-effect.y(), offset(1e-12 * scale));
            assertThat(other.v()).as(measure.code()).isCloseTo(effect.v(), withPercentage(1e-8));
        }
    }

    @RepeatedTest(30)
    void standardisedDifferencesDoNotDependOnUnits(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        double shift = random.nextGaussian() * 100;
        double scale = Math.exp(random.nextGaussian() * 3);
        TwoMeans raw = new TwoMeans(random.nextGaussian(), 1.3, 12, random.nextGaussian(), 0.9, 31);
        TwoMeans changed = new TwoMeans(
                shift + scale * raw.mean1(), scale * 1.3, 12, shift + scale * raw.mean2(), scale * 0.9, 31);
        for (EffectMeasure<TwoMeans> measure : List.<EffectMeasure<TwoMeans>>of(
                new HedgesG(), new GlassDelta(), new StandardisedDifferenceUnequal(), new CommonLanguageEffect())) {
            assertThat(measure.compute(changed).y())
                    .as(measure.code())
                    .isCloseTo(measure.compute(raw).y(), offset(1e-10 * (1 + Math.abs(shift) / scale)));
        }
    }

    @Test
    void averagesMakeTheVarianceOfEqualStudiesEqual() {
        HedgesG measure = new HedgesG(VarianceType.AV, BiasCorrection.EXACT);
        TwoMeans small = new TwoMeans(1, 1, 20, 0, 1, 20);
        TwoMeans none = new TwoMeans(0, 1, 20, 0, 1, 20);
        EffectMeasure<TwoMeans> informed = measure.informedBy(List.of(small, none));
        assertThat(informed.compute(small).v()).isEqualTo(informed.compute(none).v());
        // Alone it is its own average.
        assertThat(measure.compute(small)).isEqualTo(new HedgesG().compute(small));
    }

    @Test
    void tAndDGiveTheSameDifferenceAsMeans() {
        double d = MEANS.cohenD();
        double t = d / Math.sqrt(1 / 10.0 + 1 / 15.0);
        assertThat(new HedgesG().compute(TwoMeans.ofCohenD(d, 10, 15)).y())
                .isCloseTo(new HedgesG().compute(MEANS).y(), CLOSED_FORM);
        assertThat(new HedgesG().compute(TwoMeans.ofT(t, 10, 15)).y())
                .isCloseTo(new HedgesG().compute(MEANS).y(), CLOSED_FORM);
        assertThat(Correlation.ofT(2, 30).r()).isCloseTo(2 / Math.sqrt(32), CLOSED_FORM);
    }

    // ---- large numbers

    @Test
    void hugeSamplesKeepTheirDigits() {
        Effect effect = new HedgesG().compute(new TwoMeans(1, 1, 1e6, 0, 1, 1e6));
        assertThat(effect.y()).isCloseTo(0.99999962499957, withPercentage(1e-11));
        assertThat(new HedgesG(VarianceType.UB, BiasCorrection.EXACT)
                        .compute(new TwoMeans(1, 1, 918, 0, 1, 918))
                        .v())
                .isBetween(0.0024, 0.0025);
        assertThat(new LogOddsRatio()
                        .compute(new TwoByTwo(1e9, 1e12, 2e9, 1e12))
                        .y())
                .isCloseTo(Math.log(0.5), withPercentage(1e-9));
    }

    // ---- errors

    static List<String> codes() {
        return EffectMeasures.codes();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeLeadsToItsMeasure(String code) {
        EffectMeasure<?> measure = EffectMeasures.of(code);
        assertThat(measure.code()).isEqualTo(code);
        assertThat(measure.label()).isNotBlank();
        for (VarianceType type : EffectMeasures.varianceTypes(code)) {
            assertThat(EffectMeasures.of(code, Optional.of(type), BiasCorrection.APPROXIMATE)
                            .code())
                    .isEqualTo(code);
        }
    }

    @Test
    void namesWhatThereIs() {
        assertThatThrownBy(() -> EffectMeasures.of("odds"))
                .hasMessageContaining("There is no measure 'odds'")
                .hasMessageContaining("or, rr, rd");
        assertThatThrownBy(() -> EffectMeasures.of("smd", Optional.of(VarianceType.AVHO), BiasCorrection.EXACT))
                .hasMessage("Measure 'smd' has no variance type 'avho'; it has ls, ls2, ub, av, rm");
        assertThat(EffectMeasures.of("OR2D").code()).isEqualTo("or2dl");
        assertThat(EffectMeasures.of("D2OR").code()).isEqualTo("d2orl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | 10 | 3 | 10 | events_t | 12 events cannot exceed 10 participants (n_t)",
                "1 | 10 | 30 | 10 | events_c | 30 events cannot exceed 10 participants (n_c)",
                "-1 | 10 | 3 | 10 | events_t | cannot be negative, but is -1",
                "0 | 0 | 3 | 10 | n_t | must be above 0, but is 0",
                "NaN | 10 | 3 | 10 | events_t | must be a finite number"
            })
    void refusesImpossibleCounts(double x1, double n1, double x2, double n2, String field, String text) {
        assertThatThrownBy(() -> TwoByTwo.of(x1, n1, x2, n2))
                .isInstanceOfSatisfying(
                        InvalidRawDataException.class,
                        e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageContaining(text);
    }

    @Test
    void refusesOtherImpossibleNumbers() {
        assertThatThrownBy(() -> new TwoMeans(1, 0, 10, 1, 1, 10)).hasMessageContaining("must be above 0, but is 0");
        assertThatThrownBy(() -> new TwoMeans(1, -2, 10, 1, 1, 10)).hasMessageContaining("is a standard deviation");
        assertThatThrownBy(() -> new Correlation(1, 10)).hasMessageContaining("between -1 and 1");
        assertThatThrownBy(() -> new Correlation(1.2, 10)).isInstanceOf(InvalidRawDataException.class);
        assertThatThrownBy(() -> new PersonTime(1, 0, 1, 1)).isInstanceOf(InvalidRawDataException.class);
        assertThatThrownBy(() -> new Proportion(5, 4)).isInstanceOf(InvalidRawDataException.class);
        assertThatThrownBy(() -> new Reliability(1, 5, 10)).isInstanceOf(InvalidRawDataException.class);
        assertThatThrownBy(() -> new MarginalPairs(1, 2, 3, 4, 0.1)).hasMessageContaining("the same sum");
        assertThatThrownBy(() -> new MatchedPairs(0, 0, 0, 0)).hasMessageContaining("empty");
        assertThatThrownBy(() -> new Determination(1, 2, 10)).isInstanceOf(InvalidRawDataException.class);
        assertThatThrownBy(() -> new Rate(-1, 2)).isInstanceOf(InvalidRawDataException.class);
        assertThatThrownBy(() -> new PairedMeans(1, 1, 1, 1, -1, 9)).isInstanceOf(InvalidRawDataException.class);
        assertThatThrownBy(() -> new Reported(1, 0)).isInstanceOf(InvalidRawDataException.class);
    }

    @Test
    void saysWhyAMeasureDoesNotFollow() {
        assertThatThrownBy(() -> new LogOddsRatio().compute(new TwoByTwo(0, 20, 3, 17)))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("a = 0, b = 20, c = 3, d = 17")
                .hasMessageContaining("add a constant");
        assertThatThrownBy(() -> new LogRatioOfMeans().compute(new TwoMeans(-1, 1, 9, 2, 1, 9)))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("mean_t = -1");
        assertThatThrownBy(() -> new HedgesG().compute(new TwoMeans(1, 1, 1, 2, 1, 9)))
                .hasMessageContaining("at least 2 participants in each group");
        assertThatThrownBy(() -> new FisherZ().compute(new Correlation(0.2, 3)))
                .hasMessageContaining("at least 4 subjects, but n = 3");
        assertThatThrownBy(() -> new TetrachoricCorrelation().compute(new TwoByTwo(0, 20, 3, 17)))
                .hasMessageContaining("with an empty cell it would be 1 or -1");
        assertThatThrownBy(() ->
                        new HedgesG(VarianceType.UB, BiasCorrection.EXACT).compute(new TwoMeans(1, 1, 2, 2, 1, 2)))
                .hasMessageContaining("at least 3 degrees of freedom");
        assertThatThrownBy(() -> new BonettAlpha().compute(new Reliability(0.8, 5, 2)))
                .hasMessageContaining("at least 3 subjects");
        assertThatThrownBy(() -> new FisherZPartial().compute(new PartialCorrelation(0.2, 3, 5)))
                .hasMessageContaining("more than m + 2 subjects");
    }
}

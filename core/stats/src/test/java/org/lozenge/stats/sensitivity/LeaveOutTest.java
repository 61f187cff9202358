package org.lozenge.stats.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;

class LeaveOutTest {

    private static final EffectSizes FIVE =
            EffectSizes.of(new double[] {-0.9, -1.6, -0.2, 0.1, -0.7}, new double[] {0.30, 0.20, 0.05, 0.10, 0.02});
    private static final RandomEffectsModel WALD = new RandomEffectsModel().withTest(TestMethod.WALD);

    @Test
    void groupsOfOneAreStudies() {
        assertThat(LeaveOut.groups(FIVE, new int[] {0, 1, 2, 3, 4}, 5, WALD::fit, HeterogeneityBasis.TAU2))
                .isEqualTo(LeaveOut.studies(FIVE, WALD::fit, HeterogeneityBasis.TAU2));
    }

    @Test
    void leavingOutAGroupIsAFitOfTheOthers() {
        SubsetFit rest = LeaveOut.groups(FIVE, new int[] {0, 1, 0, 1, 1}, 2, WALD::fit, HeterogeneityBasis.TAU2)
                .get(1);
        var direct = WALD.fit(EffectSizes.of(new double[] {-0.9, -0.2}, new double[] {0.30, 0.05}));
        assertThat(rest.k()).isEqualTo(2);
        assertThat(rest.estimate()).isEqualTo(direct.estimate());
        assertThat(rest.tau2()).isEqualTo(direct.tau2());
    }

    @Test
    void theLastCumulativeStepIsTheWhole() {
        List<SubsetFit> steps = Cumulative.inOrder(FIVE, new int[] {4, 2, 0, 1, 3}, WALD::fit, HeterogeneityBasis.TAU2);
        var all = WALD.fit(FIVE);
        assertThat(steps).extracting(SubsetFit::k).containsExactly(1, 2, 3, 4, 5);
        assertThat(steps.get(0).estimate()).isEqualTo(-0.7);
        assertThat(steps.get(4).estimate()).isCloseTo(all.estimate(), within(1e-14));
        assertThat(steps.get(4).tau2()).isCloseTo(all.tau2(), within(1e-12));
    }

    @Test
    void threadsChangeNothing() {
        int k = 300;
        double[] y = IntStream.range(0, k).mapToDouble(i -> Math.sin(i)).toArray();
        double[] v = IntStream.range(0, k).mapToDouble(i -> 0.1 + i % 7 / 10.0).toArray();
        EffectSizes many = EffectSizes.of(y, v);
        List<SubsetFit> fits = LeaveOut.studies(many, WALD::fit, HeterogeneityBasis.TAU2);
        assertThat(LeaveOut.studies(many, WALD::fit, HeterogeneityBasis.TAU2)).isEqualTo(fits);
        double[] others = IntStream.range(0, k)
                .filter(i -> i != 17)
                .mapToDouble(i -> y[i])
                .toArray();
        double[] variances = IntStream.range(0, k)
                .filter(i -> i != 17)
                .mapToDouble(i -> v[i])
                .toArray();
        assertThat(fits.get(17).estimate())
                .isEqualTo(WALD.fit(EffectSizes.of(others, variances)).estimate());
    }

    @Test
    void saysWhyThereIsNoFit() {
        EffectSizes one = EffectSizes.of(new double[] {1}, new double[] {1});
        assertThat(LeaveOut.studies(one, WALD::fit, HeterogeneityBasis.Q).get(0).problem())
                .contains("no study is left");
        List<SubsetFit> failed = LeaveOut.studies(
                FIVE,
                effects -> {
                    throw new ConvergenceException("it did not converge");
                },
                HeterogeneityBasis.Q);
        assertThat(failed).hasSize(5).allSatisfy(fit -> {
            assertThat(fit.problem()).contains("it did not converge");
            assertThat(fit.estimate()).isNaN();
        });
    }

    @Test
    void refusesOrdersThatAreNone() {
        assertThatThrownBy(() -> Cumulative.inOrder(FIVE, new int[] {0, 1, 2, 3}, WALD::fit, HeterogeneityBasis.Q))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each of the 5 positions");
        assertThatThrownBy(() -> Cumulative.inOrder(FIVE, new int[] {0, 1, 2, 3, 3}, WALD::fit, HeterogeneityBasis.Q))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LeaveOut.groups(FIVE, new int[2], 1, WALD::fit, HeterogeneityBasis.Q))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are 5 studies but 2 numbers of groups");
    }

    @Test
    void influenceFollowsScaleAndSign() {
        double[] y = FIVE.y().toArray();
        double[] v = FIVE.v().toArray();
        for (int i = 0; i < y.length; i++) {
            y[i] *= -1000;
            v[i] *= 1e6;
        }
        List<InfluenceDiagnostics.Study> before = InfluenceDiagnostics.of(FIVE, WALD::fit);
        List<InfluenceDiagnostics.Study> after = InfluenceDiagnostics.of(EffectSizes.of(y, v), WALD::fit);
        for (int i = 0; i < y.length; i++) {
            assertThat(after.get(i).rstudent()).isCloseTo(-before.get(i).rstudent(), within(1e-9));
            assertThat(after.get(i).cooksDistance()).isCloseTo(before.get(i).cooksDistance(), within(1e-9));
            assertThat(after.get(i).hat()).isCloseTo(before.get(i).hat(), within(1e-12));
        }
    }

    @Test
    void flagsAStudyFarFromAllOthers() {
        double[] y = {0.1, 0.12, 0.09, 0.11, 0.1, 0.1, 0.12, 0.08, 3};
        double[] v = {0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01};
        List<InfluenceDiagnostics.Study> studies = InfluenceDiagnostics.of(EffectSizes.of(y, v), WALD::fit);
        assertThat(studies.get(8).flags()).contains("dffits");
        assertThat(studies.subList(0, 8)).noneMatch(InfluenceDiagnostics.Study::flagged);
    }

    @Test
    void bandOfResidualsCoversWhatItSays() {
        var fit = WALD.fit(FIVE);
        NormalQuantiles points = NormalQuantiles.of(fit, 0.9, 4000, 1);
        assertThat(points).isEqualTo(NormalQuantiles.of(fit, 0.9, 4000, 1));
        assertThat(points.study()).containsExactly(1, 0, 4, 2, 3);
        assertThat(points.residual().get(0)).isLessThan(points.residual().get(4));
        // The median of five, standardised residuals being symmetric about 0.
        assertThat(points.theoretical().get(2)).isCloseTo(0, within(1e-15));
        assertThat(points.lower().get(2)).isCloseTo(-points.upper().get(2), within(0.1));
        assertThat(points.lower().get(0)).isLessThan(points.theoretical().get(0));
        assertThat(points.upper().get(0)).isGreaterThan(points.theoretical().get(0));
        assertThatThrownBy(() ->
                        NormalQuantiles.of(WALD.fit(EffectSizes.of(new double[] {1}, new double[] {1})), 0.95, 10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two studies");
    }

    @Test
    void aMonitorStopsLeavingOut() {
        double[] v = new Random(1).doubles(400, 0.1, 1).toArray();
        EffectSizes many = EffectSizes.of(v, v);
        List<SubsetFit> first = LeaveOut.studies(many, WALD::fit, HeterogeneityBasis.TAU2, (done, total) -> false);
        List<SubsetFit> all = LeaveOut.studies(many, WALD::fit, HeterogeneityBasis.TAU2);
        // The other threads go on until they hear of it.
        assertThat(first).isEqualTo(all.subList(0, first.size())).hasSizeLessThanOrEqualTo(400);
        assertThat(LeaveOut.studies(FIVE, WALD::fit, HeterogeneityBasis.TAU2, (done, total) -> done < 2))
                .hasSizeBetween(2, 3);
        assertThat(Cumulative.inOrder(
                        FIVE, new int[] {0, 1, 2, 3, 4}, WALD::fit, HeterogeneityBasis.TAU2, (done, total) -> false))
                .hasSize(1);
        assertThat(InfluenceDiagnostics.of(FIVE, WALD::fit, (done, total) -> false))
                .isEqualTo(InfluenceDiagnostics.of(FIVE, WALD::fit).subList(0, 1));
        assertThatThrownBy(() -> InfluenceDiagnostics.of(FIVE, WALD::fit, (done, total) -> {
                    throw new CancellationException("stop");
                }))
                .hasMessage("stop");
        assertThatThrownBy(() -> NormalQuantiles.of(WALD.fit(FIVE), 0.95, 10, 1, () -> {
                    throw new CancellationException("stop");
                }))
                .hasMessage("stop");
    }
}

package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;

/** The prediction interval by Nagashima and others against integration on grids of another kind. */
class ConfidencePredictionTest {

    private static final Map<String, EffectSizes> DATA = ReferenceData.dataSets();

    static List<Map<String, String>> references() {
        return ReferenceData.rows("exact-nnf.csv");
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesWithIntegrationOnGrids(Map<String, String> row) {
        EffectSizes effects = DATA.get(row.get("data"));
        assertNotNull(effects);
        Interval interval = new RandomEffectsModel()
                .withPrediction(PredictionMethod.NNF)
                .fit(effects)
                .predictionInterval()
                .orElseThrow();
        double width = interval.upper() - interval.lower();
        assertEquals(Double.parseDouble(row.get("pi_lower")), interval.lower(), 1e-9 * width);
        assertEquals(Double.parseDouble(row.get("pi_upper")), interval.upper(), 1e-9 * width);
    }

    @Test
    void isTheEffectItselfWhereAllAreTheSame() {
        EffectSizes same = EffectSizes.of(new double[] {0.3, 0.3, 0.3}, new double[] {0.04, 0.1, 0.2});
        Interval interval = ConfidencePrediction.interval(same, 0.95);
        assertEquals(0.3, interval.lower(), 1e-15);
        assertEquals(0.3, interval.upper(), 1e-15);
    }

    @Test
    void followsAlmostEqualEffectsDownToTheirSpread() {
        EffectSizes close = EffectSizes.of(new double[] {0.3, 0.3, 0.3 + 1e-9}, new double[] {0.04, 0.04, 0.04});
        Interval interval = ConfidencePrediction.interval(close, 0.95);
        // No heterogeneity is plausible: the t interval of three values, SE 1e-9/3.
        double half = 4.302652729749464 * 1e-9 / 3;
        assertEquals(0.3 + 1e-9 / 3 + half, interval.upper(), 1e-3 * half);
        assertEquals(0.3 + 1e-9 / 3 - half, interval.lower(), 1e-3 * half);
    }
}

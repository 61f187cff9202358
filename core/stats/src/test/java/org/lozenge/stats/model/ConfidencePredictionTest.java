package org.lozenge.stats.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
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
}

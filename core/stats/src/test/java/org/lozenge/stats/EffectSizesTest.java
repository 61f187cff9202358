package org.lozenge.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectSizesTest {

    private static String refusal(double[] y, double[] v) {
        return assertThrows(IllegalArgumentException.class, () -> EffectSizes.of(y, v))
                .getMessage();
    }

    @Test
    void holdsStudiesEffectsAndVariances() {
        EffectSizes effects = new EffectSizes(List.of("a", "b"), DoubleSeq.of(0.1, 0.2), DoubleSeq.of(0.04, 0.09));
        assertEquals(2, effects.k());
        assertEquals(0.2, effects.standardError(0));
        assertEquals(
                List.of("1", "2"),
                EffectSizes.of(new double[2], new double[] {1, 1}).studies());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e-310, 1e300})
    void namesTheStudyWhoseVarianceIsOutOfRange(double v) {
        String message = refusal(new double[] {1, 2}, new double[] {1, v});
        assertTrue(message.contains("study '2'") && message.contains(Double.toString(v)), message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e155})
    void namesTheStudyWhoseEffectIsOutOfRange(double y) {
        String message = refusal(new double[] {1, y}, new double[] {1, 1});
        assertTrue(message.contains("study '2'") && message.contains(Double.toString(y)), message);
    }

    @Test
    void refusesEffectsTooFarApartForTheirVariances() {
        String message = refusal(new double[] {0, 1e150}, new double[] {1e-20, 1});
        assertTrue(message.contains("study '2'") && message.contains("1.0E-20 of study '1'"), message);
    }

    @Test
    void refusesNoStudyAndUnequalSizes() {
        assertTrue(refusal(new double[0], new double[0]).contains("no study"));
        assertTrue(refusal(new double[] {1, 2}, new double[] {1}).contains("2 and 1"));
    }
}

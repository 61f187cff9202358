package org.lozenge.stats.bias;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.FixedTau2;

/** Printed adjustments of the 37 studies of passive smoking and lung cancer, data of metadat (dat.hackshaw1998). */
class PublishedBiasTest {

    private static final EffectSizes STUDIES = BiasReferenceTest.dataSets().get("passive-smoking");

    private static String printed(double logRatio) {
        return String.format(Locale.ROOT, "%.2f", StrictMath.exp(logRatio));
    }

    private static long percentExcess(double logRatio) {
        return Math.round(100 * (StrictMath.exp(logRatio) - 1));
    }

    /** Lung Cancer 2006;51:245-246, https://doi.org/10.1016/j.lungcan.2005.11.004, abstract in PubMed. */
    @Test
    void trimsAndFillsAsPrinted() {
        TrimAndFill.Result result =
                new TrimAndFill(TrimAndFill.Estimator.L0, Optional.empty(), new FixedTau2(0)).apply(STUDIES);
        assertEquals(7, result.missing());
        PooledFit fit = new RandomEffectsModel()
                .withEstimator(new DerSimonianLaird())
                .withTest(TestMethod.WALD)
                .fit(result.filled());
        assertEquals(44, fit.k());
        assertEquals("1.19", printed(fit.estimate()));
        assertEquals("1.08", printed(fit.confidenceInterval().lower()));
        assertEquals("1.31", printed(fit.confidenceInterval().upper()));
        assertEquals("0.0004", String.format(Locale.ROOT, "%.4f", fit.test().pValue()));
    }

    /**
     * Copas and Shi, BMJ 2000;320:417-418, https://doi.org/10.1136/bmj.320.7232.417, abstract: an excess risk of 24% if all
     * studies were published, of 15% if 60% were. The abstract does not print γ₀ and γ₁; with 60% published the excess is 8%
     * to 17% for γ₁ from 0.02 to 0.5.
     */
    @Test
    void selectsAsPrinted() {
        CopasModel model = new CopasModel(STUDIES, 0.95);
        CopasFit none = model.fit(40, 0);
        assertEquals(24, percentExcess(none.estimate()));
        CopasFit selected = model.fit(-0.701, 0.3);
        assertEquals(60, Math.round(100 * 37 / (37 + selected.unpublished())));
        assertEquals(15, percentExcess(selected.estimate()));
        assertEquals(8, percentExcess(model.fit(0.177, 0.02).estimate()));
        assertEquals(17, percentExcess(model.fit(-1.196, 0.5).estimate()));
    }
}

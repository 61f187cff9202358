package org.lozenge.analyses.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.plugin.Scale;

class MeasureTest {

    @ParameterizedTest
    @CsvSource({
        "HR, HR",
        "Hazard Ratio, HR",
        "ln_or, OR",
        "relative.risk, RR",
        "logIRR, IRR",
        "rom, ROM",
        "smd, SMD",
        "fisher z, ZCOR"
    })
    void isToldFromTheNameOfAColumn(String column, Measure expected) {
        assertEquals(Optional.of(expected), Measure.named(column));
    }

    @Test
    void isNotGuessedFromOtherNames() {
        assertEquals(Optional.empty(), Measure.named("effect"));
        assertEquals(Optional.empty(), Measure.named(""));
    }

    @ParameterizedTest
    @EnumSource(Measure.class)
    void displayRisesAndMeetsTheReferenceAtZero(Measure measure) {
        assertTrue(measure.display(-0.5) < measure.display(0) && measure.display(0) < measure.display(0.5));
        if (!Double.isNaN(measure.reference())) {
            assertEquals(measure.reference(), measure.display(0));
        }
        assertEquals(measure.isRatio() ? Scale.LOG : Scale.LINEAR, measure.scale());
        assertTrue(Double.isNaN(measure.display(Double.NaN)));
        assertTrue(measure.axis().startsWith(measure.label()));
    }
}

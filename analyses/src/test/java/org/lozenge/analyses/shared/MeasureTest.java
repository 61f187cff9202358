package org.lozenge.analyses.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Scale;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.effect.BackTransform;
import org.lozenge.stats.effect.Effect;
import org.lozenge.stats.effect.FreemanTukeyProportion;
import org.lozenge.stats.effect.Proportion;

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
    void isToldFromTheNameOfAColumn(String column, String expected) {
        assertEquals(Optional.of(Measure.of(expected)), Measure.named(column));
    }

    @Test
    void isNotGuessedFromOtherNames() {
        assertEquals(Optional.empty(), Measure.named("effect"));
        assertEquals(Optional.empty(), Measure.named(""));
    }

    static List<String> codes() {
        return Measure.codes();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void displayNeverFallsAndKeepsTheOrderOfAnInterval(String code) {
        Measure measure = Measure.of(code).pooling(DoubleSeq.of(0.01, 0.02));
        assertTrue(measure.display(0.3) < measure.display(0.4));
        assertTrue(measure.display(-0.5) <= measure.display(0.3));
        assertEquals(measure.isRatio() ? Scale.LOG : Scale.LINEAR, measure.scale());
        assertTrue(Double.isNaN(measure.display(Double.NaN)));
        assertTrue(measure.axis().startsWith(measure.label()));
        assertEquals(code, measure.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hr", "or", "rr", "irr", "rom", "rd", "md", "smd", "zcor", "ratio", "peto", "as"})
    void noEffectIsZeroOnTheAnalysisScale(String code) {
        assertEquals(Measure.of(code).reference(), Measure.of(code).display(0));
    }

    @Test
    void freemanTukeyValuesGoBackByTheSizeOfTheStudyOrTheHarmonicMean() {
        FreemanTukeyProportion measure = new FreemanTukeyProportion();
        Effect small = measure.compute(new Proportion(3, 10));
        Effect large = measure.compute(new Proportion(30, 90));
        Measure pft = Measure.of("pft").pooling(DoubleSeq.of(small.v(), large.v()));
        assertEquals(0.3, pft.display(small.y(), small.v()), 1e-14);
        assertEquals(1 / 3.0, pft.display(large.y(), large.v()), 1e-14);
        // The harmonic mean of 10 and 90 is 18.
        assertEquals(BackTransform.freemanTukeyProportion(18).apply(0.6), pft.display(0.6), 1e-14);
    }

    @Test
    void everyRoleHasNamesOfItsOwn() {
        Map<String, Role> owners = new HashMap<>();
        for (Role role : StudyInput.roles()) {
            assertEquals(null, owners.put(role.name(), role));
        }
        for (Role role : StudyInput.roles()) {
            for (String synonym : role.synonyms()) {
                Role other = owners.putIfAbsent(synonym, role);
                // A name that another role bears is no synonym: the host takes names first.
                boolean isName = other != null && other.name().equals(synonym);
                assertTrue(other == null || isName, synonym + " of " + role + " and " + other);
            }
        }
    }
}

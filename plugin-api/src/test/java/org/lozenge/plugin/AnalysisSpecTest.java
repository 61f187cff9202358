package org.lozenge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisSpecTest {

    private static final Param<Boolean> ON = Param.flag("on", "On", true);

    @Test
    void gathersRolesOfAllAlternativesOnce() {
        AnalysisSpec spec = AnalysisSpec.of("pool", "Pool")
                .roles(Roles.STUDY.optional(), Roles.CI_LEVEL.optional())
                .oneOf(List.of(Roles.RATIO, Roles.CI_LOW), List.of(Roles.EFFECT, Roles.SE))
                .oneOf(List.of(Roles.EFFECT, Roles.CI_LOW));
        assertThat(spec.allRoles())
                .extracting(Role::name)
                .containsExactly("study", "ci_level", "ratio", "ci_low", "effect", "se");
        assertEquals(3, spec.alternatives().size());
        assertEquals(1, spec.minRows());
    }

    @Test
    void keepsWhatItWasGiven() {
        AnalysisSpec spec = AnalysisSpec.of("pool", "Pool")
                .summary("s")
                .params(ON)
                .references("r")
                .formerly("meta")
                .minRows(2);
        assertEquals("s", spec.summary());
        assertEquals(List.of(ON), spec.params());
        assertEquals(List.of("r"), spec.references());
        assertEquals(List.of("meta"), spec.formerIds());
        assertEquals(2, spec.minRows());
        assertEquals(spec, spec.minRows(2));
        assertEquals(spec.hashCode(), spec.minRows(2).hashCode());
    }

    @Test
    void refusesWhatContradictsItself() {
        AnalysisSpec spec = AnalysisSpec.of("pool", "Pool").roles(Roles.SE).params(ON);
        assertThatThrownBy(() -> spec.roles(Roles.SE.optional())).hasMessageContaining("'se'");
        assertThatThrownBy(() -> spec.params(ON)).hasMessageContaining("'on'");
        assertThatThrownBy(() -> spec.params(Param.flag("off", "Off", true).formerly("on")))
                .hasMessageContaining("'on'");
        assertThatThrownBy(() -> spec.oneOf(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec.minRows(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> AnalysisSpec.of("Pool", "Pool")).hasMessageContaining("'Pool'");
    }

    @Test
    void aFunctionIsAnAnalysis() throws Exception {
        AnalysisResult result = AnalysisResult.of(Scalar.of("x", "X", 1));
        Analysis analysis = Analysis.of(AnalysisSpec.of("f", "F"), (in, context) -> result);
        assertEquals("f", analysis.spec().id());
        assertEquals("1.0", Analysis.apiVersion());
    }
}

package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArmsTest {

    @Test
    void findsWhatTheTrialsTest() {
        assertThat(Arms.commonTreatment(List.of(
                        new Arms("Lenalidomide + dexamethasone", "observation"), new Arms("lenalidomide", "placebo"))))
                .isEqualTo("Lenalidomide");
        assertThat(Arms.commonTreatment(List.of(new Arms("DRd + len", "len"), new Arms("DRd plus pom", "pom"))))
                .isEqualTo("DRd");
        assertThat(Arms.commonTreatment(List.of(new Arms("A", "C"), new Arms("B", "C"))))
                .isEqualTo("treatment");
        assertThat(Arms.commonTreatment(List.of(new Arms("A", "C"), new Arms("", ""))))
                .isEqualTo("treatment");
        assertThat(Arms.commonTreatment(List.of())).isEqualTo("treatment");
    }

    @Test
    void namesTheControlOnlyWhereAllShareIt() {
        assertThat(Arms.commonControl(List.of(new Arms("A", "Placebo"), new Arms("A", "placebo"))))
                .isEqualTo("Placebo");
        assertThat(Arms.commonControl(List.of(new Arms("A", "placebo"), new Arms("A", "observation"))))
                .isEqualTo("control");
        assertThat(Arms.commonControl(List.of(new Arms("A", "")))).isEqualTo("control");
    }

    @Test
    void readsAComparison() {
        assertThat(Arms.ofComparison("len vs placebo")).isEqualTo(new Arms("len", "placebo"));
        assertThat(Arms.ofComparison("Rd cont v. MPT")).isEqualTo(new Arms("Rd cont", "MPT"));
        assertThat(Arms.ofComparison("len versus none")).isEqualTo(new Arms("len", "none"));
        assertThat(Arms.ofComparison("len").isKnown()).isFalse();
    }
}

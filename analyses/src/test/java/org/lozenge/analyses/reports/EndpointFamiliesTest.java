package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointFamiliesTest {

    private final EndpointFamilies families = new EndpointFamilies();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "PFS, progression, PFS",
        "pfs, progression, PFS",
        "P.F.S., progression, PFS",
        "Progression-free survival, progression, PFS",
        "Progression\u2010Free  Survival (PFS), progression, PFS",
        "progression free survival by IRC, progression, PFS",
        "PFS (BICR), progression, PFS",
        "PFS [investigator-assessed], progression, PFS",
        "'Median PFS, ITT', progression, PFS",
        "PFS at 36 months, progression, PFS",
        "Primary endpoint (PFS), progression, PFS",
        "progression or death, progression, PFS",
        "TTP, progression, TTP",
        "Time to progression, progression, TTP",
        "Time to disease progression (TTP), progression, TTP",
        "EFS, progression, EFS",
        "event free survival, progression, EFS",
        "OS, death, OS",
        "O.S., death, OS",
        "Overall survival, death, OS",
        "All-cause mortality, death, OS",
        "Death from any cause, death, OS",
        "3-year mortality, death, OS",
        "PFS2, second-progression, PFS2",
        "PFS-2 (IRC), second-progression, PFS2",
        "DFS, recurrence, DFS",
        "Relapse-free survival, recurrence, RFS",
        "cancer-specific mortality, disease-specific-death, DSS",
    })
    void knowsSpellings(String printed, String family, String label) {
        assertThat(families.read(printed).family().id()).isEqualTo(family);
        assertThat(families.read(printed).endpoint().label()).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TTP/OS",
                "landmark PFS",
                "PFS (from start of maintenance)",
                "PFS in high-risk patients",
                "cardiovascular mortality",
                "OS (myeloma-specific)",
                "time to response",
                "ORR",
                "AE grade 3/4 nonhematologic",
                "second primary cancer",
            })
    void neverPoolsOnAGuess(String printed) {
        EndpointFamilies.Reading reading = families.read(printed);
        assertThat(KnownEndpoints.FAMILIES).doesNotContain(reading.family());
        assertThat(reading.family().title()).isEqualTo(Phrases.capital(printed));
        assertThat(reading.endpoint().label()).isEqualTo(printed);
        assertThat(reading.family().isHarm()).isFalse();
    }

    @Test
    void keepsTheNameOfAMixtureWithinAFamily() {
        EndpointFamilies.Reading reading = families.read("TTP/PFS");
        assertThat(reading.family().id()).isEqualTo("progression");
        assertThat(reading.endpoint().label()).isEqualTo("TTP/PFS");
    }

    @Test
    void readsRepeatedNamesOfOneEndpointAsThatEndpoint() {
        assertThat(families.read("OS / overall survival").endpoint().label()).isEqualTo("OS");
    }

    @Test
    void findsAnUnknownEndpointAgainInAnotherSpelling() {
        assertThat(families.read("Second Primary-Cancer").family())
                .isEqualTo(families.read("second primary cancer").family());
    }

    @Test
    void spellsEveryEndpointOnce() {
        Set<String> seen = new HashSet<>();
        for (EndpointFamily family : KnownEndpoints.FAMILIES) {
            for (Endpoint endpoint : family.endpoints()) {
                for (String spelling : endpoint.spellings()) {
                    assertThat(spelling).isEqualTo(EndpointFamilies.plain(spelling));
                    assertThat(seen.add(spelling)).as(spelling).isTrue();
                }
            }
        }
    }

    @Test
    void makesIdentifiersOfAnyName() {
        assertThat(List.of("PFS 2", "3-year OS", "\u00dcberleben", "\u751f\u5b58", "--").stream()
                        .map(EndpointFamilies::slug))
                .containsExactly("pfs-2", "endpoint-3-year-os", "u-berleben", "endpoint", "endpoint");
    }
}

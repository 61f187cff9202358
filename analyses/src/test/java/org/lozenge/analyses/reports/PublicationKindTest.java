package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicationKindTest {

    @ParameterizedTest(name = "{0} / {1}")
    @CsvSource({
        "primary paper, Mateos 2013, PAPER",
        "Journal article, , PAPER",
        "journal abstract, , ABSTRACT",
        "abstract report, , ABSTRACT",
        "press release, , NEWS",
        "news, Primary paper, NEWS",
        "citation, , CITATION",
        "US label, , REGISTRY",
        "'', HealthDay news 2013, NEWS",
        "'', ASCO 2019 abstract 8001, ABSTRACT",
        "'', Attal 2012, OTHER",
        "'', expression study, OTHER"
    })
    void readsKinds(String kind, String report, PublicationKind expected) {
        assertThat(PublicationKind.read(kind, report == null ? "" : report)).isEqualTo(expected);
    }
}

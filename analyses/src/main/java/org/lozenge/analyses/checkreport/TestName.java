package org.lozenge.analyses.checkreport;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tests that a report may name, with the words under which they are found. */
enum TestName {
    FISHER("Fisher's exact test", "fisher", "fisher-exact", "fishers-exact", "exact"),
    CHI_SQUARE("The chi-squared test", "chi-square", "chi-squared", "chi2", "chisq", "pearson"),
    CHI_SQUARE_YATES(
            "The chi-squared test with continuity correction", "yates", "chi-square-corrected", "chi-squared-yates"),
    MCNEMAR("McNemar's test", "mcnemar", "mc-nemar"),
    MCNEMAR_CORRECTED("McNemar's test with continuity correction", "mcnemar-continuity"),
    MCNEMAR_EXACT("McNemar's exact test", "sign", "sign-test"),
    RATES("The exact comparison of rates", "rates", "rate-ratio", "poisson", "person-time");

    private final String label;
    /** Separated by blanks. */
    private final String synonyms;

    TestName(String label, String... synonyms) {
        this.label = label;
        this.synonyms = String.join(" ", synonyms);
    }

    /** How a sentence begins with it. */
    String label() {
        return label;
    }

    /** The token in tables: {@code chi-square-yates}. */
    String token() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<TestName> of(String text) {
        String key = text.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("['\u2019\u02bc]", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("-test$", "");
        return Arrays.stream(values())
                .filter(t ->
                        t.token().equals(key) || List.of(t.synonyms.split(" ")).contains(key))
                .findFirst();
    }

    static String tokens() {
        return String.join(", ", Arrays.stream(values()).map(TestName::token).toList());
    }
}

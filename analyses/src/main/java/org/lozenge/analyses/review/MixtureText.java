package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.plugin.Text;

/** Which trials of a pool report which endpoint, and what remains without the odd ones. */
final class MixtureText {

    private static final int MOST_NAMED = 6;

    private final FamilyReview review;
    private final FamilyReview.Mixture mixture;

    private MixtureText(FamilyReview review, FamilyReview.Mixture mixture) {
        this.review = review;
        this.mixture = mixture;
    }

    /** Returns the text; empty if all trials report one endpoint. */
    static Optional<Text> of(FamilyReview review) {
        return review.mixture().map(mixture -> new MixtureText(review, mixture).text());
    }

    private Text text() {
        return Paragraphs.text("mixture", "Different endpoints in one pool", List.of(who(), definitions(), without()));
    }

    /** Returns {@code QuiRedex reports TTP; E3A06 and IFM 2005-02 report PFS}. */
    static String who(List<Report> reports) {
        Map<String, List<String>> byEndpoint = reports.stream()
                .collect(Collectors.groupingBy(
                        report -> report.endpoint().label(),
                        LinkedHashMap::new,
                        Collectors.mapping(Report::trial, Collectors.toList())));
        List<String> parts = new ArrayList<>();
        byEndpoint.forEach((endpoint, trials) ->
                parts.add((trials.size() > MOST_NAMED ? Words.count(trials.size(), "trial") : Words.list(trials))
                        + (trials.size() == 1 ? " reports " : " report ")
                        + endpoint));
        return String.join("; ", parts);
    }

    private String who() {
        return who(review.used()) + ". They are pooled as one family because they count much the same event.";
    }

    private String definitions() {
        List<String> parts = review.used().stream()
                .map(Report::endpoint)
                .distinct()
                .filter(endpoint -> !endpoint.counts().isEmpty())
                .map(endpoint -> endpoint.label() + " (" + endpoint.name() + ") counts " + endpoint.counts())
                .toList();
        return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
    }

    private String without() {
        Pool rest = mixture.without();
        Pool all = review.pool().orElseThrow();
        String only = "With " + mixture.usual().label() + " alone (" + Words.count(rest.k(), "trial") + ": "
                + Words.shortList(rest.reports().stream().map(Report::trial).toList(), MOST_NAMED) + ")";
        if (rest.k() == 1) {
            return only + " the hazard ratio is " + ResultText.withInterval(rest.common()) + ", against "
                    + ResultText.withInterval(all.random()) + " for all " + all.k() + ".";
        }
        return only + " the random-effects model gives " + ResultText.withInterval(rest.random())
                + ", against " + ResultText.withInterval(all.random()) + " for all " + all.k()
                + "; the common-effect model gives " + ResultText.withInterval(rest.common()) + ", against "
                + ResultText.withInterval(all.common()) + ".";
    }
}

package org.lozenge.analyses.reports;

import java.util.List;
import java.util.regex.Pattern;

/** How close a document is to the trial's own full report; the closest one is preferred for the same analysis. */
public enum PublicationKind {
    /** A full paper. */
    PAPER("a full paper", "papers?|articles?|journal|full[- ]text|publications?|manuscript|primary"),
    /** A document of unknown kind. */
    OTHER("a document of unstated kind", "(?!)"),
    /** A label, registry entry or report to a regulator. */
    REGISTRY(
            "a registry or regulatory document",
            "label|registry|regist(er|ration)|regulat(or|ory)|fda|ema|clinicaltrials(\\.gov)?"),
    /** A conference abstract, poster, preprint or a report on one. */
    ABSTRACT("an abstract", "abstracts?|posters?|slides|presentation|conference|congress|meeting|preprint|proceedings"),
    /** A news item or press release. */
    NEWS("a news item", "news|press|media|blog|website"),
    /** Another document that cites the trial. */
    CITATION("a citation", "citations?|cited|citing|reviews?|meta[- ]analys[ie]s|guidelines?");

    private final String label;
    private final Pattern words;

    PublicationKind(String label, String words) {
        this.label = label;
        this.words = Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    /** Returns how far a document is from the trial: 0 for a full paper. */
    public int distance() {
        return compareTo(PAPER);
    }

    /** Returns what a sentence calls such a document. */
    public String label() {
        return label;
    }

    /**
     * Reads the kind of document, or the name of the report where no kind is given. The kind farthest from the trial
     * that a word points to wins: a {@code journal abstract} is an abstract.
     */
    public static PublicationKind read(String kind, String report) {
        String text = kind.isEmpty() ? report : kind;
        List<PublicationKind> farthestFirst = List.of(CITATION, NEWS, ABSTRACT, REGISTRY, PAPER);
        return farthestFirst.stream()
                .filter(candidate -> candidate.words.matcher(text).find())
                .findFirst()
                .orElse(OTHER);
    }
}

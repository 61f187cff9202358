package org.lozenge.analyses.reports;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lozenge.plugin.Role;

/**
 * How an effect was obtained, as far as it decides whether two effects may be compared or pooled.
 *
 * <p>Each aspect has a column of its own; most are also read from the words beside an endpoint, a population or an
 * analysis, such as {@code PFS by IRC}. A text without any of the words of an aspect says nothing about it.
 */
public enum Aspect {
    /** Whose results were analysed: all randomized patients, or those treated as planned. */
    POPULATION(
            AboutRoles.POPULATION,
            "patients analysed",
            false,
            new Sort("a modified intention-to-treat set", "\\bm-?itt\\b|modified (?:itt|intent)"),
            new Sort(
                    "per-protocol or treated patients",
                    "per[ -]protocol|\\bpp\\b|\\bpps\\b|as[ -]treated|evaluable|safety (?:set|population|analysis)|^safety$"),
            new Sort(
                    "all randomized patients",
                    "\\bitt\\b|intent(?:ion)?[ -]to[ -]treat|all (?:patients )?randomi[sz]ed")),
    /** Who judged the event. */
    ASSESSOR(
            AboutRoles.ASSESSOR,
            "assessment",
            false,
            new Sort(
                    "independent assessment",
                    "independent|central(?:ly)? (?:review|assess|read)|^central(?:ly)?$|\\b[a-z]*irc\\b|\\bb?icr\\b"),
            new Sort(
                    "assessment by investigators",
                    "investigator|\\binv\\b|\\blocal(?:ly)? (?:review|assess|read)|^local(?:ly)?$")),
    /** When patients stop counting although nothing happened to them. */
    CENSORING(
            AboutRoles.CENSORING,
            "censoring",
            true,
            new Sort(
                    "no censoring at a change of treatment",
                    "not? cens|uncens|\\bnone\\b|^no$|regardless|treatment policy|\\bitt\\b|intent(?:ion)?[ -]to|\\bema\\b"),
            new Sort("crossover censored or adjusted for", "cross-?\\s?over|switch|rpsft|\\bipcw\\b"),
            new Sort(
                    "censored at a new treatment",
                    "(?:new|next|subsequent)\\s(?:\\S+\\s)?(?:therapy|treatment)|\\bfda\\b|us label")),
    /** Whether covariates were allowed for. */
    ADJUSTMENT(
            AboutRoles.ADJUSTMENT,
            "adjustment",
            true,
            new Sort("unadjusted", "unadjust|univaria|\\bcrude\\b|unweighted|not adjusted|\\bno\\b|^0$|false"),
            new Sort(
                    "adjusted for covariates",
                    "adjust|multivaria|covaria|weighted|propensity|\\bmatched\\b|\\byes\\b|^1$|true")),
    /** Whether chance made the groups. */
    DESIGN(
            AboutRoles.DESIGN,
            "design",
            true,
            new Sort(
                    "not randomized",
                    "registry|observational|cohort|case[- ]control|retrospective|historical|non-?\\s?random"
                            + "|not random|not (?:an )?rct|single[- ]arm"),
            new Sort("randomized", "random|\\brct\\b|phase (?:3|iii)")),
    /** When the clock starts. */
    START(
            AboutRoles.LANDMARK,
            "start of the clock",
            true,
            new Sort(
                    "from a landmark after randomization",
                    "landmark|from (?:the )?(?:start|begin|initiation)|[1-9]|\\byes\\b"),
            new Sort("from randomization", "randomi[sz]ation|\\bno\\b|\\bnone\\b")),
    /** What the printed ratio is. */
    MEASURE(
            AboutRoles.MEASURE,
            "effect measure",
            true,
            new Sort("a hazard ratio", "hazard|\\ba?s?hr\\b"),
            new Sort("an odds ratio", "odds|\\ba?or\\b"),
            new Sort("a risk ratio", "risk|\\ba?rr\\b"),
            new Sort("a rate ratio", "rate ratio|incidence|\\birr\\b"),
            new Sort("a ratio of times", "time ratio|median|acceleration|\\batr\\b|\\btr\\b")),
    /** What the printed limits are. */
    INTERVAL(
            AboutRoles.INTERVAL_TYPE,
            "kind of interval",
            true,
            new Sort("a credible interval", "\\bcri\\b|credib|\\bhdi\\b|\\bhpd\\b|posterior|bayes"),
            new Sort("a prediction interval", "predict|\\bpi\\b"),
            new Sort("a confidence interval", "confid|\\bci\\b|wald|profile|score|boot"));

    private static final Pattern CROSSOVER =
            pattern("(?:censored|adjusted|corrected) (?:at|for) cross-?over|cross-?over[- ](?:censored|adjusted)");
    private static final Pattern ADJUSTED = pattern("(?<!un|not )\\badjusted\\b(?! for cross)|multivaria");
    private static final Pattern UNADJUSTED = pattern("unadjusted|not adjusted|univaria");
    private static final Pattern REGISTRY = pattern("\\bregistry\\b|\\bobservational\\b|\\bnot (?:an )?rct\\b");

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /** A value of an aspect, and the words that mean it; the first sort whose words are found counts. */
    private record Sort(String label, Pattern words) {
        Sort(String label, String words) {
            this(label, pattern(words));
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final Role role;

    private final String label;
    private final boolean hasDefault;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<Sort> sorts;

    Aspect(Role role, String label, boolean hasDefault, Sort... sorts) {
        this.role = role;
        this.label = label;
        this.hasDefault = hasDefault;
        this.sorts = List.of(sorts);
    }

    /** The column of its own. */
    Role role() {
        return role;
    }

    /** What a sentence calls it. */
    String label() {
        return label;
    }

    /** Whether a report that says nothing is taken for the ordinary case, so that one that says otherwise differs. */
    boolean hasDefault() {
        return hasDefault;
    }

    /** Returns whether a value is the ordinary case of an aspect with a default. */
    boolean isOrdinary(String value) {
        return switch (this) {
            case CENSORING -> value.equals("no censoring at a change of treatment");
            case ADJUSTMENT -> value.equals("unadjusted");
            case DESIGN -> value.equals("randomized");
            case START -> value.equals("from randomization");
            case MEASURE -> value.equals("a hazard ratio");
            case INTERVAL -> value.equals("a confidence interval");
            case POPULATION, ASSESSOR -> false;
        };
    }

    /** Reads a cell of its own column. */
    Optional<String> read(String cell) {
        return sorts.stream()
                .filter(sort -> sort.words.matcher(cell).find())
                .map(Sort::label)
                .findFirst();
    }

    /** Reads words beside an endpoint, a population or an analysis; there, only unmistakable words count. */
    Optional<String> readBeside(String text) {
        return switch (this) {
            case POPULATION, ASSESSOR -> contradictory(text) ? Optional.empty() : read(text);
            case CENSORING -> CROSSOVER.matcher(text).find() ? read(text) : Optional.empty();
            case ADJUSTMENT ->
                ADJUSTED.matcher(text).find()
                        ? read("adjusted")
                        : UNADJUSTED.matcher(text).find() ? read("unadjusted") : Optional.empty();
            case START -> text.toLowerCase(Locale.ROOT).contains("landmark") ? read("landmark") : Optional.empty();
            case DESIGN -> REGISTRY.matcher(text).find() ? read("registry") : Optional.empty();
            case MEASURE, INTERVAL -> Optional.empty();
        };
    }

    /** {@code IRC and investigator} names both. */
    private boolean contradictory(String text) {
        return sorts.stream().filter(sort -> sort.words.matcher(text).find()).count() > 1;
    }
}

package org.lozenge.stats.tau2;

import java.util.Locale;
import org.lozenge.stats.DoubleSeq;

/**
 * The weights with which the generalised Q statistic {@code Σ aᵢ(yᵢ − ȳ)²} is formed: by a rule from the sampling
 * variances, or given.
 */
public final class MomentWeights {

    private enum Rule {
        STANDARD_ERROR("se"),
        VARIANCE("iv"),
        EQUAL("equal"),
        GIVEN("given");

        private final String token;

        Rule(String token) {
            this.token = token;
        }
    }

    private final Rule rule;
    private final DoubleSeq given;

    private MomentWeights(Rule rule, DoubleSeq given) {
        this.rule = rule;
        this.given = given;
    }

    /**
     * Returns weights {@code 1/√vᵢ}, recommended by Jackson for little to moderate heterogeneity.
     *
     * @return the rule, token {@code se}
     */
    public static MomentWeights inverseStandardErrors() {
        return new MomentWeights(Rule.STANDARD_ERROR, DoubleSeq.of());
    }

    /**
     * Returns weights {@code 1/vᵢ}, with which Q is Cochran's and the moment estimator DerSimonian and Laird's.
     *
     * @return the rule, token {@code iv}
     */
    public static MomentWeights inverseVariances() {
        return new MomentWeights(Rule.VARIANCE, DoubleSeq.of());
    }

    /**
     * Returns equal weights, with which the moment estimator is Hedges and Olkin's.
     *
     * @return the rule, token {@code equal}
     */
    public static MomentWeights equal() {
        return new MomentWeights(Rule.EQUAL, DoubleSeq.of());
    }

    /**
     * Returns weights that are given study by study.
     *
     * @param weights one weight above 0 per study, in the order of the studies
     * @return the weights, token {@code given}
     * @throws IllegalArgumentException if a weight is not finite and above 0
     */
    public static MomentWeights of(DoubleSeq weights) {
        for (int i = 0; i < weights.size(); i++) {
            if (!(weights.get(i) > 0 && weights.get(i) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "Weight %d must be finite and > 0, but is %s", i + 1, weights.get(i)));
            }
        }
        return new MomentWeights(Rule.GIVEN, weights);
    }

    /**
     * Returns the weights of a token.
     *
     * @param token {@code se}, {@code iv} or {@code equal}, in any letter case
     * @return the rule
     * @throws IllegalArgumentException for another token
     */
    public static MomentWeights of(String token) {
        return switch (token.strip().toLowerCase(Locale.ROOT)) {
            case "se" -> inverseStandardErrors();
            case "iv" -> inverseVariances();
            case "equal" -> equal();
            default ->
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "'%s' names no weights; choose se, iv or equal", token));
        };
    }

    /**
     * Returns the token users type.
     *
     * @return {@code se}, {@code iv}, {@code equal} or {@code given}
     */
    public String token() {
        return rule.token;
    }

    /** The weights of a slice, relative to each other; given ones are found by their position in the whole array. */
    double[] of(double[] v, int from, int to) {
        if (rule == Rule.GIVEN && given.size() < to) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "There are %d weights for study %d: one is needed for each", given.size(), to));
        }
        double[] a = new double[to - from];
        double smallest = v[from];
        for (int i = from; i < to; i++) {
            smallest = Math.min(smallest, v[i]);
        }
        double largest = 0;
        for (int i = from; i < to; i++) {
            a[i - from] = switch (rule) {
                case STANDARD_ERROR -> Math.sqrt(smallest / v[i]);
                case VARIANCE -> smallest / v[i];
                case EQUAL -> 1;
                case GIVEN -> given.get(i);
            };
            largest = Math.max(largest, a[i - from]);
        }
        for (int i = 0; i < a.length; i++) {
            a[i] /= largest;
        }
        return a;
    }
}

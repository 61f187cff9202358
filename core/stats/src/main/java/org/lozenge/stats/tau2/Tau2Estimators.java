package org.lozenge.stats.tau2;

import java.util.List;
import java.util.Locale;

/** Finds an estimator by the token users type. */
public final class Tau2Estimators {

    private Tau2Estimators() {}

    /**
     * Returns one estimator of each kind, the default (REML) first.
     *
     * @return the estimators, without the fixed value
     */
    public static List<Tau2Estimator> all() {
        return List.of(
                new RestrictedMaximumLikelihood(),
                new DerSimonianLaird(),
                new HedgesOlkin(),
                new HunterSchmidt(),
                new HunterSchmidtCorrected(),
                new SidikJonkman(),
                new IteratedSidikJonkman(),
                new MaximumLikelihood(),
                new EmpiricalBayes(),
                new PauleMandel(),
                new MedianPauleMandel(),
                new IteratedDerSimonianLaird(),
                new TwoStepDerSimonianLaird(),
                new TwoStepHedgesOlkin(),
                new GeneralisedMoments(),
                new MedianGeneralisedMoments());
    }

    /**
     * Returns the tokens of all estimators.
     *
     * @return {@code reml}, {@code dl} and so on, in the order of {@link #all}
     */
    public static List<String> tokens() {
        return all().stream().map(Tau2Estimator::token).toList();
    }

    /**
     * Returns the estimator of a token.
     *
     * @param token one of {@link #tokens}, in any letter case, or a number to be used as τ²
     * @return the estimator
     * @throws IllegalArgumentException if the token is neither; the message lists the tokens
     */
    public static Tau2Estimator of(String token) {
        String wanted = token.strip().toLowerCase(Locale.ROOT);
        for (Tau2Estimator estimator : all()) {
            if (estimator.token().equals(wanted)) {
                return estimator;
            }
        }
        if (wanted.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?")) {
            return new FixedTau2(Double.parseDouble(wanted));
        }
        throw new IllegalArgumentException(String.format(
                Locale.ROOT, "'%s' is not a tau² estimator; choose one of %s or give a number", token, tokens()));
    }
}

package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What the outcomes of studies can tell of their covariance between studies, and what they cannot. */
final class OutcomeChecks {

    /** The part of the square of a column that may be left where a design explains it. */
    private static final double EXPLAINED = 1e-9;

    private final int[] studies;
    private final int[] outcomes;
    private final List<String> names;

    OutcomeChecks(int[] studies, int[] outcomes, List<String> names) {
        this.studies = studies;
        this.outcomes = outcomes;
        this.names = names;
    }

    /**
     * Checks sizes and covariances.
     *
     * @throws IllegalArgumentException if sizes differ, studies are correlated, or there is one study or one outcome
     */
    void checkData(int n, SamplingCovariance v) {
        if (studies.length != n || outcomes.length != n) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d effects need as many studies and outcomes, but there are %d and %d",
                    n,
                    studies.length,
                    outcomes.length));
        }
        if (names.size() < 2) {
            throw new IllegalArgumentException("All effects are on one outcome");
        }
        for (SamplingCovariance.Pair pair : v.given()) {
            if (pair.covariance() != 0 && studies[pair.first()] != studies[pair.second()]) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Effects %d and %d have covariance %s, but are of different studies",
                        pair.first() + 1,
                        pair.second() + 1,
                        pair.covariance()));
            }
        }
        if (Arrays.stream(studies).distinct().count() < 2) {
            throw new IllegalArgumentException("All effects are of one study");
        }
    }

    /** Outcomes whose random effects the design explains, such as those of one study: nothing tells their variance. */
    boolean[] absorbed(Basis basis) {
        Map<List<Integer>, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < studies.length; i++) {
            groups.computeIfAbsent(List.of(studies[i], outcomes[i]), key -> new ArrayList<>())
                    .add(i);
        }
        boolean[] out = new boolean[names.size()];
        Arrays.fill(out, true);
        groups.forEach((group, rows) -> {
            double rest = rows.size();
            for (int j = 0; j < basis.p(); j++) {
                int column = j;
                double product =
                        rows.stream().mapToDouble(row -> basis.at(row, column)).sum();
                rest -= product * product;
            }
            out[group.get(1)] &= rest < EXPLAINED * rows.size();
        });
        return out;
    }

    /** Why a covariance of this structure cannot be estimated; empty if it can. */
    Optional<String> obstacle(CovarianceStructure structure, boolean... absorbed) {
        Map<Integer, Set<Integer>> together = new HashMap<>();
        Map<Integer, Set<Integer>> told = new HashMap<>();
        for (int i = 0; i < studies.length; i++) {
            together.computeIfAbsent(studies[i], key -> new HashSet<>()).add(outcomes[i]);
            if (!absorbed[outcomes[i]]) {
                told.computeIfAbsent(studies[i], key -> new HashSet<>()).add(outcomes[i]);
            }
        }
        if (structure == CovarianceStructure.UN) {
            return IntStream.range(0, names.size())
                    .mapToObj(a -> withoutPair(a, together).or(() -> absorbed[a] ? fitted(a) : Optional.empty()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (structure.hasCorrelation() && told.values().stream().noneMatch(several -> several.size() > 1)) {
            return Optional.of(
                    "No study has two outcomes whose variance between studies can be estimated, so neither can"
                            + " their correlation");
        }
        return structure == CovarianceStructure.ID && told.isEmpty()
                ? Optional.of(
                        "The model fits all effects exactly, so their variance between studies cannot be estimated")
                : Optional.empty();
    }

    private Optional<String> fitted(int outcome) {
        return Optional.of("The model fits the effects on '" + names.get(outcome)
                + "' exactly, so their variance between studies cannot be estimated");
    }

    private Optional<String> withoutPair(int a, Map<Integer, Set<Integer>> together) {
        return IntStream.range(0, a)
                .filter(b -> together.values().stream().noneMatch(outcomes -> outcomes.containsAll(Set.of(a, b))))
                .mapToObj(b -> String.format(
                        Locale.ROOT,
                        "No study has both '%s' and '%s', so their correlation cannot be estimated",
                        names.get(b),
                        names.get(a)))
                .findFirst();
    }
}

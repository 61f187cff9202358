package org.lozenge.stats.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.Comparison;
import org.lozenge.stats.EffectSizes;

/** The pooled models on published meta-analyses and on made-up hard sets: metafor, tightly converged, and 60 digits. */
class MetadatReferenceTest {

    private static final List<Comparison> COMPARISONS = PoolingComparisons.second();

    private static final Set<String> ITERATIVE = Set.of("PM", "REML", "ML", "EB", "SJIT", "PMM");

    @Test
    void matchesSixtyDigits() {
        assertThat(beyond(PoolingComparisons.DIGITS, c -> isIllConditioned(c) ? 1e-9 : 1e-12))
                .isEmpty();
    }

    @Test
    void matchesMetafor() {
        assertThat(beyond(PoolingComparisons.METAFOR, MetadatReferenceTest::tolerance))
                .isEmpty();
    }

    /** τ² is 2e-6 there, the difference of two numbers near 2: six of the sixteen digits fall away in doubles. */
    private static boolean isIllConditioned(Comparison c) {
        return c.where().startsWith("made-just-above");
    }

    private static double tolerance(Comparison c) {
        if (c.quantity().equals("p_value")) {
            return 1e-8; // a relative error of z becomes one of z² in its tail
        }
        if (isIllConditioned(c)) {
            return 1e-9;
        }
        return ITERATIVE.contains(c.where().split(" ")[1]) || c.quantity().matches(".*_(lower|upper)") ? 1e-8 : 1e-11;
    }

    private static List<Comparison> beyond(String group, ToDoubleFunction<Comparison> tolerance) {
        Predicate<Comparison> bad = c -> c.isOneSided() || c.deviation() > tolerance.applyAsDouble(c);
        return COMPARISONS.stream()
                .filter(c -> c.group().equals(group))
                .filter(bad)
                .toList();
    }

    @Test
    void coversMoreThanSixtyPublishedSetsAndManyNumbers() {
        Map<String, EffectSizes> sets = ReferenceData.dataSets("metadat-sets.csv");
        assertThat(sets.keySet().stream().filter(name -> !name.startsWith("made-")))
                .hasSizeGreaterThanOrEqualTo(65);
        assertThat(sets.keySet().stream().filter(name -> name.startsWith("made-")))
                .hasSizeGreaterThanOrEqualTo(18);
        Map<String, Long> counts =
                COMPARISONS.stream().collect(Collectors.groupingBy(Comparison::group, Collectors.counting()));
        assertThat(counts.get(PoolingComparisons.METAFOR)).isGreaterThan(30_000);
        assertThat(counts.get(PoolingComparisons.DIGITS)).isGreaterThan(20_000);
    }
}

package org.lozenge.analyses.metaregression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;

/** What must not depend on the order of rows, on units, on names of levels or on the level that others are compared with. */
class MetaRegressionInvariantsTest {

    private static final int K = 22;

    private record Study(String name, double y, double se, double dose, String arm, String site) {}

    private static List<Study> studies(long seed) {
        Random random = new Random(seed);
        List<Study> studies = new ArrayList<>();
        for (int i = 0; i < K; i++) {
            String arm = List.of("a", "b", "c").get(i % 3);
            double dose = Math.rint(1000 * random.nextDouble()) / 100;
            double se = 0.1 + random.nextDouble() / 2;
            double y = 0.1 * dose + i % 3 * 0.2 + (se + 0.3) * random.nextGaussian();
            studies.add(new Study("s" + i, y, se, dose, arm, "site" + i % 11));
        }
        return studies;
    }

    private static Outcome fit(List<Study> studies, UnaryOperator<Run> more) {
        StringBuilder csv = new StringBuilder("study,effect,se,dose,arm,site\n");
        studies.forEach(s -> csv.append(s.name)
                .append(',')
                .append(s.y)
                .append(',')
                .append(s.se)
                .append(',')
                .append(s.dose)
                .append(',')
                .append(s.arm)
                .append(',')
                .append(s.site)
                .append('\n'));
        return run(
                "meta-regression",
                csv.toString(),
                r -> more.apply(r.set("formula", "~ arm * dose").set("at", "arm=b, dose=4")));
    }

    private static void assertSame(Outcome expected, Outcome actual, String id, String columns, double factor) {
        Tabular a = table(expected, id);
        Tabular b = table(actual, id);
        assertThat(b.rows()).as(id).isEqualTo(a.rows());
        for (String column : columns.split(" ")) {
            for (int i = 0; i < a.rows(); i++) {
                if (Double.isNaN(a.number(column, i))) {
                    assertThat(b.number(column, i)).as(id + " " + column).isNaN();
                    continue;
                }
                double size = Math.max(1e-3, Math.abs(a.number(column, i)));
                assertThat(factor * b.number(column, i))
                        .as(id + " " + column + " " + i)
                        .isCloseTo(a.number(column, i), within(1e-9 * size));
            }
        }
    }

    /** All that says nothing of the coding. */
    private static void assertSameModel(Outcome expected, Outcome actual, boolean robust) {
        assertSame(expected, actual, "moderator_test", "statistic df1 p_value", 1);
        if (!robust) {
            assertSame(expected, actual, "residual", "qe qe_p tau2 tau2_se tau2_lower tau2_upper i2 i2_lower h2 r2", 1);
        }
        assertSame(expected, actual, "fit", "log_likelihood aic bic aicc", 1);
        assertSame(expected, actual, "predictions", "estimate se ci_lower ci_upper pi_lower pi_upper", 1);
    }

    @RepeatedTest(5)
    void doesNotDependOnTheOrderOfRows(RepetitionInfo run) {
        List<Study> studies = studies(run.getCurrentRepetition());
        List<Study> shuffled = new ArrayList<>(studies);
        Collections.shuffle(shuffled, new Random(run.getCurrentRepetition()));
        for (boolean robust : new boolean[] {false, true}) {
            UnaryOperator<Run> more = r -> robust ? r.map("cluster", "site") : r;
            Outcome expected = fit(studies, more);
            Outcome actual = fit(shuffled, more);
            assertSameModel(expected, actual, robust);
            assertSame(expected, actual, "coefficients", "estimate se statistic p_value ci_lower ci_upper vif", 1);
            assertSame(expected, actual, "terms", "statistic df1 p_value gvif", 1);
            assertSame(expected, actual, "marginal_means", "k estimate se ci_lower ci_upper pi_lower", 1);
        }
    }

    @RepeatedTest(5)
    void doesNotDependOnTheReference(RepetitionInfo run) {
        List<Study> studies = studies(run.getCurrentRepetition());
        for (boolean robust : new boolean[] {false, true}) {
            UnaryOperator<Run> more = r -> robust ? r.map("cluster", "site") : r;
            Outcome expected = fit(studies, more);
            Outcome actual = fit(studies, r -> more.apply(r).set("reference", "arm=c"));
            assertSameModel(expected, actual, robust);
            assertSame(expected, actual, "studies", "fitted residual hat weight", 1);
            Tabular means = table(expected, "marginal_means");
            Tabular turned = table(actual, "marginal_means");
            int[] order = {1, 2, 0};
            for (int i = 0; i < 3; i++) {
                assertThat(turned.text("level", order[i])).isEqualTo(means.text("level", i));
                for (String column : List.of("k", "estimate", "se", "ci_lower", "pi_upper")) {
                    assertThat(turned.number(column, order[i]))
                            .as(column)
                            .isCloseTo(means.number(column, i), within(1e-9));
                }
            }
        }
    }

    /** Names in another alphabetical order turn the coding, and nothing else. */
    @RepeatedTest(5)
    void doesNotDependOnNamesOfLevels(RepetitionInfo run) {
        Map<String, String> names = Map.of("a", "Zürich (CH)", "b", "10 % – \"b\"", "c", " 日本");
        List<Study> studies = studies(run.getCurrentRepetition());
        List<Study> renamed = studies.stream()
                .map(s -> new Study(
                        s.name, s.y, s.se, s.dose, '"' + names.get(s.arm).replace("\"", "\"\"") + '"', s.site))
                .toList();
        Outcome expected = fit(studies, r -> r);
        Outcome actual = fit(renamed, r -> r.set("at", "dose=4, arm=" + names.get("b")));
        assertSameModel(expected, actual, false);
        assertSame(expected, actual, "studies", "fitted residual hat weight", 1);
    }

    @RepeatedTest(5)
    void doesNotDependOnTheUnitAndZeroOfModerators(RepetitionInfo run) {
        List<Study> studies = studies(run.getCurrentRepetition());
        Outcome expected = fit(studies, r -> r);
        for (double unit : new double[] {1024 * 1024, -0.5}) {
            for (double zero : new double[] {0, 4096}) {
                List<Study> changed = studies.stream()
                        .map(s -> new Study(s.name, s.y, s.se, unit * s.dose + zero, s.arm, s.site))
                        .toList();
                String at = String.format(Locale.ROOT, "arm=b, dose=%s", unit * 4 + zero);
                Outcome actual = fit(changed, r -> r.set("at", at));
                assertSameModel(expected, actual, false);
                assertSame(expected, actual, "studies", "fitted residual hat weight", 1);
                assertSame(expected, actual, "marginal_means", "k estimate se ci_lower ci_upper pi_lower", 1);
            }
        }
    }

    @RepeatedTest(5)
    void turnsWithTheSignOfEffects(RepetitionInfo run) {
        List<Study> studies = studies(run.getCurrentRepetition());
        List<Study> turned = studies.stream()
                .map(s -> new Study(s.name, -s.y, s.se, s.dose, s.arm, s.site))
                .toList();
        Outcome expected = fit(studies, r -> r);
        Outcome actual = fit(turned, r -> r);
        assertSame(expected, actual, "coefficients", "estimate statistic", -1);
        assertSame(expected, actual, "coefficients", "se p_value", 1);
        assertSame(expected, actual, "predictions", "estimate", -1);
        assertSame(expected, actual, "residual", "qe tau2 r2", 1);
        assertThat(table(actual, "predictions").number("pi_lower", 0))
                .isCloseTo(-table(expected, "predictions").number("pi_upper", 0), within(1e-9));
    }
}

package org.lozenge.analyses.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Run;

/** A joint test of x and x + 1e-6 e is that of x and e: no digits but those of the columns are lost. */
class NearlyCollinearTest {

    private static final String TABLE = table40();

    private static String table40() {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("study,effect,se,x,e,z,cl,events_t,n_t,events_c,n_c\n");
        for (int i = 0; i < 40; i++) {
            double x = random.nextGaussian();
            double e = random.nextGaussian();
            csv.append("s" + i + ',' + (0.3 * x + 0.5 * e + 0.4 * random.nextGaussian()) + ','
                    + (0.2 + 0.2 * random.nextDouble()) + ',' + x + ',' + e + ',' + (x + 1e-6 * e) + ",c" + i / 3 + ','
                    + (20 + (int) (10 * Math.tanh(x + e)) + random.nextInt(5)) + ",100," + (15 + random.nextInt(9))
                    + ",100\n");
        }
        return csv.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "meta-regression, hc2",
        "meta-regression, none",
        "multilevel, cr2",
        "multilevel, none",
        "glmm, cm-al",
        "glmm, um-fs"
    })
    void jointTestsDoNotSufferFromIt(String analysis, String variant) {
        Tabular apart = test(analysis, variant, "~ x + e");
        Tabular near = test(analysis, variant, "~ x + z");
        assertThat(near.rows()).isEqualTo(apart.rows());
        for (int row = 0; row < apart.rows(); row++) {
            double expected = apart.number("statistic", row);
            assertEquals(expected, near.number("statistic", row), 1e-8 * expected);
            assertEquals(apart.number("df1", row), near.number("df1", row));
            assertEquals(apart.number("p_value", row), near.number("p_value", row), 1e-8);
        }
    }

    private static Tabular test(String analysis, String variant, String formula) {
        return table(
                run(analysis, TABLE, r -> {
                    Run model = r.set("formula", formula);
                    return switch (analysis) {
                        case "glmm" -> model.set("model", variant);
                        case "multilevel" -> model.map("cluster", "cl").set("robust", variant);
                        default -> model.set("robust", variant);
                    };
                }),
                "moderator_test");
    }
}

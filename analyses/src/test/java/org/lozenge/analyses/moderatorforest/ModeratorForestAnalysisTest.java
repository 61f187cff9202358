package org.lozenge.analyses.moderatorforest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class ModeratorForestAnalysisTest {

    private static final String DRIVERS = resource("drivers.csv");

    private static String resource(String name) {
        try (InputStream in = ModeratorForestAnalysisTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome run(String csv, long seed, List<String> moderators, String... options) {
        return Runs.run("moderator-forest", csv, run -> {
            var set = run.map("moderators", moderators.toArray(String[]::new)).seed(seed);
            for (int i = 0; i < options.length; i += 2) {
                set = set.set(options[i], options[i + 1]);
            }
            return set;
        });
    }

    private static Outcome drivers(String... options) {
        return run(DRIVERS, 1, List.of("dose", "region", "year", "quality", "blinded"), options);
    }

    /**
     * ranger 0.14.1 with the same weights and settings, core/stats/validation/forest.R: R² 0.410; importance of dose 0.0697,
     * region 0.0407, year 0.0027, quality -0.0037, blinded -0.0056; τ² by metafor 3.8.1. The forests differ in random numbers
     * and in how trees split categories; SD over forests are 0.005 and 0.004.
     */
    @Test
    void findsTheDriversAsRangerDoes() {
        Outcome outcome = drivers();
        Tabular forest = Runs.table(outcome, "forest");
        assertEquals(0.1242011668, forest.number("tau2", 0), 1e-9);
        assertEquals(0.410, forest.number("r2", 0), 0.03);
        assertEquals(1, forest.number("mtry", 0));
        Tabular importance = Runs.table(outcome, "importance");
        assertThat(Runs.texts(importance, "moderator").subList(0, 2)).containsExactly("dose", "region");
        assertEquals(0.0697, importance.number("importance", 0), 0.007);
        assertEquals(0.0407, importance.number("importance", 1), 0.010);
        for (int i = 2; i < 5; i++) {
            assertEquals(0, importance.number("importance", i), 0.01);
        }
        assertThat(importance.number("sd", 0)).isBetween(1e-4, 0.01);
        assertThat(outcome.messages()).isEmpty();
    }

    /**
     * core/stats/validation/forest.py, another forest with the same splits, 60 forests: R² 0.3972 (SD 0.0106), importance of
     * dose 0.0702 (0.0040), region 0.0341 (0.0022), year 0.0030, quality -0.0031, blinded -0.0030 (up to 0.0016). Means of ten
     * forests here may differ by four standard errors.
     */
    @Test
    void findsWhatAnIndependentForestFinds() {
        Outcome outcome = drivers();
        assertEquals(0.3972, Runs.table(outcome, "forest").number("r2", 0), 4 * 0.0106 / Math.sqrt(10));
        Tabular importance = Runs.table(outcome, "importance");
        List<String> names = Runs.texts(importance, "moderator");
        double[] expected = {0.0702, 0.0341, 0.0030, -0.0031, -0.0030};
        double[] spread = {0.0040, 0.0022, 0.0016, 0.0016, 0.0011};
        List<String> moderators = List.of("dose", "region", "year", "quality", "blinded");
        for (int i = 0; i < 5; i++) {
            int at = names.indexOf(moderators.get(i));
            assertEquals(
                    expected[i], importance.number("importance", at), 4 * spread[i] / Math.sqrt(10), moderators.get(i));
        }
    }

    /** R² and the mean square error of single forests belong together; studies have the trees of all forests. */
    @Test
    void tellsTheErrorOutOfTheBag() {
        Outcome outcome = drivers("trees", "60", "repeats", "3");
        Tabular studies = Runs.table(outcome, "studies");
        double mean = 0;
        for (int i = 0; i < studies.rows(); i++) {
            mean += studies.number("weight", i) * studies.number("y", i);
        }
        double variance = 0;
        double error = 0;
        for (int i = 0; i < studies.rows(); i++) {
            double w = studies.number("weight", i);
            variance += w * Math.pow(studies.number("y", i) - mean, 2);
            error += w * Math.pow(studies.number("y", i) - studies.number("fitted", i), 2);
        }
        Tabular forest = Runs.table(outcome, "forest");
        assertEquals(1 - forest.number("mse", 0) / variance, forest.number("r2", 0), 1e-12);
        assertThat(error).isLessThan(forest.number("mse", 0)).isGreaterThan(0.9 * forest.number("mse", 0));
    }

    /** The numbers of the example in docs/moderator-forest.md. */
    @Test
    void givesTheExampleOfTheDocumentation() {
        Outcome outcome = run(Samples.get("bcg").csv(), 1, List.of("ablat", "year", "alloc"), "measure", "rr");
        Tabular forest = Runs.table(outcome, "forest");
        assertEquals(13, forest.number("k", 0));
        assertEquals(0.3132, forest.number("tau2", 0), 5e-5);
        assertEquals(0.077, forest.number("r2", 0), 5e-4);
        assertEquals(0.044, forest.number("r2_sd", 0), 5e-4);
        Tabular importance = Runs.table(outcome, "importance");
        assertThat(Runs.texts(importance, "moderator")).containsExactly("ablat", "alloc", "year");
        assertEquals(0.188, importance.number("r2_loss", 0), 5e-4);
        assertEquals(0.035, importance.number("r2_loss_sd", 0), 5e-4);
        assertEquals(0.054, importance.number("r2_loss", 1), 5e-4);
        assertEquals(0.042, importance.number("r2_loss", 2), 5e-4);
        Tabular partial = Runs.table(outcome, "partial");
        assertEquals(0.560, partial.number("effect", 0), 5e-4);
        assertEquals(0.433, partial.number("effect", 8), 5e-4);
        assertThat(Runs.codes(outcome)).contains("few-studies");
    }

    /** Effects rise in a step at dose 5, which the partial dependence shows. */
    @Test
    void partialDependenceShowsTheStep() {
        Tabular partial = Runs.table(drivers("grid", "11"), "partial");
        double low = Double.NaN;
        double high = Double.NaN;
        double asia = Double.NaN;
        double europe = Double.NaN;
        for (int i = 0; i < partial.rows(); i++) {
            if (partial.text("moderator", i).equals("dose")) {
                low = partial.number("value", i) < 3.2 ? partial.number("estimate", i) : low;
                high = partial.number("value", i) > 8 ? partial.number("estimate", i) : high;
            }
            asia = partial.text("level", i).equals("Asia") ? partial.number("estimate", i) : asia;
            europe = partial.text("level", i).equals("Europe") ? partial.number("estimate", i) : europe;
        }
        assertThat(high - low).isBetween(0.2, 0.6);
        assertThat(asia - europe).isBetween(0.1, 0.4);
    }

    @Test
    void theSeedDecidesEverything() {
        String[] few = {"trees", "30", "repeats", "3"};
        Outcome one = drivers(few);
        assertThat(drivers(few).get()).isEqualTo(one.get());
        Outcome other = run(DRIVERS, 2, List.of("dose", "region", "year", "quality", "blinded"), few);
        assertThat(Runs.table(other, "importance")).isNotEqualTo(Runs.table(one, "importance"));
    }

    @Test
    void noiseExplainsNothing() {
        Random random = new Random(4);
        StringBuilder csv = new StringBuilder("study,yi,vi,x,z\n");
        for (int i = 0; i < 40; i++) {
            csv.append("S%d,%.3f,0.05,%.3f,%.3f%n"
                    .formatted(i, random.nextGaussian(), random.nextGaussian(), random.nextGaussian()));
        }
        Outcome outcome = run(csv.toString(), 1, List.of("x", "z"), "trees", "100", "repeats", "4");
        assertThat(Runs.table(outcome, "forest").number("r2", 0)).isNegative();
        assertThat(Runs.codes(outcome)).contains("no-predictive-power");
    }

    /** A study with nearly all the weight is in every bag; with equal weights it is not. */
    @Test
    void weightsAreTheChancesOfBeingDrawn() {
        StringBuilder csv = new StringBuilder("study,yi,vi,x\n");
        for (int i = 0; i < 20; i++) {
            csv.append("S%d,%s,%s,%d\n".formatted(i, i % 3, i == 0 ? "0.0001" : "1", i));
        }
        Outcome weighted = run(csv.toString(), 1, List.of("x"), "trees", "20", "repeats", "2", "weights", "common");
        assertThat(Runs.codes(weighted)).contains("dominant-study");
        Tabular studies = Runs.table(weighted, "studies");
        assertThat(studies.number("weight", 0)).isGreaterThan(0.9);
        assertThat(studies.number("fitted", 0)).isNaN();
        Outcome equal = run(csv.toString(), 1, List.of("x"), "trees", "20", "repeats", "2", "weights", "equal");
        assertEquals(0.05, Runs.table(equal, "studies").number("weight", 0), 1e-12);
        assertThat(Runs.table(equal, "studies").number("fitted", 0)).isFinite();
    }

    @Test
    void missingValuesAreNamedByRow() {
        String csv = DRIVERS.replace("S003,", "S003,").replaceFirst("(S004,[^,]*,[^,]*),[^,]*,", "$1,,");
        Outcome outcome = run(csv, 1, List.of("dose", "region"), "trees", "20", "repeats", "2");
        assertThat(Runs.text(outcome, "missing-moderator"))
                .contains("1 of 120 studies has", "row 4 (S004: dose)", "119 are used");
        assertEquals(119, Runs.table(outcome, "studies").rows());
    }

    @Test
    void numbersMayBeCategories() {
        Outcome outcome = run(DRIVERS, 1, List.of("dose", "year"), "categories", "year", "trees", "20", "repeats", "2");
        Tabular partial = Runs.table(outcome, "partial");
        int years = (int) IntStream.range(0, partial.rows())
                .filter(i -> partial.text("moderator", i).equals("year"))
                .peek(i -> assertThat(partial.number("value", i)).isNaN())
                .count();
        assertThat(years).isGreaterThan(25);
    }

    @Test
    void figuresFollowTheRanking() {
        Outcome outcome = drivers("trees", "60", "repeats", "3");
        assertThat(outcome.get().item("importance-plot", XYPlot.class).description())
                .contains("dose");
        assertThat(outcome.get().item("partial-1", XYPlot.class).title()).isEqualTo("Partial dependence on dose");
        assertThat(outcome.get().item("partial-2", XYPlot.class).xLabel())
                .isEqualTo("region: 1 Africa, 2 Asia, 3 Europe");
    }

    @Test
    void namesManyLevelsBelowTheFigure() {
        Outcome outcome = run(DRIVERS, 1, List.of("year"), "categories", "year", "trees", "20", "repeats", "2");
        XYPlot plot = outcome.get().item("partial-1", XYPlot.class);
        assertThat(plot.xLabel()).isEqualTo("year");
        assertThat(plot.footnotes()).hasSize(1);
        assertThat(plot.footnotes().get(0)).startsWith("year: 1 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9})
    void refusesTooFewStudies(int k) {
        String csv = String.join("\n", DRIVERS.lines().limit(k + 1L).toList());
        assertThat(Runs.text(run(csv, 1, List.of("dose", "quality")), "too-few-studies"))
                .contains(k == 1 ? "1 study with" : "9 studies with all moderators, but a forest needs 10");
    }

    @Test
    void whatCannotBeUsedIsAnError() {
        String[] few = {"trees", "20", "repeats", "2"};
        String mixed = DRIVERS.replaceFirst("S002,([^,]*),([^,]*),[^,]*,", "S002,$1,$2,high,");
        assertThat(Runs.text(run(mixed, 1, List.of("dose"), few), "mixed-column"))
                .contains("row 2", "'high'", "--categories");
        String commas = DRIVERS.replaceAll("(?m)^(S[0-9]*,[^,]*,[^,]*),[^,]*,", "$1,\"0,5\",");
        assertThat(Runs.text(run(commas.replaceFirst("\"0,5\"", "\"1,5\""), 1, List.of("dose"), few), "not-numeric"))
                .contains("row 1, column 'dose': '1,5' looks like a number with a decimal comma", "--categories dose");
        assertThat(Runs.text(run(DRIVERS, 1, List.of("region"), "categories", "x"), "no-such-column"))
                .contains("'x'");
        assertThat(Runs.text(run(DRIVERS, 1, List.of("study"), few), "many-levels"))
                .contains("120");
        assertThat(Runs.text(run(DRIVERS, 1, List.of("dose"), "node-size", "100"), "param-range"))
                .contains("120 studies");
        assertThat(Runs.codes(Runs.run("moderator-forest", DRIVERS))).contains("unmapped-role");
        String constant = DRIVERS.replaceAll(",(no|yes)\\R", ",no\n");
        Outcome outcome = run(constant, 1, List.of("dose", "blinded"), few);
        assertThat(Runs.text(outcome, "constant-moderator")).contains("'blinded'");
        assertEquals(1, Runs.table(outcome, "forest").number("p", 0));
        Outcome limited = run(DRIVERS, 1, List.of("dose"), "mtry", "3", "trees", "20", "repeats", "2");
        assertThat(Runs.codes(limited)).contains("mtry-limited");
    }

    @Test
    void manyModeratorsAreWarnedOf() {
        StringBuilder csv = new StringBuilder("study,yi,vi");
        List<String> names = IntStream.range(0, 15).mapToObj(i -> "m" + i).toList();
        names.forEach(name -> csv.append(',').append(name));
        Random random = new Random(1);
        for (int i = 0; i < 12; i++) {
            csv.append("\nS").append(i).append(',').append(random.nextInt(5)).append(",0.1");
            names.forEach(name -> csv.append(',').append(random.nextInt(9)));
        }
        Outcome outcome = run(csv.append('\n').toString(), 1, names, "trees", "20", "repeats", "2");
        assertThat(Runs.text(outcome, "many-moderators")).contains("15 moderators for 12 studies");
        assertEquals(15, Runs.table(outcome, "importance").rows());
    }
}

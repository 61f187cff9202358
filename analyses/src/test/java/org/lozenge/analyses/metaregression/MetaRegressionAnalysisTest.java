package org.lozenge.analyses.metaregression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;

class MetaRegressionAnalysisTest {

    private static final String BCG = Samples.get("bcg").csv();

    private static final String SMALL = """
            study,effect,se,dose,arm,same,text,mixed,gap,site
            a,-0.9,0.3,44,x,1,u,1,,1
            b,-1.6,0.4,55,y,1,u,2,2,1
            c,-1.3,0.5,42,x,1,u,3,3,2
            d,-1.4,0.2,52,y,1,u,four,4,2
            e,-0.2,0.2,13,x,1,u,5,5,3
            f,-0.8,0.1,30,z,1,u,6,NA,3
            """;

    private static Outcome bcg(String formula, UnaryOperator<Run> more) {
        return run(
                "meta-regression", BCG, r -> more.apply(r.set("measure", "rr").set("formula", formula)));
    }

    private static void assertRow(Tabular table, int row, String columns, double... expected) {
        String[] names = columns.split(" ");
        for (int i = 0; i < names.length; i++) {
            double size = Math.max(Math.abs(expected[i]), 1e-3);
            assertThat(table.number(names[i], row)).as(names[i]).isCloseTo(expected[i], within(1e-9 * size));
        }
    }

    /** metafor 3.8.1, rma(yi, vi, mods = ~ ablat, test = "adhoc"), predict(newmods = 44); dat.bcg, log risk ratios. */
    @Test
    void explainsTheTrialsByLatitude() {
        Outcome outcome = bcg("~ ablat", r -> r.set("at", "ablat=44"));
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(texts(coefficients, "term")).containsExactly("intercept", "ablat");
        assertRow(
                coefficients,
                1,
                "estimate se statistic df p_value ci_lower ci_upper vif",
                -0.0291017250116497,
                0.0082014174110366,
                -3.548377500270581,
                11,
                0.00456505154154001,
                -0.0471529230250584,
                -0.0110505269982409,
                1);
        assertRow(
                table(outcome, "moderator_test"),
                0,
                "statistic df1 df2 p_value",
                12.59098288442649505,
                1,
                11,
                0.00456505154154001);
        assertRow(
                table(outcome, "residual"),
                0,
                "k p qe qe_df tau2 i2 r2 k_left_out",
                13,
                2,
                30.73309001074925817,
                11,
                0.07634796395520270,
                0.6839122483818231,
                0.7562662181164364,
                0);
        // The mean risk ratio expected at 44°.
        double estimate = 0.2514682100073704 - 44 * 0.0291017250116497;
        assertRow(table(outcome, "predictions"), 0, "estimate effect", estimate, Math.exp(estimate));
        assertThat(table(outcome, "studies").rows()).isEqualTo(13);
    }

    /** metafor 3.8.1, rma(yi, vi, mods = ~ ablat + alloc, test = "knha"). */
    @Test
    void takesTextsAsCategories() {
        Outcome outcome = run(
                "meta-regression",
                BCG,
                r -> r.set("measure", "rr").map("moderators", "ablat", "alloc").set("test", "hksj-plain"));
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(texts(coefficients, "term"))
                .containsExactly("intercept", "ablat", "alloc random", "alloc systematic");
        assertRow(
                coefficients,
                2,
                "estimate se p_value ci_lower ci_upper",
                -0.2674912115129,
                0.36241070936536,
                0.4792631105334,
                -1.0873211935785,
                0.55233877055273);
        assertRow(
                table(outcome, "terms"),
                0,
                "statistic df1 p_value",
                2.866945875943 * 2.866945875943,
                1,
                0.0185689142041);
        Tabular means = table(outcome, "marginal_means");
        assertThat(texts(means, "level")).containsExactly("alternate", "random", "systematic");
        // predict(fit, newmods = c(mean(ablat), 1, 0)).
        assertThat(means.number("estimate", 1)).isCloseTo(-0.8870, within(5e-5));
        assertThat(means.number("se", 1)).isCloseTo(0.1977, within(5e-5));
        assertThat(means.number("pi_lower", 1)).isCloseTo(-1.8565, within(5e-5));
        assertThat(outcome.get().item("marginal-means", ForestPlot.class).rows())
                .hasSize(7);
        assertThat(outcome.get().item("bubble", XYPlot.class).layers()).hasSize(7);
    }

    /** Published: van Houwelingen, Arends and Stijnen (2002), p. 603: 0.371 (0.106), −0.0327 (0.0034), τ² 0.004. */
    @Test
    void repeatsVanHouwelingen() {
        Outcome outcome = run(
                "meta-regression",
                BCG,
                r -> r.set("measure", "or")
                        .set("formula", "~ ablat")
                        .set("tau2", "ml")
                        .set("test", "z"));
        Tabular table = table(outcome, "coefficients");
        assertRow(table, 0, "estimate se", 0.37107049804, 0.10597121105);
        assertRow(table, 1, "estimate se", -0.03272249335, 0.00337153984);
        assertThat(table(outcome, "residual").number("tau2", 0)).isCloseTo(0.00399840101, within(1e-11));
    }

    /** metafor 3.8.1, confint(rma(yi, vi, mods = ~ ablat), type = "QP" and "PL"); I² and H² by s² from the same fit. */
    @Test
    void givesLimitsOfTheResidualVariance() {
        Tabular residual = table(bcg("~ ablat", r -> r), "residual");
        assertRow(residual, 0, "tau2_lower tau2_upper", 0.01668006832064807, 0.78483525457550218);
        double typical = residual.number("tau2", 0) / (residual.number("h2", 0) - 1);
        assertRow(
                residual,
                0,
                "i2_lower i2_upper h2_lower h2_upper",
                0.01668006832064807 / (0.01668006832064807 + typical),
                0.78483525457550218 / (0.78483525457550218 + typical),
                1 + 0.01668006832064807 / typical,
                1 + 0.78483525457550218 / typical);
        assertRow(
                table(bcg("~ ablat", r -> r.set("tau2-ci", "pl")), "residual"),
                0,
                "tau2_lower tau2_upper",
                0.0058066347326024351,
                0.4432159651336619);
        assertRow(
                table(bcg("~ ablat", r -> r.set("tau2-ci", "pl").set("tau2", "ml")), "residual"),
                0,
                "tau2_lower tau2_upper",
                0,
                0.24504581723819119);
        assertThat(table(bcg("~ ablat", r -> r.set("tau2-ci", "none")), "residual")
                        .number("tau2_upper", 0))
                .isNaN();
    }

    /** With weights 1/v the generalised moments are DerSimonian and Laird's, with equal ones Hedges and Olkin's. */
    @Test
    void estimatesByGeneralisedMoments() {
        for (String[] same : new String[][] {{"iv", "dl"}, {"equal", "he"}}) {
            Tabular genq = table(
                    bcg(
                            "~ ablat",
                            r -> r.set("tau2", "genq")
                                    .set("genq-weights", same[0])
                                    .set("tau2-ci", "genq")),
                    "residual");
            Tabular other = table(bcg("~ ablat", r -> r.set("tau2", same[1]).set("tau2-ci", "genq")), "residual");
            for (String column : List.of("tau2", "tau2_se", "tau2_lower", "tau2_upper")) {
                assertEquals(other.number(column, 0), genq.number(column, 0), 1e-12);
            }
            assertThat(genq.number("tau2_upper", 0)).isGreaterThan(genq.number("tau2", 0));
        }
    }

    /** clubSandwich, vcovCR(type = "CR2"), coef_test(test = "Satterthwaite"). */
    @Test
    void isRobustAgainstDependentStudies() {
        String[] lines = BCG.strip().split("\n");
        StringBuilder csv = new StringBuilder(lines[0] + ",team\n");
        int[] clusters = {1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7};
        for (int i = 1; i < lines.length; i++) {
            csv.append(lines[i]).append(",t").append(clusters[i - 1]).append('\n');
        }
        Outcome outcome = run(
                "meta-regression",
                csv.toString(),
                r -> r.set("measure", "rr").set("formula", "~ ablat").map("cluster", "team"));
        assertRow(
                table(outcome, "coefficients"),
                1,
                "se df p_value",
                0.00525275716157868,
                3.84167095453968,
                0.00583896155551809);
        assertThat(text(outcome, "robust-chosen")).contains("7 clusters of column 'team'");
        assertThat(codes(outcome)).contains("few-clusters");
    }

    @Test
    void comparesCoefficients() {
        Outcome outcome = bcg(
                "~ ablat + alloc", r -> r.set("contrast", "`alloc random` - alloc systematic; 0, 0, 1, 0; 0,0,0,2"));
        Tabular contrasts = table(outcome, "contrasts");
        assertThat(contrasts.number("estimate", 0)).isCloseTo(-0.2674912115129 - 0.0584612869283, within(1e-9));
        Tabular all = table(outcome, "contrast_test");
        // The third follows from the others: two degrees of freedom.
        assertThat(all.number("df1", 0)).isEqualTo(2);
        assertThat(all.number("statistic", 0)).isCloseTo(table(outcome, "terms").number("statistic", 1), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "'`alloc rndom`', 'alloc rndom' is no coefficient",
        "'1,2', it has 2 numbers for 4 coefficients",
        "'0,0,0,0', all its weights are 0",
        "'2 ablat', a * is missing after '2'",
        "'`ablat', a backtick is not closed",
    })
    void saysWhatIsWrongWithAContrast(String contrast, String expected) {
        assertThat(text(bcg("~ ablat + alloc", r -> r.set("contrast", contrast)), "contrast"))
                .contains(expected)
                .contains("`alloc random`");
    }

    @Test
    void refersToALevelOfChoice() {
        Outcome outcome = bcg("~ alloc", r -> r.set("reference", "alloc=systematic"));
        assertThat(texts(table(outcome, "coefficients"), "term"))
                .containsExactly("intercept", "alloc alternate", "alloc random");
        Outcome bare = bcg("~ alloc", r -> r.set("reference", "systematic"));
        assertThat(table(bare, "coefficients")).isEqualTo(table(outcome, "coefficients"));
        assertThat(text(bcg("~ alloc", r -> r.set("reference", "alloc=none")), "no-such-level"))
                .contains("'none' is not a value of column 'alloc'")
                .contains("[alternate, random, systematic]");
        assertThat(text(bcg("~ alloc", r -> r.set("reference", "none")), "no-such-level"))
                .contains("Write COLUMN=LEVEL");
        assertThat(text(bcg("~ alloc", r -> r.set("reference", "ablat=13")), "no-such-column"))
                .contains("'ablat'");
    }

    /** Centring, scaling, orthogonal or plain powers and the choice of the level are only other words for one model. */
    @Test
    void fitsTheSameInOtherWords() {
        Tabular expected = table(bcg("~ ablat + I(ablat^2) + alloc", r -> r), "studies");
        for (String other : new String[] {
            "~ poly(ablat, 2) + alloc",
            "~ center(ablat) + I((ablat - 33)^2) + alloc",
            "~ I(1e6 * ablat) + I(1e-9 * ablat^2) + alloc - 1",
            "~ poly(ablat, 2, raw = TRUE) + factor(alloc, ref = \"systematic\")",
            "~ alloc + scale(ablat) + I(ablat^2 + 5000)",
        }) {
            Outcome outcome = bcg(other, r -> r);
            for (int i = 0; i < 13; i++) {
                assertThat(table(outcome, "studies").number("fitted", i))
                        .as(other)
                        .isCloseTo(expected.number("fitted", i), within(1e-9));
            }
        }
    }

    @Test
    void leavesOutWhatFollowsFromOtherTerms() {
        Outcome outcome = bcg("~ ablat + year + I(2 * ablat - year) + alloc", r -> r);
        assertThat(texts(table(outcome, "coefficients"), "term"))
                .containsExactly("intercept", "ablat", "year", "alloc random", "alloc systematic");
        assertThat(text(outcome, "aliased-term")).contains("'I(2 * ablat - year)' was left out");
    }

    @Test
    void leavesOutStudiesWithoutAModerator() {
        Outcome outcome = run("meta-regression", SMALL, r -> r.map("moderators", "dose", "gap"));
        assertThat(text(outcome, "missing-moderator"))
                .isEqualTo(
                        "data.csv: 2 of 6 studies have no value of a moderator and are left out: row 1 (a: gap), row 6"
                                + " (f: gap). 4 are used.");
        assertThat(table(outcome, "residual").number("k_left_out", 0)).isEqualTo(2);
    }

    private static Outcome small(String formula) {
        return run("meta-regression", SMALL, r -> r.set("formula", formula));
    }

    @Test
    void saysWhatIsWrongWithModerators() {
        String line = "study,effect,se,x\na,1,1,1\nb,2,1,2\nc,3,1,3\nd,5,1,5\n";
        assertThat(text(
                        run(
                                "meta-regression",
                                line,
                                r -> r.set("formula", "~ x").set("test", "hksj-plain")),
                        "perfect-fit"))
                .contains("fits all effects exactly", "--test hksj");
        assertThat(text(small("~ text dose"), "formula")).contains("with spaces", "`text dose`");
        String dates = "study,effect,se,when\na,1,1,2001-03-04\nb,2,1,2002-01-04\nc,3,1,2004-11-30\nd,2,1,1999-01-01\n";
        assertThat(text(run("meta-regression", dates, r -> r.set("formula", "~ when")), "many-levels"))
                .contains("'when'", "dates: write them as numbers, such as the year");
        assertThat(text(
                        run("meta-regression", "study,effect,se,x\na,1,1,3\n", r -> r.set("formula", "~ x")),
                        "constant-moderator"))
                .contains("there is one usable row, '3' of 'x'");
        assertThat(text(small("~ same"), "constant-moderator")).contains("'same' does not vary");
        assertThat(text(small("~ text + same"), "constant-moderator")).contains("'u'");
        assertThat(codes(small("~ dose + same"))).contains("constant-moderator", "aliased-term");
        assertThat(text(small("~ mixed"), "mixed-column"))
                .startsWith("data.csv, row 4, column 'mixed': 'four' is not a number, but 5 of 6 cells are.");
        assertThat(text(small("~ dosis"), "no-such-column")).contains("study, effect, se, dose");
        assertThat(text(small("~ study"), "many-levels")).contains("another text in each of 6 rows");
        assertThat(text(small("~ poly(dose, 3) + arm"), "too-many-terms"))
                .contains("need at least 7 studies, but there are 6");
        assertThat(text(small("~ dose + arm"), "level-seen-once")).contains("level 'z' (row 6)");
        assertThat(text(small("~ log(dose - 13)"), "formula-value")).contains("data.csv, row 5, where dose = 13");
        assertThat(text(run("meta-regression", SMALL), "unmapped-role")).contains("--map moderators=COLUMN");
        String empty = SMALL.replace(",1,u,", ",,u,");
        assertThat(text(run("meta-regression", empty, r -> r.set("formula", "~ same")), "all-missing"))
                .contains("column 'same' is empty in all 6");
        assertThat(text(
                        run(
                                "meta-regression",
                                SMALL,
                                r -> r.set("formula", "~ dose").map("cluster", "text")),
                        "one-cluster"))
                .contains("one cluster of column 'text'");
        assertThat(text(
                        run(
                                "meta-regression",
                                SMALL,
                                r -> r.set("formula", "~ dose").set("at", "dos=3")),
                        "no-such-column"))
                .contains("[dose]");
        assertThat(text(
                        run(
                                "meta-regression",
                                SMALL,
                                r -> r.set("formula", "~ dose").set("at", "dose=99")),
                        "extrapolation"))
                .contains("from 13 to 55");
        assertThat(text(
                        run(
                                "meta-regression",
                                SMALL,
                                r -> r.set("formula", "~ dose").set("bubble", "arm")),
                        "no-such-column"))
                .contains("'bubble'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "at; dose=1e308; formula-value; 'dose' is beyond ±1E+100 at dose = 1e308",
                "at; dose=; new-values; no value stands after 'dose='",
                "at; dose=20|; new-values; no value stands after 'dose=' or a |",
                "at; dose=20, dose=30; new-values; names 'dose' twice",
                "contrast; 0, 1e308; contrast; must be within ±1E+100",
                "contrast; 1e400 * dose; contrast; '1e400' is not a number",
                "contrast; dose +; contrast; a term is missing at the end",
                "contrast; dose + + intercept; contrast; a term is missing before '+ intercept'",
            })
    void saysWhatIsWrongWithSettings(String option, String value, String code, String expected) {
        Outcome outcome =
                run("meta-regression", SMALL, r -> r.set("formula", "~ dose").set(option, value));
        assertThat(text(outcome, code)).contains(expected);
    }

    /** Names and levels may hold the signs that settings and contrasts are made of. */
    @Test
    void readsSettingsOfNamesWithSigns() {
        String csv = BCG.replace("random", "it's \"\"a|b\"\"; c")
                .replaceAll("(?m),(it's.*)$", ",\"$1\"")
                .replace("alloc", "\"kind, a=b\"")
                .replace("systematic", "x, y = z");
        csv = csv.replaceAll("(?m),(x, y = z)$", ",\"$1\"");
        String formula = "~ ablat + `kind, a=b`";
        Outcome plain = bcg(
                "~ ablat + alloc",
                r -> r.set("at", "alloc=random|systematic, ablat=20; ablat=30")
                        .set("contrast", "alloc random - alloc systematic; ablat"));
        Outcome other = run(
                "meta-regression",
                csv,
                r -> r.set("measure", "rr")
                        .set("formula", formula)
                        .set("at", "kind, a=b=\"it's \"\"a|b\"\"; c\"|\"x, y = z\", ablat=20; ablat = 30")
                        .set("contrast", "`kind, a=b it's \"a|b\"; c` - `kind, a=b x, y = z`; ablat"));
        for (String id : new String[] {"predictions", "contrasts"}) {
            for (int i = 0; i < table(plain, id).rows(); i++) {
                assertThat(table(other, id).number("estimate", i))
                        .isCloseTo(table(plain, id).number("estimate", i), within(1e-10));
            }
            assertThat(table(other, id).rows()).isEqualTo(table(plain, id).rows());
        }
    }

    @Test
    void takesExponentsInContrasts() {
        Outcome outcome = bcg("~ ablat", r -> r.set("contrast", "1e-2 * ablat + 2.5E+1*`ablat`"));
        double slope = table(outcome, "coefficients").number("estimate", 1);
        assertThat(table(outcome, "contrasts").number("estimate", 0)).isCloseTo(25.01 * slope, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "reference; arm=; no-such-level; Option 'reference' is 'arm=', but no level stands after 'arm='",
                "reference-level; arm=x, arm=y; options-conflict; 'y' as the reference of 'arm', but 'x' was named before",
            })
    void saysWhatIsWrongWithReferences(String option, String value, String code, String expected) {
        Outcome outcome =
                run("meta-regression", SMALL, r -> r.set("formula", "~ arm").set(option, value));
        assertThat(text(outcome, code)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0,5; 1,25; 2,0",
                "10%; 20 %; 12.5%",
                "1,000; 2,500; 12,000",
                "1.000,5; 2.000,5; 3.000,25",
                "−0,5; 1,5; 2"
            })
    void takesNumbersWrittenOtherwiseForNoCategories(String a, String b, String c) {
        String csv = String.format(
                Locale.ROOT,
                "study,effect,se,x\n1,0.1,0.2,\"%1$s\"\n2,0.4,0.2,\"%2$s\"\n3,0.2,0.3,\"%3$s\"\n4,0.3,0.2,\"%1$s\"\n"
                        + "5,0.8,0.2,\"%2$s\"\n6,0.1,0.1,\"%3$s\"\n",
                a,
                b,
                c);
        Outcome outcome = run("meta-regression", csv, r -> r.set("formula", "~ x"));
        if (codes(outcome).contains("mixed-column")) {
            assertThat(text(outcome, "mixed-column")).contains("'" + a + "' is not a number, but 2 of 6 cells are");
        } else {
            assertThat(text(outcome, "not-numeric"))
                    .contains("data.csv, row 1, column 'x': '" + a + "'", "decimal point");
        }
        Outcome asCategories = run("meta-regression", csv, r -> r.set("formula", "~ factor(x)"));
        assertThat(table(asCategories, "coefficients").rows()).isEqualTo(3);
    }

    @Test
    void takesTextsWithDigitsForCategories() {
        String csv =
                "study,effect,se,x\n1,1,1,1.2.3\n2,2,1,1.2.3\n3,1,1,3.4.2001\n4,2,1,3.4.2001\n5,1,1,10-20\n6,3,1,10-20\n";
        assertThat(table(run("meta-regression", csv, r -> r.set("formula", "~ x")), "coefficients")
                        .rows())
                .isEqualTo(3);
    }

    @Test
    void namesStudiesWithoutACluster() {
        String csv = SMALL.replace(",13,x,1,u,5,5,3", ",13,x,1,u,5,5,");
        Outcome outcome =
                run("meta-regression", csv, r -> r.set("formula", "~ dose").map("cluster", "site"));
        assertThat(text(outcome, "missing-cluster"))
                .contains("1 of 6 studies has no cluster in column 'site' and counts as a cluster of its own");
        assertThat(text(outcome, "robust-chosen")).contains("4 clusters");
    }

    /** Columns may be called like a term; each keeps a name of its own. */
    @Test
    void numbersTermsOfTheSameName() {
        String csv = SMALL.replace("gap", "log(dose)");
        Outcome both = run(
                "meta-regression",
                csv,
                r -> r.set("formula", "~ log(dose) + `log(dose)`").set("contrast", "log(dose) (2)"));
        assertThat(texts(table(both, "coefficients"), "term"))
                .containsExactly("intercept", "log(dose)", "log(dose) (2)");
        assertThat(table(both, "contrasts").number("estimate", 0))
                .isEqualTo(table(both, "coefficients").number("estimate", 2));
        String named = BCG.replaceFirst("ablat", "intercept");
        assertThat(texts(
                        table(
                                run(
                                        "meta-regression",
                                        named,
                                        r -> r.set("measure", "rr").set("formula", "~ intercept")),
                                "coefficients"),
                        "term"))
                .containsExactly("intercept", "intercept (2)");
    }

    @Test
    void saysWhatCannotBeEstimated() {
        String csv = """
                study,effect,se,a,b
                1,0.1,0.2,x,u
                2,0.3,0.2,x,v
                3,0.2,0.3,y,u
                4,0.5,0.2,y,u
                5,0.7,0.3,x,v
                6,0.4,0.2,x,u
                """;
        Outcome outcome = run("meta-regression", csv, r -> r.set("formula", "~ a * b"));
        assertThat(text(outcome, "aliased-term")).contains("'a y:b v'");
        Tabular means = table(outcome, "marginal_means");
        // Neither y nor v can be averaged over, since no study has both.
        assertThat(texts(means, "level")).containsExactly("x", "u");
        assertThat(codes(outcome)).contains("not-estimable");
    }

    /** A column that only the formula names is read as a mapped one is: NA is missing. */
    @Test
    void readsColumnsThatAreNotMapped() {
        String csv = SMALL.replace(",13,x,", ",13,NA,").replace(",30,z,", ",30, x ,");
        Outcome named = run("meta-regression", csv, r -> r.set("formula", "~ arm"));
        Outcome mapped = run("meta-regression", csv, r -> r.map("moderators", "arm"));
        assertThat(table(named, "coefficients")).isEqualTo(table(mapped, "coefficients"));
        assertThat(texts(table(named, "coefficients"), "term")).containsExactly("intercept", "arm y");
        assertThat(text(named, "missing-moderator")).contains("row 5 (e: arm)");
    }

    @ParameterizedTest
    @CsvSource({"cr0", "cr1", "cr1p", "cr1s", "cr2", "cr3", "hc0", "hc1", "hc2", "hc3"})
    void givesNoRobustErrorWhereAStudyStandsAlone(String robust) {
        Outcome outcome = run(
                "meta-regression",
                SMALL,
                r -> r.set("formula", "~ arm").set("reference", "z").set("robust", robust));
        Tabular table = table(outcome, "coefficients");
        assertThat(table.number("se", 0)).isNaN();
        assertThat(table.number("p_value", 0)).isNaN();
        assertThat(codes(outcome)).contains("exact-fit", "exact-clusters", "level-seen-once");
    }

    /** The same as the analysis that does nothing else. */
    @Test
    void permutesModerators() {
        Outcome outcome = bcg("~ alloc", r -> r.set("permutations", 100_000).set("test", "z"));
        Tabular test = table(outcome, "permutation_test");
        // 13!/(7! 2! 4!) orders of the three levels.
        assertThat(test.number("arrangements", 0)).isEqualTo(25_740);
        assertThat(test.text("exact", 0)).isEqualTo("yes");
        assertThat(test.number("statistic", 0)).isCloseTo(1.7675114019317, within(1e-8));
        Outcome only = run("permutation", BCG, r -> r.set("measure", "rr").set("formula", "~ alloc"));
        assertThat(test.number("p_value", 0)).isEqualTo(table(only, "test").number("p_value", 0));
        assertThat(text(bcg("~ alloc - 1", r -> r.set("permutations", 1000)), "no-intercept"))
                .contains("--permutations 0");
    }

    @Test
    void keepsWithoutModeratorsToThePooledEffect() {
        Outcome outcome = bcg("~ 1", r -> r);
        Outcome pooled = run("pool", BCG, r -> r.set("measure", "rr"));
        assertThat(table(outcome, "coefficients").number("estimate", 0))
                .isCloseTo(table(pooled, "model").number("estimate", 1), within(1e-12));
        assertThat(table(outcome, "coefficients").number("se", 0))
                .isCloseTo(table(pooled, "model").number("se", 1), within(1e-12));
    }
}

package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lozenge.workbench.Bench.assertEnds;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;

class MappingTest {

    private static final Role HR = Roles.RATIO.positive();
    private static final AnalysisSpec TWO =
            AnalysisSpec.of("two", "Two").roles(Roles.STUDY.optional(), Roles.EFFECT, Roles.SE);
    private static final AnalysisSpec EITHER = AnalysisSpec.of("pool", "Pool")
            .roles(Roles.STUDY.optional(), Roles.CI_LEVEL.optional())
            .oneOf(
                    List.of(HR, Roles.CI_LOW, Roles.CI_HIGH),
                    List.of(Roles.EFFECT, Roles.SE),
                    List.of(Roles.EFFECT, Roles.VARIANCE));

    private static Map<String, List<String>> mapping(Run run) {
        Outcome outcome = run.get();
        assertThat(outcome).as(Bench.lines(outcome)).isInstanceOf(Outcome.Ok.class);
        return outcome.provenance().mapping();
    }

    // ---- found by name and synonym

    @ParameterizedTest
    @ValueSource(
            strings = {"effect,se", "yi,sei", "YI,SEI", "TE,seTE", "Log HR,se(log HR)", "_meta_es,_meta_se", "y,std.err"
            })
    void findsColumnsByNameOrSynonym(String header) {
        String[] names = header.split(",");
        assertEquals(
                Map.of("effect", List.of(names[0]), "se", List.of(names[1])),
                mapping(Bench.run(TWO, header + "\n0.1,0.2\n")));
    }

    @Test
    void theNameComesBeforeSynonyms() {
        assertEquals(
                List.of("effect"),
                mapping(Bench.run(TWO, "yi,effect,se\n1,2,3\n")).get("effect"));
        assertEquals(
                List.of("Effect"),
                mapping(Bench.run(TWO, "yi,Effect,se\n1,2,3\n")).get("effect"));
    }

    @Test
    void aColumnNamedAfterOneRoleIsNoSynonymOfAnother() {
        Role a = Role.number("a", "A").aka("b");
        Role b = Role.number("b", "B").optional();
        Outcome outcome =
                Bench.run(AnalysisSpec.of("x", "X").roles(a, b), "b,c\n1,2\n").get();
        assertEnds(
                "rejected",
                "ERROR unmapped-role: t.csv has no column for role 'a' (A) of 'x'. Looked for a, b. Map one with --map"
                        + " a=COLUMN; there are the columns b, c.",
                outcome);
    }

    @Test
    void tellsWhichColumnAListTookFromARole() {
        Role list = Role.any("moderators", "Moderators").many();
        Role weight = Roles.WEIGHT.optional();
        Run run = Bench.run(AnalysisSpec.of("x", "X").roles(Roles.EFFECT, weight, list), "yi,weight,dose\n1,2,3\n");
        assertThat(Bench.lines(run.map("moderators", "dose", "weight").get()))
                .contains(
                        "INFO column-taken: t.csv: column 'weight' is mapped to 'moderators' and therefore not used as"
                                + " role 'weight' (" + weight.label() + "). If it is both, add --map weight=weight.");
        assertThat(Bench.lines(run.map("weight", "weight").get())).doesNotContain("column-taken");
    }

    @Test
    void anErrorAboutARoleThatAListTookSaysSo() {
        Role list = Role.any("moderators", "Moderators").many();
        Outcome outcome = Bench.run(AnalysisSpec.of("x", "X").roles(Roles.SE, list), "sei,dose\n1,2\n")
                .map("moderators", "dose", "sei")
                .get();
        assertThat(Bench.lines(outcome)).contains("INFO column-taken: t.csv: column 'sei'", "ERROR unmapped-role");
    }

    @Test
    void twoSynonymsAreAmbiguous() {
        assertEnds(
                "rejected",
                "ERROR ambiguous-column: t.csv: role 'effect' (Effect on the analysis scale) could be any of the columns"
                        + " yi, te. Choose with --map effect=COLUMN.",
                Bench.run(TWO, "te,yi,se\n1,2,3\n").get());
        assertEnds(
                "rejected",
                "WARNING similar-columns: t.csv: the columns 'Se' and 'SE' differ in case only; name the one you mean"
                        + " exactly.\n"
                        + "ERROR ambiguous-column: t.csv: role 'se' (Standard error) could be any of the columns Se, SE."
                        + " Choose with --map se=COLUMN.",
                Bench.run(TWO, "yi,Se,SE\n1,2,3\n").get());
    }

    @Test
    void anOptionalRoleThatIsAmbiguousCanBeLeftOut() {
        AnalysisSpec spec =
                AnalysisSpec.of("x", "X").roles(Roles.WEIGHT.aka("w").optional(), Roles.SE);
        assertEnds(
                "rejected",
                "ERROR ambiguous-column: t.csv: role 'weight' (Weight) could be any of the columns weights, w. Choose with"
                        + " --map weight=COLUMN, or leave the role out with --map weight=.",
                Bench.run(spec, "w,weights,se\n1,2,3\n").get());
        assertEquals(
                Map.of("se", List.of("se")),
                mapping(Bench.run(spec, "w,weights,se\n1,2,3\n").map("weight")));
        assertEquals(
                Map.of("se", List.of("se")),
                mapping(Bench.run(spec, "w,weights,se\n1,2,3\n").map("weight", "")));
    }

    @Test
    void anOptionalLabelTakesTheFirstSynonymAndSaysSo() {
        Outcome outcome = Bench.run(TWO, "author,trial,yi,sei\nA,1,2,3\n").get();
        assertEquals(List.of("trial"), outcome.provenance().mapping().get("study"));
        assertEnds(
                "ok",
                "WARNING ambiguous-column: t.csv: role 'study' could be any of the columns trial, author; 'trial' was"
                        + " taken. Choose with --map study=COLUMN.",
                outcome);
    }

    @Test
    void oneColumnForTwoRolesIsAmbiguous() {
        AnalysisSpec spec = AnalysisSpec.of("x", "X")
                .roles(Role.number("a", "A").aka("v"), Role.number("b", "B").aka("v"));
        assertEnds(
                "rejected",
                "ERROR ambiguous-column: t.csv: column 'v' could be role 'a' or role 'b'. Choose with --map a=COLUMN or"
                        + " --map b=COLUMN.",
                Bench.run(spec, "v,w\n1,2\n").get());
        assertEquals(
                Map.of("a", List.of("v"), "b", List.of("w")),
                mapping(Bench.run(spec, "v,w\n1,2\n").map("b", "w")));
    }

    @Test
    void aRoleOfManyTakesAllItsSynonyms() {
        AnalysisSpec spec = AnalysisSpec.of("x", "X").roles(Roles.MODERATORS.aka("ablat", "year"));
        assertEquals(Map.of("moderators", List.of("ablat", "year")), mapping(Bench.run(spec, "year,ablat,z\n1,2,3\n")));
        assertEquals(
                Map.of("moderators", List.of("z", "year")),
                mapping(Bench.run(spec, "year,ablat,z\n1,2,3\n").map("moderators", "z", "year")));
    }

    // ---- mapped by the user

    @Test
    void whatTheUserMapsWins() {
        assertEquals(
                Map.of("effect", List.of("b"), "se", List.of("se")),
                mapping(Bench.run(TWO, "effect,b,se\n1,2,3\n").map("effect", "b")));
        assertEquals(
                Map.of("effect", List.of("b"), "se", List.of("se")),
                mapping(Bench.run(TWO, "effect,b,se\n1,2,3\n").map("yi", "B")));
    }

    @Test
    void aMappedColumnIsNotFoundAgain() {
        assertEnds(
                "rejected",
                "ERROR unmapped-role: t.csv has no column for role 'se' (Standard error) of 'two'. Looked for se, sei,"
                        + " sete, std_err, stderr, standard_error, se_log_hr, seloghr, _meta_se. Map one with --map"
                        + " se=COLUMN; there are the columns a, se.",
                Bench.run(TWO, "a,se\n1,2\n").map("effect", "se").get());
    }

    @Test
    void theUserMayMapOneColumnTwice() {
        assertEquals(
                Map.of("effect", List.of("a"), "se", List.of("a")),
                mapping(Bench.run(TWO, "a,b\n1,2\n").map("effect", "a").map("se", "a")));
    }

    @Test
    void allWrongNamesAreToldAtOnce() {
        assertEnds(
                "rejected",
                "ERROR no-such-role: 'efect' is not a role of 'two'. Did you mean 'effect'? There are the roles study,"
                        + " effect, se.\n"
                        + "ERROR no-such-column: t.csv has no column 'si' (for role 'se'). Did you mean 'sei'? There are"
                        + " the columns yi, sei.\n"
                        + "ERROR one-column: Role 'study' of 'two' takes one column, but was mapped to yi, sei.",
                Bench.run(TWO, "yi,sei\n1,2\n")
                        .map("efect", "yi")
                        .map("se", "si")
                        .map("study", "yi", "sei")
                        .get());
    }

    @Test
    void aRoleIsMappedOnce() {
        assertEnds(
                "rejected",
                "ERROR one-column: Role 'effect' is mapped under two names. Map it once.",
                Bench.run(TWO, "a,b,se\n1,2,3\n")
                        .map("effect", "a")
                        .map("yi", "b")
                        .get());
    }

    @Test
    void aColumnNameMayBeWrittenLoosely() {
        assertEquals(
                List.of("Log-HR (adj.)"),
                mapping(Bench.run(TWO, "Log-HR (adj.),se\n1,2\n").map("effect", "log hr adj"))
                        .get("effect"));
        assertEnds(
                "rejected",
                "WARNING similar-columns: t.csv: the columns 'x' and 'X' differ in case only; name the one you mean"
                        + " exactly.\n"
                        + "ERROR ambiguous-column: t.csv: 'x ' (for role 'effect') could be any of the columns x, X. Name"
                        + " one exactly.",
                Bench.run(TWO, "x,X,se\n1,2,3\n").map("effect", "x ").get());
    }

    @Test
    void strictMapsNothingByItself() {
        Outcome outcome = Bench.run(TWO, "study,effect,se\nA,1,2\n")
                .strict(true)
                .map("se", "se")
                .get();
        assertEquals("rejected", outcome.status());
        assertEquals("unmapped-role", outcome.messages().get(0).code());
        assertEquals(
                Map.of("effect", List.of("effect"), "se", List.of("se")),
                mapping(Bench.run(TWO, "study,effect,se\nA,1,2\n")
                        .strict(true)
                        .map("se", "se")
                        .map("effect", "effect")));
    }

    // ---- alternatives

    @Test
    void theFirstAlternativeThatIsWholeIsUsed() {
        assertEquals(
                List.of("ratio", "ci_low", "ci_high"),
                List.copyOf(
                        mapping(Bench.run(EITHER, "hr,lower,upper\n1,0.5,2\n")).keySet()));
        assertEquals(
                List.of("effect", "variance"),
                List.copyOf(mapping(Bench.run(EITHER, "yi,vi\n1,0.5\n")).keySet()));
    }

    @Test
    void otherAlternativesArePassedOnButCostNoRows() {
        AnalysisSpec spec = EITHER;
        Run run = Bench.run(
                spec,
                (in, context) -> {
                    assertEquals(2, in.rows());
                    assertThat(in.numbers(Roles.SE)).containsExactly(0.1, Double.NaN);
                    return Bench.DONE;
                },
                Bench.csv("hr,lower,upper,se\n1,0.5,2,0.1\n2,1,3,\n"));
        assertEnds("ok", "", run.get());
    }

    @Test
    void anotherAlternativeWithFaultsIsLeftOutWithAWarning() {
        assertEnds(
                "ok",
                "WARNING not-used: t.csv: column 'se' was not used for role 'se', because it holds cells that the role does"
                        + " not take. The analysis can do without it; map it to hear which cells.",
                Bench.run(EITHER, "hr,lower,upper,se\n1,0.5,2,n/a\n").get());
        assertEnds(
                "rejected",
                "ERROR not-numeric: t.csv, row 1, column 'se' (role 'se'): 'n/a' is not a number. If the value is missing,"
                        + " leave the cell empty or write NA. [1]",
                Bench.run(EITHER, "hr,lower,upper,se\n1,0.5,2,n/a\n")
                        .map("se", "se")
                        .get());
    }

    @Test
    void theAlternativeThatTheUserMapsIsUsedAlone() {
        assertEquals(
                List.of("effect", "se"),
                List.copyOf(mapping(Bench.run(EITHER, "hr,lower,upper,b,s\n1,0.5,2,0,0.1\n")
                                .map("effect", "b")
                                .map("se", "s"))
                        .keySet()));
    }

    @Test
    void withoutAWholeAlternativeTheNearestIsNamed() {
        assertEnds(
                "rejected",
                "ERROR unmapped-role: t.csv: 'pool' needs columns for one of: ratio + ci_low + ci_high; effect + se; effect"
                        + " + variance. Missing for the nearest of them: ci_high (looked for ci_high, ci_ub, ci_upper,"
                        + " upper, ucl, ul, uci, ciu, ci_end, high, upper_ci, upper_cl, upper_limit, upper_bound,"
                        + " hr_upper, _meta_ciu). Map them with --map ROLE=COLUMN; there are the columns hr, lower, top.",
                Bench.run(EITHER, "hr,lower,top\n1,0.5,2\n").get());
    }

    @Test
    void anAmbiguousRoleThatIsNotNeededIsLeftOutWithAWarning() {
        assertEnds(
                "ok",
                "WARNING ambiguous-column: t.csv: role 'ratio' (Ratio on its natural scale) could be any of the columns hr,"
                        + " or. It was left out, because the analysis can do without it.",
                Bench.run(EITHER, "or,hr,yi,sei\n1,2,3,4\n").get());
        assertEquals(
                "ambiguous-column",
                Bench.run(EITHER, "or,hr,lower,upper\n1,2,3,4\n")
                        .get()
                        .messages()
                        .get(0)
                        .code());
    }
}

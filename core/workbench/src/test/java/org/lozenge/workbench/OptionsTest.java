package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lozenge.workbench.Bench.DONE;
import static org.lozenge.workbench.Bench.assertEnds;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Text;

class OptionsTest {

    private enum Estimator {
        REML,
        DL,
        HKSJ_PLAIN
    }

    private static final Role X = Role.number("x", "X");
    private static final Param<Estimator> TAU2 = Param.choice("tau2", "Between-study variance", Estimator.REML);
    private static final Param<Double> LEVEL =
            Param.number("level", "Confidence level", 0.95).check(v -> v > 0 && v < 1, "must be between 0 and 1");
    private static final Param<Integer> STEPS =
            Param.integer("steps", "Steps", 10).min(1).formerly("max-steps").enabledWhen(TAU2, Estimator.REML);
    private static final Param<Boolean> AD_HOC = Param.flag("ad-hoc", "Ad hoc", true);
    private static final AnalysisSpec SPEC =
            AnalysisSpec.of("pool", "Pool").roles(X).params(TAU2, LEVEL, STEPS, AD_HOC);

    private static AnalysisResult readAll(Inputs in, RunContext context) {
        in.numbers(X);
        return AnalysisResult.of(Text.of(
                "options",
                "",
                in.get(TAU2) + " " + in.get(LEVEL) + " " + in.get(STEPS) + " " + in.get(AD_HOC) + " "
                        + in.isSet(LEVEL)));
    }

    private static Run run() {
        return Bench.run(SPEC, OptionsTest::readAll, Bench.csv("x\n1\n"));
    }

    private static String options(Run run) {
        Outcome outcome = run.get();
        assertThat(outcome).as(Bench.lines(outcome)).isInstanceOf(Outcome.Ok.class);
        return outcome.get().item("options", Text.class).body();
    }

    @Test
    void optionsHaveDefaults() {
        assertEquals("REML 0.95 10 true false", options(run()));
        assertEquals(
                Map.of("tau2", "reml", "level", "0.95", "steps", "10", "ad-hoc", "true"),
                run().get().provenance().params());
    }

    @Test
    void optionsAreSetAsTextOrValue() {
        assertEquals(
                "HKSJ_PLAIN 0.9 10 false true",
                options(run().set("tau2", "hksj-plain").set("level", "0.90").set("ad-hoc", "no")));
        assertEquals(
                "HKSJ_PLAIN 0.9 10 false true",
                options(run().set("tau2", Estimator.HKSJ_PLAIN)
                        .set("level", 0.9)
                        .set("ad-hoc", false)));
        assertEquals("REML 0.95 7 true false", options(run().set("steps", 3).set("steps", 7L)));
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertEnds(
                "rejected",
                "ERROR no-such-option: 'tau' is not an option of 'pool'. Did you mean 'tau2'? There are the options tau2,"
                        + " level, steps, ad-hoc.\n"
                        + "ERROR param-range: Option 'level' (Confidence level) is 95, but must be between 0 and 1\n"
                        + "ERROR param-value: Option 'steps' (Steps) is '1.5', but must be a whole number from 1\n"
                        + "ERROR param-value: Option 'tau2' (Between-study variance) is 'remlx', but must be one of reml,"
                        + " dl, hksj-plain",
                run().set("tau", "x")
                        .set("level", 95)
                        .set("steps", "1.5")
                        .set("tau2", "remlx")
                        .get());
    }

    @Test
    void anAnalysisWithoutOptionsSaysSo() {
        assertEnds(
                "rejected",
                "ERROR no-such-option: 'level' is not an option of 'a'. There are no options.",
                Bench.run(AnalysisSpec.of("a", "A"), "x\n1\n").set("level", 1).get());
    }

    @Test
    void aRoleSetAsAnOptionIsToldHowToMapIt() {
        AnalysisSpec spec =
                AnalysisSpec.of("a", "A").roles(Role.text("group", "Group").optional());
        assertEnds(
                "rejected",
                "ERROR no-such-option: 'group' is not an option of 'a' but a role, which takes a column: map it.",
                Bench.run(spec, "x\n1\n").set("group", "x").get());
    }

    @Test
    void formerNamesWorkWithAWarning() {
        Outcome outcome = run().set("max-steps", 5).get();
        assertEnds("ok", "WARNING renamed-option: Option 'max-steps' is now called 'steps'.", outcome);
        assertEquals(
                "REML 0.95 5 true false",
                outcome.get().item("options", Text.class).body());
        assertEnds(
                "rejected",
                "ERROR option-set-twice: Option 'steps' is set under two names. Set it once.",
                run().set("steps", 5).set("max-steps", 5).get());
    }

    @Test
    void warnsOfOptionsWithoutEffect() {
        assertEnds(
                "ok",
                "WARNING no-effect: Option 'steps' has no effect unless 'tau2' is 'reml', but that is 'dl'.",
                run().set("tau2", "dl").set("steps", 5).get());
        assertEnds("ok", "", run().set("tau2", "reml").set("steps", 5).get());
    }

    @Test
    void saysWhatWasGivenButNotUsed() {
        Run run = Bench.run(
                SPEC.roles(Role.text("note", "Note").optional()), (in, context) -> DONE, Bench.csv("x,n\n1,a\n"));
        assertEnds(
                "ok",
                "INFO unread: Role 'note' was mapped, but the analysis did not use it this time.\n"
                        + "INFO unread: Option 'level' was set, but the analysis did not use it this time.",
                run.map("note", "n").set("level", 0.9).get());
        assertEnds("ok", "", run.get());
    }

    @Test
    void whoAsksForTheTableMayHaveReadEveryColumn() {
        Run run = Bench.run(
                AnalysisSpec.of("a", "A").roles(X),
                (in, context) -> {
                    in.table();
                    return DONE;
                },
                Bench.csv("x\n1\n"));
        assertEnds("ok", "", run.map("x", "x").get());
    }

    @Test
    void anOptionThatIsNotDeclaredIsAFaultOfThePlugin() {
        Outcome outcome = Bench.run(
                        AnalysisSpec.of("a", "A"),
                        (in, context) -> {
                            in.get(LEVEL);
                            return DONE;
                        },
                        Bench.csv("x\n1\n"))
                .get();
        assertThat(Bench.lines(outcome))
                .startsWith(
                        "ERROR analysis-failed: 'a' of the plugin session broke"
                                + " (java.lang.IllegalStateException: The specification of 'a' does not declare the option 'level'");
    }
}

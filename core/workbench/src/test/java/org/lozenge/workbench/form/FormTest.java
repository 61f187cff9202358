package org.lozenge.workbench.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

class FormTest {

    private enum Method {
        MEAN,
        TRIMMED_MEAN
    }

    private static final Role VALUE = Role.number("value", "Values").positive().aka("x", "yi");
    private static final Role GROUP = Role.category("group", "Group").optional();
    private static final Role LOW = Role.number("low", "Lower");
    private static final Role HIGH = Role.number("high", "Upper");
    private static final Role SE = Role.number("se", "Standard error");
    private static final Role MORE = Role.number("more", "More").many().optional();
    private static final Param<Method> METHOD =
            Param.choice("method", "Method", Method.MEAN).help("How to average.");
    private static final Param<Double> TRIM = Param.number("trim", "Fraction cut", 0.2)
            .min(0.0)
            .max(0.49)
            .check(trim -> trim != 0.3, "must not be 0.3")
            .enabledWhen(METHOD, Method.TRIMMED_MEAN);
    private static final Param<Boolean> LOG = Param.flag("log", "Logarithms", false);
    private static final Param<Integer> DRAWS =
            Param.integer("draws", "Draws", 100).min(1).advanced();
    private static final Param<String> NOTE = Param.text("note", "Note", "").suggest("a", "b");
    private static final AnalysisSpec SPEC = AnalysisSpec.of("average", "Average")
            .summary("Averages.")
            .roles(VALUE, GROUP, MORE)
            .oneOf(List.of(LOW, HIGH), List.of(SE))
            .params(METHOD, TRIM, LOG, DRAWS, NOTE);

    private static final Dataset DATA = csv("x,se,arm,z1,z2\n1,0.1,a,3,4\n2,0.2,b,5,6\n");

    private static Dataset csv(String text) {
        return Dataset.parse("t.csv", text.getBytes(UTF_8), FileFormat.CSV);
    }

    private final Form form = Form.of(SPEC).data(DATA);

    @Test
    void fieldsSayWhatAWidgetNeeds() {
        Field value = form.field("mapping.value");
        assertThat(value.kind()).isEqualTo(Field.Kind.COLUMN);
        assertThat(value.label()).isEqualTo("Values");
        assertThat(value.help())
                .isEqualTo("A column with a finite number above 0. Found by the name value, also as x, yi.");
        assertThat(value.required()).isTrue();
        assertThat(value.defaults()).containsExactly("x");
        assertThat(value.choices()).containsExactly("x", "se", "arm", "z1", "z2");
        assertThat(value.min()).contains(0.0);
        assertThat(value.minExcluded()).isTrue();
        assertThat(form.field("mapping.se").required())
                .as("one of two alternatives")
                .isFalse();
        assertThat(form.field("mapping.more").many()).isTrue();

        Field trim = form.field("params.trim");
        assertThat(trim.kind()).isEqualTo(Field.Kind.NUMBER);
        assertThat(trim.defaults()).containsExactly("0.2");
        assertThat(trim.min()).contains(0.0);
        assertThat(trim.max()).contains(0.49);
        assertThat(trim.allowed()).isEqualTo("a number from 0 up to 0.49; must not be 0.3");
        assertThat(trim.enabledWhen()).contains(new Field.Condition("params.method", "trimmed-mean"));

        assertThat(form.field("params.method").kind()).isEqualTo(Field.Kind.CHOICE);
        assertThat(form.field("params.method").choices()).containsExactly("mean", "trimmed-mean");
        assertThat(form.field("params.log").kind()).isEqualTo(Field.Kind.FLAG);
        assertThat(form.field("params.log").choices()).containsExactly("true", "false");
        assertThat(form.field("params.draws").kind()).isEqualTo(Field.Kind.WHOLE);
        assertThat(form.field("params.note").kind()).isEqualTo(Field.Kind.TEXT);
        assertThat(form.field("params.note").suggestions()).containsExactly("a", "b");
    }

    @Test
    void groupsHoldEveryFieldOnceAndAreNeverEmpty() {
        assertThat(form.groups()).extracting(Form.Group::id).containsExactly("columns", "options", "advanced");
        assertThat(form.groups().stream().flatMap(group -> group.fields().stream()))
                .containsExactlyInAnyOrderElementsOf(form.fields());
        assertThat(Form.of(AnalysisSpec.of("nothing", "Nothing")).groups()).isEmpty();
    }

    @Test
    void alternativesAreGroupsOfKeys() {
        assertThat(form.alternatives()).containsExactly(List.of("mapping.low", "mapping.high"), List.of("mapping.se"));
    }

    @Test
    void withoutDataThereAreNoColumnsToChooseFrom() {
        Form empty = Form.of(SPEC);

        assertThat(empty.field("mapping.value").choices()).isEmpty();
        assertThat(empty.values("mapping.value")).isEmpty();
        assertThat(empty.value("mapping.value")).isEmpty();
        assertThat(empty.problems()).isEmpty();
    }

    @Test
    void aFieldIsEnabledByTheValueOfAnother() {
        assertThat(form.isEnabled("params.trim")).isFalse();
        assertThat(form.with("params.method", "trimmed-mean").isEnabled("params.trim"))
                .isTrue();
        assertThat(form.with("params.method", " Trimmed-Mean ").isEnabled("params.trim"))
                .as("as a run would read it")
                .isTrue();
        assertThat(form.with("params.method", "median").isEnabled("params.trim"))
                .isFalse();
    }

    @Test
    void problemsNameTheFieldAndWhatIsAllowed() {
        Form wrong = form.with("params.draws", "many")
                .with("params.method", "trimmed-mean")
                .with("params.trim", "0.3");

        assertThat(wrong.problems())
                .extracting(message -> message.data().get("field") + ": " + message.text())
                .containsExactly(
                        "params.trim: Option 'trim' (Fraction cut) is 0.3, but must not be 0.3",
                        "params.draws: Option 'draws' (Draws) is 'many', but must be a whole number from 1");
        assertThat(wrong.with("params.method", "mean").without("params.draws").problems())
                .as("a disabled field does no harm")
                .isEmpty();
    }

    @Test
    void problemsNameRolesWithoutColumns() {
        Form bare = Form.of(SPEC).data(csv("a,b\n1,2\n"));

        assertThat(bare.problems()).extracting(Message::code).containsExactly("unmapped-role");
        assertThat(bare.with("mapping.value", "a").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("low + high; se"));
        assertThat(bare.with("mapping.value", "a").with("mapping.se", "b").problems())
                .isEmpty();
        assertThat(bare.with("mapping.value", "c").problems())
                .extracting(Message::code)
                .contains("no-such-column");
    }

    @Test
    void otherDataForgetColumnsThatAreNotThere() {
        Form filled = form.with("mapping.group", "arm").with("params.draws", "7");

        Form moved = filled.data(csv("x,se\n1,0.1\n"));

        assertThat(moved.values("mapping.group")).isEmpty();
        assertThat(moved.value("params.draws")).isEqualTo("7");
    }

    @Test
    void fillsARunWithWhatWasFilledInAndMatters() {
        Outcome outcome = fill(form.with("mapping.group", "arm")
                .with("mapping.more", "z1", "z2")
                .with("params.trim", "0.1")
                .with("params.draws", "7"));

        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.provenance().mapping())
                .containsEntry("value", List.of("x"))
                .containsEntry("group", List.of("arm"))
                .containsEntry("more", List.of("z1", "z2"));
        assertThat(outcome.provenance().params())
                .containsEntry("draws", "7")
                .as("disabled, so not set")
                .containsEntry("trim", "0.2");
    }

    @Test
    void aRoleCanBeLeftOutThoughAColumnWasFound() {
        Form found = Form.of(SPEC).data(csv("x,se,group\n1,0.1,a\n"));
        assertThat(found.values("mapping.group")).containsExactly("group");

        Outcome outcome = fill(found.with("mapping.group"), csv("x,se,group\n1,0.1,a\n"));

        assertThat(outcome.provenance().mapping()).doesNotContainKey("group");
    }

    private static Outcome fill(Form form) {
        return fill(form, DATA);
    }

    private static Outcome fill(Form form, Dataset data) {
        Workbench workbench = Workbench.openLazily();
        workbench.register(Analysis.of(SPEC, FormTest::readEverything));
        return form.fill(workbench.run("average", data)).get();
    }

    private static AnalysisResult readEverything(Inputs in, RunContext context) {
        SPEC.allRoles().stream().filter(in::has).forEach(in::strings);
        SPEC.params().forEach(in::get);
        return AnalysisResult.of(Scalar.of("done", "Done", 1));
    }

    @Test
    void keysThatDoNotExistAreNamed() {
        assertThatThrownBy(() -> form.with("trim", "0.1"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("no field 'trim'")
                .hasMessageContaining("params.trim");
    }

    @Test
    void aFormIsNotChangedByFillingItIn() {
        Form filled = form.with("params.draws", "7");

        assertThat(form.value("params.draws")).isEqualTo("100");
        assertThat(filled.isFilled("params.draws")).isTrue();
        assertThat(filled.without("params.draws").value("params.draws")).isEqualTo("100");
        assertThat(filled.with("params.draws").isFilled("params.draws")).isFalse();
    }

    @Test
    void aColumnThatCouldBeTwoRolesIsLeftToTheRunToName() {
        AnalysisSpec two = AnalysisSpec.of("two", "Two")
                .roles(Role.number("a", "A").aka("v"), Role.number("b", "B").aka("v"));

        Form unclear = Form.of(two).data(csv("v\n1\n"));

        assertThat(unclear.values("mapping.a")).isEmpty();
        assertThat(unclear.problems()).extracting(Message::code).containsExactly("ambiguous-column");
    }

    @Test
    void checkSaysWhatARunWouldAndWhatTheAnalysisItselfFinds() {
        Analysis picky = new Analysis() {
            @Override
            public AnalysisSpec spec() {
                return AnalysisSpec.of("picky", "Picky").roles(VALUE).params(DRAWS);
            }

            @Override
            public List<Message> validate(Inputs in) {
                return in.rows() > 1 ? List.of(Message.error("too-many", "Only one row, please.")) : List.of();
            }

            @Override
            public AnalysisResult run(Inputs in, RunContext context) {
                throw new AssertionError("is not to be run");
            }
        };
        Workbench workbench = Workbench.openLazily();
        workbench.register(picky);

        assertThat(workbench.run("picky", DATA).check())
                .extracting(Message::code)
                .containsExactly("too-many");
        assertThat(workbench.run("picky", csv("x\n1\n")).set("draws", 3).check())
                .isEmpty();
        assertThat(workbench.run("picky", csv("x\n-1\n")).check())
                .extracting(Message::code)
                .containsExactly("out-of-range");
        assertThat(workbench.run("pickie", DATA).check())
                .extracting(Message::code)
                .containsExactly("no-such-analysis");
    }

    @Test
    void titleAndHelpAreThoseOfTheSpecification() {
        assertThat(form.id() + ": " + form.title() + ". " + form.help()).isEqualTo("average: Average. Averages.");
        assertThat(Optional.of(form.fields().size())).contains(11);
    }
}

package org.lozenge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParamTest {

    private enum TestKind {
        Z,
        HKSJ_PLAIN,
        KNAPP_HARTUNG
    }

    private static final Param<Double> TRIM =
            Param.number("trim", "Fraction cut", 0.2).min(0.0).max(0.49);

    @Test
    void readsNumbers() {
        assertEquals(0.1, TRIM.parse(" 0.10 "));
        assertEquals("0.1", TRIM.format(0.1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1d", "NaN", "Infinity", "0,1", "1e400"})
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> TRIM.parse(text))
                .isInstanceOfSatisfying(AnalysisException.class, e -> assertEquals("param-value", e.code()))
                .hasMessage("Option 'trim' (Fraction cut) is '" + text + "', but must be a number from 0 up to 0.49");
    }

    @Test
    void namesTheRangeThatAValueLeaves() {
        assertThatThrownBy(() -> TRIM.parse("-1"))
                .isInstanceOfSatisfying(AnalysisException.class, e -> assertEquals("param-range", e.code()))
                .hasMessage("Option 'trim' (Fraction cut) is -1, but must be at least 0");
        assertThatThrownBy(() -> TRIM.parse("0.5")).hasMessageEndingWith("must be at most 0.49");
        assertEquals(0.49, TRIM.parse("0.49"));
        assertEquals(0.0, TRIM.parse("0"));
    }

    @Test
    void readsWholeNumbers() {
        Param<Integer> draws = Param.integer("draws", "Draws", 1000).min(1);
        assertEquals(1000, draws.parse("1e3"));
        assertEquals("1000", draws.format(1000));
        for (String text : List.of("1.5", "3000000000", "x", "")) {
            assertThatThrownBy(() -> draws.parse(text)).hasMessageContaining("a whole number from 1");
        }
        assertThatThrownBy(() -> draws.parse("0")).hasMessageContaining("at least 1");
    }

    @Test
    void readsFlags() {
        Param<Boolean> flag = Param.flag("drop", "Drop", false);
        assertThat(List.of("true", "yes", "ON", " True ")).allMatch(flag::parse);
        assertThat(List.of("false", "no", "off", "FALSE")).noneMatch(flag::parse);
        assertThatThrownBy(() -> flag.parse("maybe")).hasMessageContaining("one of true, false");
        assertEquals(List.of(true, false), flag.choices());
    }

    @Test
    void choicesAreConstantsInKebabCase() {
        Param<TestKind> test = Param.choice("test", "Test", TestKind.HKSJ_PLAIN);
        assertEquals(TestKind.HKSJ_PLAIN, test.parse(" HKSJ-plain "));
        assertEquals("knapp-hartung", test.format(TestKind.KNAPP_HARTUNG));
        assertEquals("one of z, hksj-plain, knapp-hartung", test.allowed());
        assertEquals(TestKind.class, test.type());
        assertThatThrownBy(() -> test.parse("hksj_plain")).hasMessageContaining("one of z, hksj-plain, knapp-hartung");
    }

    @Test
    void choicesDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            Param<TestKind> test = Param.choice("test", "Test", TestKind.HKSJ_PLAIN);
            assertEquals("hksj-plain", test.format(TestKind.HKSJ_PLAIN));
            assertEquals(TestKind.HKSJ_PLAIN, test.parse("HKSJ-PLAIN"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyValueReadsBack() {
        Param<TestKind> test = Param.choice("test", "Test", TestKind.Z);
        assertThat(test.choices()).allSatisfy(value -> assertEquals(value, test.parse(test.format(value))));
        Param<String> text = Param.text("note", "Note", "").suggest("a", "b");
        assertEquals(" as is ", text.parse(text.format(" as is ")));
        assertEquals("a text, such as a, b", text.allowed());
    }

    @Test
    void furtherConditionsAreNamed() {
        Param<Double> level =
                Param.number("level", "Level", 0.95).check(v -> v > 0 && v < 1, "must be between 0 and 1");
        assertThatThrownBy(() -> level.parse("95"))
                .hasMessage("Option 'level' (Level) is 95, but must be between 0 and 1");
        assertThat(level.problems(0.9)).isEmpty();
    }

    @Test
    void theDefaultMustBeAllowed() {
        Param<Double> level = Param.number("level", "Level", 95);
        assertThatThrownBy(() -> level.max(1.0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> level.min(96.0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> level.check(v -> v < 1, "must be below 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be below 1");
    }

    @Test
    void onlyNumbersHaveARange() {
        assertThatThrownBy(() -> Param.text("note", "Note", "").min("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAreIdentifiers() {
        for (String name : List.of("", "Trim", "trim ", "1trim", "trim--x", "trim.x", "größe", "-x", "x-")) {
            assertThatThrownBy(() -> Param.flag(name, "x", true))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @Test
    void optionsAreEqualWhenTheirNamesAre() {
        assertEquals(TRIM, Param.number("trim", "Another label", 0));
        assertEquals(TRIM.hashCode(), Param.number("trim", "Another label", 0).hashCode());
    }

    @Test
    void withersKeepTheRest() {
        Param<Double> full = TRIM.help("help")
                .advanced()
                .formerly("cut")
                .suggest("0.1")
                .enabledWhen(Param.flag("on", "On", false), true);
        assertEquals("Fraction cut", full.label());
        assertEquals("help", full.help());
        assertTrue(full.isAdvanced());
        assertEquals(List.of("cut"), full.formerNames());
        assertEquals(List.of("0.1"), full.suggestions());
        assertThat(full.min()).hasValue(0.0);
        assertThat(full.max()).hasValue(0.49);
        assertEquals(0.2, full.dflt());
        assertEquals("true", full.condition().orElseThrow().value());
        assertEquals("on", full.condition().orElseThrow().param().name());
        assertThat(TRIM.condition()).isEmpty();
    }
}

package org.lozenge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {

    private static final Role X = Role.number("x", "X");

    @Test
    void allowsFiniteNumbersUnlessNarrowed() {
        assertTrue(X.allows(-1e300));
        assertEquals("a finite number", X.allowed());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void neverAllowsWhatIsNotFinite(double value) {
        assertThat(List.of(X, X.positive(), X.count(), X.between(0, 1), X.sparse()))
                .noneMatch(role -> role.allows(value));
    }

    @Test
    void positiveExcludesZero() {
        assertFalse(X.positive().allows(0));
        assertTrue(X.positive().allows(Double.MIN_VALUE));
        assertTrue(X.positive().isMinExcluded());
        assertEquals("a finite number above 0", X.positive().allowed());
        assertEquals(
                "a finite number above 0, up to 1", X.between(0, 1).positive().allowed());
    }

    @Test
    void countsAreWholeAndMayBeZero() {
        assertTrue(X.count().allows(0));
        assertFalse(X.count().allows(-1));
        assertFalse(X.count().allows(1.5));
        assertEquals("a whole number from 0", X.count().allowed());
    }

    @Test
    void boundsAreIncluded() {
        Role fraction = X.between(0, 1);
        assertTrue(fraction.allows(0) && fraction.allows(1));
        assertFalse(fraction.allows(-1e-9) || fraction.allows(1.000001));
        assertEquals("a finite number from 0 to 1", fraction.allowed());
        assertEquals(
                "a finite number up to 1",
                X.between(Double.NEGATIVE_INFINITY, 1).allowed());
        assertThatThrownBy(() -> X.between(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> X.between(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void narrowingKeepsTheRest() {
        Role role = X.optional().many().sparse().count().aka("a", "b").aka("c").labelled("Label");
        assertFalse(role.isRequired());
        assertTrue(role.isMany() && role.isSparse() && role.isCount());
        assertEquals(List.of("a", "b", "c"), role.synonyms());
        assertEquals("Label", role.label());
        assertEquals(Role.Kind.NUMBER, role.kind());
        assertFalse(X.isMany() || X.isSparse() || !X.isRequired());
    }

    @Test
    void rolesAreEqualWhenTheirNamesAre() {
        assertEquals(X, Role.text("x", "other").optional());
        assertEquals(X.hashCode(), Role.text("x", "other").hashCode());
    }

    @Test
    void namesAreIdentifiers() {
        assertThatThrownBy(() -> Role.number("Events T", "x")).hasMessageContaining("'Events T'");
    }

    @Test
    void noTwoSharedRolesHaveTheSameNameOrSynonym() throws IllegalAccessException {
        List<String> keys = new ArrayList<>();
        for (Field field : Roles.class.getFields()) {
            Role role = (Role) field.get(null);
            assertEquals(field.getName().toLowerCase(Locale.ROOT), role.name());
            Stream.concat(Stream.of(role.name()), role.synonyms().stream())
                    .map(name -> name.replaceAll("[^a-z0-9]", ""))
                    .distinct()
                    .forEach(keys::add);
        }
        assertThat(keys).doesNotHaveDuplicates();
    }
}

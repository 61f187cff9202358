package org.lozenge.stats.survival;

import java.util.Locale;
import java.util.Optional;

/** Which way round a report prints its ratio. */
public enum Contrast {
    /** Treatment over control: a hazard ratio below 1 favours the treatment. */
    TREATMENT_CONTROL,
    /** Control over treatment: read as 1/HR, with limits 1/U and 1/L, and −(O − E). */
    CONTROL_TREATMENT;

    /** Reads {@code treatment/control}, {@code control-treatment}, {@code t/c}, {@code c/t}. */
    static Optional<Contrast> read(String text) {
        String[] sides = text.strip().toLowerCase(Locale.ROOT).split("\\s*(?:/|-|\\bvs?\\b\\.?|\\bover\\b)\\s*", -1);
        if (sides.length != 2) {
            return Optional.empty();
        }
        Optional<Arm> above = Arm.read(sides[0]);
        Optional<Arm> below = Arm.read(sides[1]);
        if (above.isEmpty() || below.isEmpty() || above.equals(below)) {
            return Optional.empty();
        }
        return Optional.of(above.get() == Arm.TREATMENT ? TREATMENT_CONTROL : CONTROL_TREATMENT);
    }

    /** How a sentence names it. */
    public String label() {
        return this == TREATMENT_CONTROL ? "treatment/control" : "control/treatment";
    }
}

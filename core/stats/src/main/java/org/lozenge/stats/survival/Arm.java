package org.lozenge.stats.survival;

import java.util.Locale;
import java.util.Optional;

/** The two sides of a comparison. */
public enum Arm {
    /** The research arm. */
    TREATMENT,
    /** The arm it is compared with. */
    CONTROL;

    /** Reads {@code treatment}, {@code t}, {@code control}, {@code c} and usual synonyms; empty for other names. */
    public static Optional<Arm> read(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "treatment", "t", "treated", "research", "experimental", "intervention" -> Optional.of(TREATMENT);
            case "control", "c", "comparator", "placebo", "observation" -> Optional.of(CONTROL);
            default -> Optional.empty();
        };
    }

    /** How a sentence names it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

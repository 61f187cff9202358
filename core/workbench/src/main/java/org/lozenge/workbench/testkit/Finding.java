package org.lozenge.workbench.testkit;

import java.util.Objects;

/**
 * Something that a check found.
 *
 * @param check the check
 * @param level whether it fails the check
 * @param text what was found, and how to see it again; one or two plain sentences
 */
public record Finding(Check check, Level level, String text) {

    /** How bad a finding is. */
    public enum Level {
        /** Fails the check. */
        ERROR,
        /** To be looked at. */
        WARNING,
        /** Worth knowing. */
        NOTE
    }

    /** Checks for nulls. */
    public Finding {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(text, "text");
    }
}

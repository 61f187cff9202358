package org.lozenge.stats.survival;

/** A text that reads as a number but cannot be right, such as P = 0; carried to the reader as a problem of its field. */
final class ImpossibleValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    ImpossibleValueException(String message) {
        super(message);
    }
}

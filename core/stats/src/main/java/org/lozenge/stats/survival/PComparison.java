package org.lozenge.stats.survival;

/**
 * A printed P value held against a range of two-sided P values that other numbers imply.
 *
 * @param state agreement as printed, within rounding, or none ({@link AuditState#WARN})
 * @param expected the implied P value with the sidedness of the printed one
 */
record PComparison(AuditState state, Span expected) {

    /**
     * Compares.
     *
     * @param p the printed P value
     * @param sides how to read it
     * @param implied two-sided P values implied by other numbers
     * @param harm whether the hazard ratio is above 1, so that a one-sided P may lie above 0.5
     */
    static PComparison of(PrintedP p, Sides sides, Span implied, boolean harm) {
        Span expected = sides == Sides.TWO ? implied : implied.times(0.5);
        if (sides == Sides.ONE && harm && p.value() >= 0.5) {
            expected = new Span(1 - expected.high(), 1 - expected.value(), 1 - expected.low());
        }
        return new PComparison(state(p, expected), expected);
    }

    private static AuditState state(PrintedP p, Span expected) {
        Span printed = new Span(p.low(), p.value(), p.high());
        if (!printed.meets(expected)) {
            return AuditState.WARN;
        }
        return printed.contains(expected.value()) ? AuditState.OK : AuditState.OK_WITHIN_ROUNDING;
    }
}

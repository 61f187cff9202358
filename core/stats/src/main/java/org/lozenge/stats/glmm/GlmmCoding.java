package org.lozenge.stats.glmm;

/** How the random part of an effect is divided between the arms of an unconditional model. */
public enum GlmmCoding {
    /** Half to each arm, with opposite signs: both arms vary alike. */
    HALF(0.5, -0.5),
    /** All to the treatment arm. */
    TREATMENT(1, 0),
    /** All to the control arm. */
    CONTROL(0, -1);

    private final double first;
    private final double second;

    GlmmCoding(double first, double second) {
        this.first = first;
        this.second = second;
    }

    double first() {
        return first;
    }

    double second() {
        return second;
    }
}

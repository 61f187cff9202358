package org.lozenge.analyses.multiverse;

/** A choice that an analyst makes. */
enum Dimension {
    /** Common or random effects. */
    MODEL("model", "Model"),
    /** Estimator of the between-study variance. */
    TAU2("tau2_method", "Estimator of τ²"),
    /** Test and interval. */
    TEST("test", "Test"),
    /** Studies left out. */
    EXCLUDED("excluded", "Left out"),
    /** The way to the effects. */
    ROUTE("route", "Way to the effects");

    private final String column;
    private final String label;

    Dimension(String column, String label) {
        this.column = column;
        this.label = label;
    }

    /** The column of the table of specifications. */
    String column() {
        return column;
    }

    /** The name in figures. */
    String label() {
        return label;
    }

    /** What a value of it is called in a sentence. */
    String words(String value) {
        return switch (this) {
            case MODEL -> "the " + value + (value.equals("common") ? "-effect model" : "-effects model");
            case TAU2 -> "τ² by " + value;
            case TEST -> "test " + value;
            case EXCLUDED -> value.equals(Specification.NOTHING) ? "all studies" : "without " + value;
            case ROUTE -> "route " + value;
        };
    }
}

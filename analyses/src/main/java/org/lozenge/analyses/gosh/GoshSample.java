package org.lozenge.analyses.gosh;

import java.util.random.RandomGenerator;
import org.lozenge.stats.sensitivity.GoshSubsets;

/** The subsets that are shown: all of them, or as many as fit, drawn without replacement, in ascending order. */
final class GoshSample {

    private final GoshSubsets subsets;
    private final int[] rows;

    private GoshSample(GoshSubsets subsets, int[] rows) {
        this.subsets = subsets;
        this.rows = rows;
    }

    static GoshSample of(GoshSubsets subsets, int most, RandomGenerator random) {
        int[] chosen = new int[Math.min(most, subsets.size())];
        int taken = 0;
        for (int i = 0; i < subsets.size() && taken < chosen.length; i++) {
            // Knuth's selection sampling: each remaining one with the chance that leaves the right number.
            if (random.nextInt(subsets.size() - i) < chosen.length - taken) {
                chosen[taken++] = i;
            }
        }
        return new GoshSample(subsets, chosen);
    }

    GoshSubsets subsets() {
        return subsets;
    }

    int[] rows() {
        return rows.clone();
    }

    int size() {
        return rows.length;
    }

    int k(int row) {
        return subsets.k(rows[row]);
    }

    double estimate(int row) {
        return subsets.estimate(rows[row]);
    }

    double i2(int row) {
        return subsets.i2(rows[row]);
    }

    boolean contains(int row, int study) {
        return subsets.contains(rows[row], study);
    }

    /** Whether the subset has both coordinates: a single study has no I². */
    boolean isPoint(int row) {
        return !Double.isNaN(estimate(row)) && !Double.isNaN(i2(row));
    }
}

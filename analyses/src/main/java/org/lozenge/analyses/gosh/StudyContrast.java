package org.lozenge.analyses.gosh;

import java.util.Arrays;
import org.lozenge.stats.sensitivity.GoshSubsets;

/** What each study does to the subsets: mean estimate and I² with and without it, and its part in the clusters. */
final class StudyContrast {

    private static final int CHECKED = 1 << 16;

    private final int studies;

    /** Sums and counts of estimates without and with each study, then of I². */
    private final double[][] sums;

    private final double[] cluster;
    private final double[] inside;
    private final double[] outside;

    /** @param check is run again and again, and may throw */
    StudyContrast(GoshSubsets all, Runnable check) {
        this.studies = all.studies();
        this.sums = new double[8][studies];
        for (int subset = 0; subset < all.size(); subset++) {
            if (subset % CHECKED == 0) {
                check.run();
            }
            // A subset that failed has no estimate; a single study has no I².
            add(0, all, subset, all.estimate(subset));
            add(4, all, subset, all.i2(subset));
        }
        this.cluster = new double[studies];
        this.inside = new double[studies];
        this.outside = new double[studies];
        Arrays.fill(cluster, Double.NaN);
        Arrays.fill(inside, Double.NaN);
        Arrays.fill(outside, Double.NaN);
    }

    /** Finds the cluster of the sample that each study is frequent or rare in. */
    StudyContrast compare(GoshSample sample, int[] clusters) {
        int most = Arrays.stream(clusters).max().orElse(0);
        for (int study = 0; study < studies; study++) {
            for (int name = 1; name <= most; name++) {
                compare(sample, clusters, study, name);
            }
        }
        return this;
    }

    private void add(int from, GoshSubsets all, int subset, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        for (int study = 0; study < studies; study++) {
            int side = from + (all.contains(subset, study) ? 2 : 0);
            sums[side][study] += value;
            sums[side + 1][study]++;
        }
    }

    /** Keeps the cluster in which the study is frequent or rare most of all. */
    private void compare(GoshSample sample, int[] clusters, int study, int name) {
        double[] members = new double[2];
        double[] all = new double[2];
        for (int row = 0; row < clusters.length; row++) {
            if (clusters[row] >= 0) {
                int side = clusters[row] == name ? 1 : 0;
                all[side]++;
                members[side] += sample.contains(row, study) ? 1 : 0;
            }
        }
        double in = members[1] / all[1];
        double out = members[0] / all[0];
        double before = Double.isNaN(cluster[study]) ? -1 : Math.abs(inside[study] - outside[study]);
        // By a margin, so that two clusters that mirror each other do not swap places by rounding.
        if (in - out > before + 1e-9 || out - in > before + 1e-9) {
            cluster[study] = name;
            inside[study] = in;
            outside[study] = out;
        }
    }

    private double[] mean(int side) {
        double[] means = new double[studies];
        for (int i = 0; i < studies; i++) {
            means[i] = sums[side + 1][i] == 0 ? Double.NaN : sums[side][i] / sums[side + 1][i];
        }
        return means;
    }

    double[] estimateWith() {
        return mean(2);
    }

    double[] estimateWithout() {
        return mean(0);
    }

    double[] i2With() {
        return mean(6);
    }

    double[] i2Without() {
        return mean(4);
    }

    double[] cluster() {
        return cluster;
    }

    double[] inside() {
        return inside;
    }

    double[] outside() {
        return outside;
    }

    boolean drives(int study) {
        return Math.abs(inside[study] - outside[study]) >= GoshTables.DRIVES;
    }

    /** The study that moves the mean estimate most. */
    int strongest() {
        double[] with = estimateWith();
        double[] without = estimateWithout();
        int best = 0;
        for (int i = 1; i < studies; i++) {
            if (Math.abs(with[i] - without[i]) > Math.abs(with[best] - without[best])) {
                best = i;
            }
        }
        return best;
    }
}

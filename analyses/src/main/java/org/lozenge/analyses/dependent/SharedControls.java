package org.lozenge.analyses.dependent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.analyses.shared.SharedControl;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.multilevel.SamplingCovariance.Pair;

/** The covariances of comparisons with the same control arm. */
final class SharedControls {

    private final Rows rows;
    private final String[] clusters;

    SharedControls(Rows rows, String... clusters) {
        this.rows = rows;
        this.clusters = clusters;
    }

    /**
     * The pairs with a common control.
     *
     * @throws AnalysisException with code {@code no-shared-control}
     */
    List<Pair> pairs() {
        List<SharedControl> known = rows.studies().sharedControls();
        return known.isEmpty() ? fromSizes() : fromNumbers(known);
    }

    private List<Pair> fromNumbers(List<SharedControl> known) {
        Map<Integer, Integer> at = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            at.put(rows.position(i), i);
        }
        List<Pair> pairs = new ArrayList<>();
        for (SharedControl shared : known) {
            Integer first = at.get(shared.first());
            Integer second = at.get(shared.second());
            if (first == null || second == null || !clusters[first].equals(clusters[second])) {
                continue;
            }
            if (Double.isNaN(shared.covariance())) {
                throw new AnalysisException(
                        "no-shared-control",
                        rows.inputs().source() + ": " + rows.named(first, second)
                                + " have the same control arm, but for measure '"
                                + rows.studies().measure().token() + "' their covariance is not known. Choose --vcov"
                                + " constant with --rho, often near 0.5.",
                        rows.sources(first, second));
            }
            pairs.add(new Pair(first, second, shared.covariance()));
        }
        return pairs;
    }

    /** Of equally large variances per person: the part of both variances that the control brings. */
    private List<Pair> fromSizes() {
        Inputs in = rows.inputs();
        if (!in.has(Roles.N_T) || !in.has(Roles.N_C)) {
            throw new AnalysisException(
                    "no-shared-control",
                    in.source()
                            + ": --vcov shared-control needs raw numbers, or the sizes of both arms in columns n_t and"
                            + " n_c. Map them, or choose --vcov constant with --rho.");
        }
        double[] treated = sizes(Roles.N_T);
        double[] control = sizes(Roles.N_C);
        String[] samples = in.has(Sampling.SAMPLE) ? rows.texts(Sampling.SAMPLE) : new String[0];
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (treated[i] > 0 && control[i] > 0) {
                String sample = samples.length == 0 ? "" : samples[i];
                String key = clusters[i] + "\u0000" + sample + "\u0000" + control[i];
                members.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
            }
        }
        List<Pair> pairs = new ArrayList<>();
        DoubleSeq v = rows.effects().v();
        for (List<Integer> same : members.values()) {
            for (int a = 0; a < same.size(); a++) {
                for (int b = 0; b < a; b++) {
                    int i = same.get(a);
                    int j = same.get(b);
                    double r =
                            Math.sqrt(treated[i] / (treated[i] + control[i]) * treated[j] / (treated[j] + control[j]));
                    pairs.add(new Pair(j, i, r * Math.sqrt(v.get(i)) * Math.sqrt(v.get(j))));
                }
            }
        }
        return pairs;
    }

    /** Sizes are read as they are printed, as reports need them; what is no number tells nothing of a pair. */
    private double[] sizes(Role role) {
        return Arrays.stream(rows.texts(role))
                .mapToDouble(cell -> NumberText.parse(cell).orElse(Double.NaN))
                .toArray();
    }
}

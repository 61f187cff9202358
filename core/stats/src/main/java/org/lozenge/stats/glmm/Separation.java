package org.lozenge.stats.glmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * A direction in which the likelihood of counts never falls, so that its maximum is infinitely far away.
 *
 * <p>The likelihood of a count is bounded away from its supremum unless the count is the smallest or the largest that there
 * can be, whose likelihood rises for ever on one side. So coefficients are infinite if a direction moves no other count, and
 * all of these to their side. The directions that move no other count are a subspace; in it, with a row aᵢ for each count at
 * an end, signed by its side, {@code r = A′λ} with {@code λ ≥ 1} and the least length is such a direction, or is 0 if there
 * is none (Stiemke's theorem). It is found by non-negative least squares in time linear in the number of studies.
 *
 * @see <a href="https://doi.org/10.1093/biomet/71.1.1">Albert and Anderson (1984), Biometrika 71, 1–10</a>
 */
public final class Separation {

    private static final double ZERO = 1e-9;

    private final double[] direction;
    private final int[] studies;

    private Separation(double[] direction, int[] studies) {
        this.direction = direction;
        this.studies = studies;
    }

    /**
     * Returns the direction.
     *
     * @return a number a coefficient, the largest of size 1; 0 for those that stay finite
     */
    public double[] direction() {
        return direction.clone();
    }

    /**
     * Returns the studies whose likelihood rises for ever in that direction.
     *
     * @return positions among {@link GlmmData#used()}, from 0
     */
    public int[] studies() {
        return studies.clone();
    }

    /** What there is to say, without coefficients' names. */
    String text() {
        if (direction.length == 1) {
            return "the likelihood rises for ever as the effect goes to " + (direction[0] < 0 ? "minus " : "")
                    + "infinity, because every study is at that end of its range";
        }
        List<String> moving = IntStream.range(0, direction.length)
                .filter(c -> direction[c] != 0)
                .mapToObj(c -> String.valueOf(c + 1))
                .toList();
        return "the likelihood rises for ever as coefficients " + String.join(", ", moving)
                + " go to infinity, because all studies that tell about them are at the same end of their ranges";
    }

    // ---- the search

    /** A count: how the coefficients move it, and at which end of its range it is. */
    private static final class Count {
        private final int study;
        private final double[] row;
        private final int end;

        Count(int study, double[] row, int end) {
            this.study = study;
            this.row = row;
            this.end = end;
        }
    }

    static Optional<Separation> of(GlmmData data) {
        List<Count> counts = counts(data);
        int n = data.coefficients() + (data.hasRandomBaselines() ? 1 : 0);
        double[][] free = complement(
                counts.stream()
                        .filter(count -> count.end == 0)
                        .map(count -> count.row)
                        .toList(),
                n);
        if (free.length == 0) {
            return Optional.empty();
        }
        List<double[]> signed = new ArrayList<>();
        for (Count count : counts) {
            double[] row = new double[free.length];
            for (int f = 0; f < row.length; f++) {
                row[f] = count.end * dot(count.row, free[f]);
            }
            double length = Math.sqrt(dot(row, row));
            if (length > ZERO) {
                signed.add(Arrays.stream(row).map(cell -> cell / length).toArray());
            }
        }
        double[] least = least(signed, free.length);
        if (!(dot(least, least) > ZERO * ZERO * signed.size() * signed.size())) {
            return Optional.empty();
        }
        double[] all = new double[n];
        for (int f = 0; f < free.length; f++) {
            for (int c = 0; c < n; c++) {
                all[c] += least[f] * free[f][c];
            }
        }
        double longest = Math.sqrt(dot(all, all));
        int[] moved = counts.stream()
                .filter(count -> Math.abs(dot(count.row, all)) > ZERO * longest)
                .mapToInt(count -> count.study)
                .distinct()
                .toArray();
        return Optional.of(new Separation(ofTerms(data.design(), all), moved));
    }

    private static List<Count> counts(GlmmData data) {
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < data.k(); i++) {
            StudyTerms study = data.study(i);
            double[] row = data.row(i);
            if (data.hasOwnBaselines()) {
                // The baseline makes up for whatever moves both arms.
                counts.add(new Count(i, row, Integer.signum(study.end(0) - study.end(1))));
                continue;
            }
            for (int j = 0; j < study.size(); j++) {
                // With random baselines all of the mean effect is in the first arm.
                double x = data.hasRandomBaselines() ? 1 - j : study.x()[j];
                double[] moved = Arrays.copyOf(
                        Arrays.stream(row).map(cell -> cell * x).toArray(),
                        row.length + (data.hasRandomBaselines() ? 1 : 0));
                if (data.hasRandomBaselines()) {
                    moved[row.length] = 1;
                }
                counts.add(new Count(i, moved, study.end(j)));
            }
        }
        return counts;
    }

    /** An orthonormal basis of what is at right angles to all rows. */
    private static double[][] complement(List<double[]> rows, int n) {
        List<double[]> basis = new ArrayList<>();
        for (double[] row : rows) {
            if (basis.size() == n) {
                return new double[0][];
            }
            rest(row, basis).ifPresent(basis::add);
        }
        int known = basis.size();
        for (int c = 0; c < n; c++) {
            double[] unit = new double[n];
            unit[c] = 1;
            rest(unit, basis).ifPresent(basis::add);
        }
        return basis.subList(known, basis.size()).toArray(double[][]::new);
    }

    /** What is left of a vector without its parts along an orthonormal basis, of unit length; empty if nothing is. */
    private static Optional<double[]> rest(double[] vector, List<double[]> basis) {
        double[] left = vector.clone();
        double before = Math.sqrt(dot(vector, vector));
        // Twice, since the first time leaves rounding of the size of what was taken out.
        for (int pass = 0; pass < 2; pass++) {
            for (double[] unit : basis) {
                double along = dot(left, unit);
                for (int c = 0; c < left.length; c++) {
                    left[c] -= along * unit[c];
                }
            }
        }
        double length = Math.sqrt(dot(left, left));
        return length > ZERO * before && before > 0
                ? Optional.of(Arrays.stream(left).map(cell -> cell / length).toArray())
                : Optional.empty();
    }

    /** The shortest A′λ with λ ≥ 1, by the active-set method of Lawson and Hanson. */
    private static double[] least(List<double[]> rows, int n) {
        double[] sum = new double[n];
        rows.forEach(row -> add(sum, 1, row));
        List<Integer> active = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        double[] left = sum.clone();
        for (int step = 0; step < 20 * (n + 1); step++) {
            int worst = -1;
            double lowest = -ZERO * (1 + Math.sqrt(dot(left, left)));
            for (int i = 0; i < rows.size(); i++) {
                double slope = dot(rows.get(i), left);
                if (slope < lowest && !active.contains(i)) {
                    lowest = slope;
                    worst = i;
                }
            }
            if (worst < 0) {
                return left;
            }
            active.add(worst);
            weights.add(0.0);
            shrink(rows, sum, active, weights);
            System.arraycopy(sum, 0, left, 0, n);
            for (int a = 0; a < active.size(); a++) {
                add(left, weights.get(a), rows.get(active.get(a)));
            }
        }
        return left;
    }

    /** Least squares with the active rows; those that would get a negative weight are let go. */
    private static void shrink(List<double[]> rows, double[] sum, List<Integer> active, List<Double> weights) {
        while (!active.isEmpty()) {
            double[] wanted = solve(rows, sum, active);
            double share = 1;
            for (int a = 0; a < wanted.length; a++) {
                if (wanted[a] <= 0) {
                    double have = weights.get(a);
                    share = Math.min(share, have - wanted[a] > 0 ? have / (have - wanted[a]) : 0);
                }
            }
            for (int a = 0; a < wanted.length; a++) {
                weights.set(a, weights.get(a) + share * (wanted[a] - weights.get(a)));
            }
            if (share == 1) {
                return;
            }
            for (int a = wanted.length - 1; a >= 0; a--) {
                if (weights.get(a) <= 1e-12 && wanted[a] <= 0) {
                    active.remove(a);
                    weights.remove(a);
                }
            }
        }
    }

    private static double[] solve(List<double[]> rows, double[] sum, List<Integer> active) {
        int m = active.size();
        double[][] normal = new double[m][m];
        double[] right = new double[m];
        for (int a = 0; a < m; a++) {
            right[a] = -dot(rows.get(active.get(a)), sum);
            for (int b = 0; b < m; b++) {
                normal[a][b] = dot(rows.get(active.get(a)), rows.get(active.get(b)));
            }
        }
        return PositiveDefinite.of(normal, 1e-13).solve(right);
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int c = 0; c < to.length; c++) {
            to[c] += factor * what[c];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += a[c] * b[c];
        }
        return sum;
    }

    /** The direction of the terms, without the rounding of those that stay. */
    private static double[] ofTerms(Design design, double[] columns) {
        double[] terms = design.toTerms(columns);
        for (int t = 0; t < terms.length; t++) {
            double size = design.size(t, columns);
            terms[t] = Math.abs(terms[t]) > ZERO * size ? terms[t] : 0;
        }
        double largest = Arrays.stream(terms).map(Math::abs).max().orElse(0);
        return largest == 0
                ? terms
                : Arrays.stream(terms).map(cell -> cell / largest).toArray();
    }
}

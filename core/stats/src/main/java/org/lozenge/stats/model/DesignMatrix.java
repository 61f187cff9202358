package org.lozenge.stats.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.numeric.CholeskyBasis;
import org.lozenge.stats.numeric.DoubledGramSchmidt;
import org.lozenge.stats.numeric.PivotedQr;
import org.lozenge.stats.numeric.Vectors;

/**
 * The moderators of a meta-regression: one row per study, one column per term.
 *
 * <p>Columns that earlier ones explain are left out and named by {@link #dropped}. With an intercept all other columns are
 * first taken about their means, so that neither their unit nor their zero matters for what counts as explained: less
 * than {@value #TOLERANCE} of a column's length about its mean must be left for that, or less than the rounding of its
 * values. The basis that models work with is made orthonormal twice, in doubled precision where columns nearly follow from
 * each other, so that these cost no digits. Immutable.
 */
public final class DesignMatrix {

    /** The part of a column that must be left after the others are taken out. */
    private static final double TOLERANCE = 1e-12;

    /** The part of a column that rounding its values may change, relative to their size. */
    private static final double ROUNDING = 16 * Math.ulp(1.0);

    /** Above, plain arithmetic would cost coefficients more than four digits. */
    private static final double NEARLY_DEPENDENT = 1e4;

    /** Some studies must tell every direction of the space with this part of what all of them do, inverted. */
    private static final double WELL_TOLD = 1e4;

    /** A column whose spread is smaller than this part of its size is constant but for rounding. */
    private static final double CONSTANT = 1e-13;

    private final boolean intercept;
    private final List<String> terms;
    private final List<DoubleSeq> columns;
    private final List<String> dropped;
    private final List<DoubleSeq> aliases;
    private final double[][] basis;
    private final double[][] back;

    private DesignMatrix(boolean intercept, List<String> names, List<DoubleSeq> given, int k) {
        this.intercept = intercept;
        double[] means = new double[given.size()];
        double[] sizes = new double[given.size()];
        double[][] centred = new double[given.size()][];
        double tolerance = TOLERANCE;
        for (int j = 0; j < means.length; j++) {
            double[] column = given.get(j).toArray();
            sizes[j] = largest(column);
            means[j] = intercept ? mean(column) : 0;
            centre(column, means[j]);
            double spread = largest(column);
            if (intercept && spread <= CONSTANT * sizes[j]) {
                Arrays.fill(column, 0);
            } else if (spread > 0) {
                // More must be left than the rounding of values far from 0 makes up.
                tolerance = Math.max(tolerance, ROUNDING * (sizes[j] / spread));
            }
            centred[j] = column;
        }
        PivotedQr all = PivotedQr.of(centred, tolerance);
        boolean[] kept = new boolean[centred.length];
        Arrays.fill(kept, true);
        if (all.rank() < centred.length) {
            // The factorisation takes the longest columns first; the reader expects the first ones to stay.
            kept = PivotedQr.independent(centred, tolerance);
        }
        double[][] free = kept(centred, kept);
        PivotedQr qr = all.rank() < centred.length ? PivotedQr.of(free, 0) : all;
        List<String> out = new ArrayList<>();
        List<Integer> in = new ArrayList<>();
        for (int j = 0; j < kept.length; j++) {
            if (kept[j]) {
                in.add(j);
            } else {
                out.add(names.get(j));
            }
        }
        this.dropped = List.copyOf(out);
        List<String> terms = new ArrayList<>();
        List<DoubleSeq> columns = new ArrayList<>();
        if (intercept) {
            double[] ones = new double[k];
            Arrays.fill(ones, 1);
            terms.add("intercept");
            columns.add(DoubleSeq.of(ones));
        }
        in.forEach(j -> {
            terms.add(names.get(j));
            columns.add(given.get(j));
        });
        this.terms = List.copyOf(terms);
        this.columns = List.copyOf(columns);
        double[][] first = qr.orthonormal(free);
        CholeskyBasis again = new CholeskyBasis(first.length);
        double[][] plain = again.orthonormalise(first, k, NEARLY_DEPENDENT)
                ? back(qr, again.inverse(), in, means, k)
                : new double[0][];
        if (plain.length == 0 || condition(plain, in, sizes, k) > NEARLY_DEPENDENT) {
            DoubledGramSchmidt doubled = DoubledGramSchmidt.of(
                    this.columns.stream().map(DoubleSeq::toArray).toArray(double[][]::new));
            this.basis = doubled.basis();
            this.back = doubled.inverse();
        } else {
            this.basis = basis(first, k);
            this.back = plain;
        }
        this.aliases = aliases(given, kept);
    }

    private DesignMatrix(
            boolean intercept, List<String> terms, List<DoubleSeq> columns, double[][] basis, double[][] back) {
        this.intercept = intercept;
        this.terms = terms;
        this.columns = columns;
        this.dropped = List.of();
        this.aliases = List.of();
        this.basis = basis;
        this.back = back;
    }

    /**
     * Returns a design of moderators beside an intercept.
     *
     * @param names names of the moderators
     * @param columns one column per name, all of one length
     * @param k the number of studies
     * @return the design
     * @throws IllegalArgumentException if lengths differ or a value is not finite; the message names moderator and study
     */
    public static DesignMatrix withIntercept(List<String> names, List<DoubleSeq> columns, int k) {
        return checked(true, names, columns, k);
    }

    /**
     * Returns a design of moderators without an intercept.
     *
     * @param names names of the moderators, at least one
     * @param columns one column per name, all of one length
     * @param k the number of studies
     * @return the design
     * @throws IllegalArgumentException if lengths differ, a value is not finite or all columns are zero
     */
    public static DesignMatrix withoutIntercept(List<String> names, List<DoubleSeq> columns, int k) {
        return checked(false, names, columns, k);
    }

    /**
     * Returns a design of one moderator beside an intercept.
     *
     * @param name name of the moderator
     * @param column its values
     * @return the design
     * @throws IllegalArgumentException if a value is not finite
     */
    public static DesignMatrix ofOne(String name, DoubleSeq column) {
        return checked(true, List.of(name), List.of(column), column.size());
    }

    private static DesignMatrix checked(boolean intercept, List<String> names, List<DoubleSeq> columns, int k) {
        if (names.size() != columns.size()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d columns of moderators have %d names", columns.size(), names.size()));
        }
        for (int j = 0; j < names.size(); j++) {
            DoubleSeq column = columns.get(j);
            if (column.size() != k) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "Moderator '%s' has %d values for %d studies", names.get(j), column.size(), k));
            }
            for (int i = 0; i < k; i++) {
                if (!(Math.abs(column.get(i)) <= 1e150)) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "Moderator '%s' of study %d must lie between -1e150 and 1e150, but is %s",
                            names.get(j),
                            i + 1,
                            column.get(i)));
                }
            }
        }
        DesignMatrix design = new DesignMatrix(intercept, List.copyOf(names), List.copyOf(columns), k);
        if (design.terms.isEmpty()) {
            throw new IllegalArgumentException("A design without an intercept needs a moderator that is not zero");
        }
        return design;
    }

    /**
     * Returns the design of some of the studies, as long as they tell all coefficients well enough.
     *
     * @param studies positions of studies, from 0
     * @return the design with the same terms; empty where the terms depend on each other in these studies, or nearly
     */
    public Optional<DesignMatrix> subset(int[] studies) {
        int n = studies.length;
        if (n < terms.size()) {
            return Optional.empty();
        }
        double[][] some = new double[basis.length][];
        for (int c = 0; c < some.length; c++) {
            some[c] = pick(basis[c], studies);
        }
        CholeskyBasis again = new CholeskyBasis(some.length);
        if (!again.orthonormalise(some, n, WELL_TOLD)) {
            return Optional.empty();
        }
        double[][] way = new double[back.length][];
        for (int t = 0; t < way.length; t++) {
            way[t] = new double[some.length];
            for (int c = 0; c < some.length; c++) {
                way[t][c] = Vectors.dot(back[t], again.inverse()[c], 0, c + 1);
            }
        }
        List<DoubleSeq> left = columns.stream()
                .map(column -> DoubleSeq.of(pick(column, studies)))
                .toList();
        return Optional.of(new DesignMatrix(intercept, terms, left, some, way));
    }

    private static double[] pick(double[] from, int[] at) {
        double[] out = new double[at.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = from[at[i]];
        }
        return out;
    }

    private static double[] pick(DoubleSeq from, int[] at) {
        double[] out = new double[at.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = from.get(at[i]);
        }
        return out;
    }

    private static double mean(double[] x) {
        double first = x[0];
        double even = 0;
        double odd = 0;
        for (int i = 0; i < x.length - 1; i += 2) {
            even += x[i] - first;
            odd += x[i + 1] - first;
        }
        double last = x.length % 2 == 0 ? 0 : x[x.length - 1] - first;
        return first + (even + odd + last) / x.length;
    }

    private static double largest(double[] x) {
        double largest = 0;
        for (double value : x) {
            double size = Math.abs(value);
            // Rarely true, and so faster than a maximum that waits for the one before.
            if (size > largest) {
                largest = size;
            }
        }
        return largest;
    }

    private static void centre(double[] column, double mean) {
        for (int i = 0; i < column.length; i++) {
            column[i] -= mean;
        }
    }

    private static double[][] kept(double[][] columns, boolean[] kept) {
        return IntStream.range(0, kept.length)
                .filter(j -> kept[j])
                .mapToObj(j -> columns[j])
                .toArray(double[][]::new);
    }

    /** How much longer a column is than what the others leave of it, at most. */
    private double condition(double[][] inverse, List<Integer> in, double[] sizes, int k) {
        double condition = 0;
        int shift = intercept ? 1 : 0;
        for (int t = 0; t < inverse.length; t++) {
            double squares = 0;
            for (double cell : inverse[t]) {
                squares += cell * cell;
            }
            double size = t < shift ? 1 : sizes[in.get(t - shift)];
            condition = Math.max(condition, size * Math.sqrt(k) * Math.sqrt(squares));
        }
        return condition;
    }

    /** With the constant column first, where there is an intercept. */
    private double[][] basis(double[][] columns, int k) {
        if (!intercept) {
            return columns;
        }
        double[][] all = new double[1 + columns.length][];
        all[0] = new double[k];
        Arrays.fill(all[0], 1 / Math.sqrt(k));
        System.arraycopy(columns, 0, all, 1, columns.length);
        return all;
    }

    /** The matrix that turns coefficients of the basis into coefficients of the terms. */
    private double[][] back(PivotedQr qr, double[][] again, List<Integer> in, double[] means, int k) {
        int shift = intercept ? 1 : 0;
        double[][] matrix = new double[terms.size()][shift + qr.rank()];
        if (intercept) {
            matrix[0][0] = 1 / Math.sqrt(k);
        }
        for (int c = 0; c < again.length; c++) {
            double[] x = qr.coefficients(again[c]);
            for (int t = 0; t < in.size(); t++) {
                matrix[shift + t][shift + c] = x[t];
                if (intercept) {
                    matrix[0][1 + c] -= means[in.get(t)] * x[t];
                }
            }
        }
        return matrix;
    }

    /**
     * Returns the number of studies.
     *
     * @return k
     */
    public int k() {
        return basis[0].length;
    }

    /**
     * Returns the names of the terms that are estimated.
     *
     * @return {@code intercept} first, if there is one, then the moderators in their order
     */
    public List<String> terms() {
        return terms;
    }

    /**
     * Returns the columns of the terms that are estimated.
     *
     * @return as many as {@link #terms}, with ones for the intercept
     */
    public List<DoubleSeq> columns() {
        return columns;
    }

    /**
     * Returns the moderators that are constant or explained by others, and therefore left out.
     *
     * @return their names; empty if all are estimated
     */
    public List<String> dropped() {
        return dropped;
    }

    /**
     * Returns how the columns that were left out follow from the terms.
     *
     * @return for each of {@link #dropped} the coefficient of each of {@link #terms}
     */
    public List<DoubleSeq> aliases() {
        return aliases;
    }

    private List<DoubleSeq> aliases(List<DoubleSeq> given, boolean[] kept) {
        List<DoubleSeq> out = new ArrayList<>();
        for (int j = 0; j < kept.length; j++) {
            if (!kept[j]) {
                double[] coordinates = new double[terms.size()];
                for (int c = 0; c < coordinates.length; c++) {
                    for (int i = 0; i < basis[c].length; i++) {
                        coordinates[c] += basis[c][i] * given.get(j).get(i);
                    }
                }
                out.add(DoubleSeq.of(toTerms(coordinates)));
            }
        }
        return List.copyOf(out);
    }

    /**
     * Tells whether there is an intercept.
     *
     * @return true if so
     */
    public boolean hasIntercept() {
        return intercept;
    }

    /** Orthonormal columns, only to be read. */
    double[][] basis() {
        return basis;
    }

    /** Coefficients, or a factor of their covariance, of the terms. */
    double[] toTerms(double[] ofBasis) {
        double[] out = new double[back.length];
        for (int t = 0; t < out.length; t++) {
            for (int c = 0; c < ofBasis.length; c++) {
                out[t] += back[t][c] * ofBasis[c];
            }
        }
        return out;
    }
}

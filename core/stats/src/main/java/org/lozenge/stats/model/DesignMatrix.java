package org.lozenge.stats.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.numeric.PivotedQr;

/**
 * The moderators of a meta-regression: one row per study, one column per term.
 *
 * <p>Columns that others explain are left out and named by {@link #dropped}. With an intercept all other columns are
 * first taken about their means, so that neither their unit nor their zero matters for what counts as explained: less
 * than {@value #TOLERANCE} of a column's length about its mean must be left for that. Immutable.
 */
public final class DesignMatrix {

    /** The part of a column that must be left after the others are taken out. */
    private static final double TOLERANCE = 1e-9;

    /** A column whose spread is smaller than this part of its size is constant but for rounding. */
    private static final double CONSTANT = 1e-13;

    private final boolean intercept;
    private final List<String> terms;
    private final List<DoubleSeq> columns;
    private final List<String> dropped;
    private final double[][] basis;
    private final double[][] back;

    private DesignMatrix(boolean intercept, List<String> names, List<DoubleSeq> given, int k) {
        this.intercept = intercept;
        double[] means = new double[given.size()];
        double[][] centred = new double[given.size()][];
        for (int j = 0; j < means.length; j++) {
            double[] column = given.get(j).toArray();
            means[j] = intercept ? mean(column) : 0;
            centred[j] = centred(column, means[j]);
        }
        PivotedQr qr = PivotedQr.of(centred, TOLERANCE);
        int[] pivot = qr.pivot();
        boolean[] kept = new boolean[means.length];
        for (int j = 0; j < qr.rank(); j++) {
            kept[pivot[j]] = true;
        }
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
        this.basis = basis(centred, qr, k);
        this.back = back(qr, in, means, k);
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

    private static double mean(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value - x[0];
        }
        return x[0] + sum / x.length;
    }

    private double[] centred(double[] column, double mean) {
        double size = 0;
        double spread = 0;
        double[] out = new double[column.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = column[i] - mean;
            size = Math.max(size, Math.abs(column[i]));
            spread = Math.max(spread, Math.abs(out[i]));
        }
        if (intercept && spread <= CONSTANT * size) {
            Arrays.fill(out, 0);
        }
        return out;
    }

    /** Orthonormal rows: the constant column first, where there is an intercept. */
    private double[][] basis(double[][] centred, PivotedQr qr, int k) {
        int shift = intercept ? 1 : 0;
        double[][] rows = new double[k][shift + qr.rank()];
        double[] row = new double[centred.length];
        double[] out = new double[qr.rank()];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = centred[j][i];
            }
            qr.orthonormalRow(row, out);
            System.arraycopy(out, 0, rows[i], shift, out.length);
            if (intercept) {
                rows[i][0] = 1 / Math.sqrt(k);
            }
        }
        return rows;
    }

    /** The matrix that turns coefficients of the basis into coefficients of the terms. */
    private double[][] back(PivotedQr qr, List<Integer> in, double[] means, int k) {
        int shift = intercept ? 1 : 0;
        double[][] matrix = new double[terms.size()][shift + qr.rank()];
        if (intercept) {
            matrix[0][0] = 1 / Math.sqrt(k);
        }
        for (int c = 0; c < qr.rank(); c++) {
            double[] unit = new double[qr.rank()];
            unit[c] = 1;
            double[] x = qr.coefficients(unit);
            for (int t = 0; t < in.size(); t++) {
                matrix[shift + t][shift + c] = x[in.get(t)];
                if (intercept) {
                    matrix[0][1 + c] -= means[in.get(t)] * x[in.get(t)];
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
        return basis.length;
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
     * Tells whether there is an intercept.
     *
     * @return true if so
     */
    public boolean hasIntercept() {
        return intercept;
    }

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

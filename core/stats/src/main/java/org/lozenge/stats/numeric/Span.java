package org.lozenge.stats.numeric;

import java.util.stream.IntStream;

/** The space that some rows span. */
public final class Span {

    private Span() {}

    /**
     * Returns an orthonormal basis. A joint test of the basis is one of the rows, but needs no inverse of a covariance that is
     * singular within rounding where rows are nearly parallel.
     *
     * @param rows of one length; only read
     * @param dependent a row of which others leave a smaller part follows from them
     * @return as many rows as are independent
     */
    public static double[][] basis(double[][] rows, double dependent) {
        boolean[] kept = PivotedQr.independent(rows, dependent);
        double[][] independent = IntStream.range(0, rows.length)
                .filter(i -> kept[i])
                .mapToObj(i -> rows[i])
                .toArray(double[][]::new);
        return independent.length == 0
                ? independent
                : DoubledGramSchmidt.of(independent).basis();
    }
}

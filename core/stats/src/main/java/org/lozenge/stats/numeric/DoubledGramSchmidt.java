package org.lozenge.stats.numeric;

/**
 * An orthonormal basis of columns that nearly depend on each other, such as high powers of a number, by modified
 * Gram–Schmidt in doubled precision: with a condition number of 1e15 the basis and the way back to the columns still have
 * all digits of a double.
 *
 * <p>A number is the unevaluated sum of two doubles. Costs some twenty times as much as plain arithmetic.
 *
 * @see <a href="https://doi.org/10.1007/BF01397083">Dekker (1971), Numer. Math. 18, 224–242</a>
 */
public final class DoubledGramSchmidt {

    private final double[][] basis;
    private final double[][] inverse;

    private DoubledGramSchmidt(double[][] basis, double[][] inverse) {
        this.basis = basis;
        this.inverse = inverse;
    }

    /**
     * Makes the basis.
     *
     * @param columns linearly independent columns of one length; only read
     * @return the basis, in the order of the columns
     */
    public static DoubledGramSchmidt of(double[][] columns) {
        int p = columns.length;
        Column[] q = new Column[p];
        Sum[][] r = new Sum[p][p];
        double[] unit = new double[p];
        for (int j = 0; j < p; j++) {
            unit[j] = unit(columns[j]);
            Column v = Column.of(columns[j], unit[j]);
            for (int c = 0; c < j; c++) {
                r[c][j] = q[c].dot(v);
                v.subtract(q[c], r[c][j]);
            }
            r[j][j] = v.dot(v).root();
            v.divide(r[j][j]);
            q[j] = v;
        }
        double[][] basis = new double[p][];
        for (int j = 0; j < p; j++) {
            basis[j] = q[j].high;
        }
        return new DoubledGramSchmidt(basis, inverse(r, unit));
    }

    /** A power of two about as large as the largest cell, so that squares do not overflow. */
    private static double unit(double[] column) {
        double largest = 0;
        for (double cell : column) {
            largest = Math.max(largest, Math.abs(cell));
        }
        return largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest));
    }

    private static double[][] inverse(Sum[][] r, double[] unit) {
        int p = r.length;
        double[][] out = new double[p][p];
        for (int c = 0; c < p; c++) {
            Sum[] x = new Sum[p];
            for (int i = c; i >= 0; i--) {
                Sum sum = new Sum(i == c ? 1 : 0, 0);
                for (int j = i + 1; j <= c; j++) {
                    sum = sum.plus(r[i][j].times(x[j]).negated());
                }
                x[i] = sum.over(r[i][i]);
                out[i][c] = x[i].high / unit[i];
            }
        }
        return out;
    }

    /**
     * Returns the basis.
     *
     * @return orthonormal columns, as many as were given; the first ones span the same space as the first ones given
     */
    public double[][] basis() {
        return basis;
    }

    /**
     * Returns the way back.
     *
     * @return a row per given column: its coefficient of each column of the basis
     */
    public double[][] inverse() {
        return inverse;
    }

    /** A number as the sum of two doubles, the second below the last digit of the first. */
    private record Sum(double high, double low) {

        static Sum normal(double high, double low) {
            double s = high + low;
            return new Sum(s, low - (s - high));
        }

        static Sum exact(double a, double b) {
            double s = a + b;
            double part = s - a;
            return new Sum(s, (a - (s - part)) + (b - part));
        }

        Sum plus(Sum other) {
            Sum s = exact(high, other.high);
            return normal(s.high, s.low + low + other.low);
        }

        Sum times(Sum other) {
            double product = high * other.high;
            double rest = Math.fma(high, other.high, -product);
            return normal(product, rest + high * other.low + low * other.high);
        }

        Sum negated() {
            return new Sum(-high, -low);
        }

        Sum over(Sum other) {
            double first = high / other.high;
            Sum rest = plus(other.times(new Sum(first, 0)).negated());
            double second = rest.high / other.high;
            Sum last = rest.plus(other.times(new Sum(second, 0)).negated());
            return normal(first, second).plus(new Sum(last.high / other.high, 0));
        }

        Sum root() {
            double first = Math.sqrt(high);
            Sum rest = plus(new Sum(first, 0).times(new Sum(first, 0)).negated());
            return normal(first, rest.high / (2 * first));
        }
    }

    /** A column of such numbers. */
    private static final class Column {
        private final double[] high;
        private final double[] low;

        private Column(double[] high, double[] low) {
            this.high = high;
            this.low = low;
        }

        static Column of(double[] cells, double unit) {
            double[] high = new double[cells.length];
            for (int i = 0; i < high.length; i++) {
                high[i] = cells[i] / unit;
            }
            return new Column(high, new double[high.length]);
        }

        Sum dot(Column other) {
            Sum sum = new Sum(0, 0);
            for (int i = 0; i < high.length; i++) {
                sum = sum.plus(at(i).times(other.at(i)));
            }
            return sum;
        }

        void subtract(Column other, Sum factor) {
            for (int i = 0; i < high.length; i++) {
                set(i, at(i).plus(other.at(i).times(factor).negated()));
            }
        }

        void divide(Sum divisor) {
            for (int i = 0; i < high.length; i++) {
                set(i, at(i).over(divisor));
            }
        }

        private Sum at(int i) {
            return new Sum(high[i], low[i]);
        }

        private void set(int i, Sum value) {
            high[i] = value.high;
            low[i] = value.low;
        }
    }
}

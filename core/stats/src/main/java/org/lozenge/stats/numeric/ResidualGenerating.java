package org.lozenge.stats.numeric;

import java.util.stream.IntStream;

/**
 * M for residuals from a weighted regression: with the rows bᵢ of orthonormal columns that span those of √a·X
 *
 * <pre>{@code M(s)⁻² = Π wᵢ · det Σ bᵢbᵢ′/wᵢ,   wᵢ = 1 − 2sdᵢ}</pre>
 *
 * <p>Of p columns the p studies T with the largest d may have poles below the singularity. They are drawn into a bordered
 * determinant, which has none:
 *
 * <pre>{@code Π wᵢ over T · det Σ bᵢbᵢ′/wᵢ = det [ W  −B ]      W, B: w and b of T;  R: the sum over the others
 *                                        [ B′  R ]}</pre>
 *
 * <p>One evaluation costs O(k·p²). Elimination with pivots gives the angle of the determinant but for full turns. These are
 * told by another elimination, of {@code Σ bᵢbᵢ′/wᵢ} over all studies: above the axis its imaginary part is positive
 * definite, so that all of its pivots have angles between 0 and π.
 */
final class ResidualGenerating extends MomentGenerating {

    /** Below this share of the real part a point lies on the axis, where the angle is next to 0. */
    private static final double ON_AXIS = 1e-20;

    private final double[][] b;
    private final int p;
    private final int[] top;
    private final int[] others;

    private final TurningProduct product = new TurningProduct();
    private final ComplexMatrix r;
    private final ComplexMatrix bordered;
    private final ComplexMatrix all;

    /** @param complement 1 − Σ bᵢ², to its own relative precision */
    ResidualGenerating(double[] a, double[] s, double[][] columns, double[] complement) {
        super(a, s);
        int k = d.length;
        this.b = columns;
        this.p = columns.length;
        int[] order = IntStream.range(0, k)
                .boxed()
                .sorted((i, j) -> Double.compare(d[j], d[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.top = IntStream.of(order).limit(p).toArray();
        this.others = IntStream.of(order).skip(p).toArray();
        this.limit = 0.5 / d[others[0]];
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += d[i] * complement[i];
        }
        this.mean = sum;
        this.r = new ComplexMatrix(p);
        this.all = new ComplexMatrix(p);
        this.bordered = new ComplexMatrix(2 * p);
    }

    /**
     * Below the singularity {@code I − 2sM}, with M the matrix of the form, is positive definite on the residuals. Then the
     * bordered matrix, with B′ and −R below, has as many negative eigenvalues as there are columns.
     */
    @Override
    boolean beyond(double point) {
        if (!(1 - 2 * point * (d[others[0]] * stretch) > 0)) {
            return true;
        }
        sumOthers(point, 0);
        double[][] symmetric = new double[2 * p][2 * p];
        for (int t = 0; t < p; t++) {
            double w = 1 - 2 * point * (d[top[t]] * stretch);
            double scale = 1 / Math.sqrt(Math.max(1, Math.abs(w)));
            symmetric[t][t] = w * scale * scale;
            for (int m = 0; m < p; m++) {
                symmetric[t][p + m] = b[m][top[t]] * scale;
                symmetric[p + m][t] = symmetric[t][p + m];
                symmetric[p + t][p + m] = -r.real(t, m);
            }
        }
        int negative = 0;
        for (double value : SymmetricEigen.of(symmetric).values()) {
            negative += value < 0 ? 1 : 0;
        }
        return negative != p;
    }

    @Override
    void evaluate(double re, double im) {
        sumOthers(re, im);
        border(re, im);
        bordered.eliminate();
        double angle = bordered.angle();
        double near = 0;
        if (Math.abs(im) > ON_AXIS * Math.abs(re)) {
            near = nearAngle(re, im);
        }
        double turn = 2 * Math.PI;
        if (!Double.isNaN(near)) {
            angle += turn * Math.rint((near - angle) / turn);
        }
        logReal = -(product.logModulus() + bordered.logModulus()) / 2;
        logImaginary = -(product.angle() + angle) / 2;
    }

    /** R and the product of the others' w. */
    private void sumOthers(double re, double im) {
        product.clear();
        r.clear();
        for (int i : others) {
            double scale = d[i] * stretch;
            double x = 1 - 2 * re * scale;
            double y = -2 * im * scale;
            double size = Math.max(Math.abs(x), Math.abs(y));
            if (size > LARGE) {
                product.multiplyByExp(StrictMath.log(size));
                x /= size;
                y /= size;
            } else {
                size = 1;
            }
            double inverse = 1 / (x * x + y * y) / size;
            for (int m = 0; m < p; m++) {
                for (int n = 0; n <= m; n++) {
                    double weight = b[m][i] * b[n][i] * inverse;
                    r.add(m, n, weight * x, -weight * y);
                }
            }
            product.multiply(x, y);
        }
        r.mirror();
    }

    private void border(double re, double im) {
        bordered.clear();
        for (int t = 0; t < p; t++) {
            double scale = d[top[t]] * stretch;
            bordered.add(t, t, 1 - 2 * re * scale, -2 * im * scale);
            for (int m = 0; m < p; m++) {
                bordered.add(t, p + m, -b[m][top[t]], 0);
                bordered.add(p + m, t, b[m][top[t]], 0);
            }
        }
        bordered.place(r, p);
    }

    /** The angle of the determinant, turns and all, but with fewer digits next to a pole. */
    private double nearAngle(double re, double im) {
        all.clear();
        all.place(r, 0);
        double angle = 0;
        for (int study : top) {
            double scale = d[study] * stretch;
            double x = 1 - 2 * re * scale;
            double y = -2 * im * scale;
            double square = x * x + y * y;
            angle += StrictMath.atan2(y, x);
            for (int m = 0; m < p; m++) {
                for (int n = 0; n < p; n++) {
                    double weight = b[m][study] * b[n][study];
                    all.add(m, n, weight * (x / square), -weight * (y / square));
                }
            }
        }
        return angle + all.anglesOfPivots();
    }
}

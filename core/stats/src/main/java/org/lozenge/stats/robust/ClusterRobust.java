package org.lozenge.stats.robust;

import java.util.List;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.FisherF;
import org.lozenge.stats.numeric.StudentT;
import org.lozenge.stats.numeric.SymmetricEigen;

/**
 * Cluster-robust covariance of coefficients, with Satterthwaite's degrees of freedom.
 *
 * <p>For weighted least squares with weights W = Φ⁻¹ in independent clusters i, and bread B = (X′WX)⁻¹:
 *
 * <pre>{@code V = B (Σ Xᵢ′Wᵢ Aᵢ eᵢeᵢ′ Aᵢ′ Wᵢ Xᵢ) B}</pre>
 *
 * <p>Aᵢ is the identity for CR0, √(m/(m − 1)) times it for CR1, and for CR2 the symmetric-root solution of
 * Aᵢ(Φᵢ − XᵢBXᵢ′)Aᵢ′ = Φᵢ: with Dᵢ′Dᵢ = Φᵢ, Aᵢ = Dᵢ′(Dᵢ(Φᵢ − XᵢBXᵢ′)Dᵢ′)^(−1/2) Dᵢ, which is the same for every such D. Degrees of
 * freedom and tests of several coefficients (Hotelling's T² with the approximation by Zhang, "AHZ" or "HTZ") are those under
 * Φ. All sums are linear in the number of clusters.
 *
 * <p>Agrees with clubSandwich 0.5.8, {@code vcovCR}, {@code coef_test(test = "Satterthwaite")} and
 * {@code Wald_test(test = "HTZ")}, on {@code robust.csv}.
 *
 * @see <a href="https://doi.org/10.1080/07350015.2016.1247004">Pustejovsky and Tipton (2018), J. Bus. Econ. Stat. 36,
 *     672–683</a>
 * @see <a href="https://doi.org/10.3102/1076998615606099">Tipton and Pustejovsky (2015), J. Educ. Behav. Stat. 40,
 *     604–634</a>
 */
public final class ClusterRobust {

    /** Eigenvalues below this fraction of the largest count as zero: the cluster alone determines a coefficient. */
    private static final double ZERO = 1e-12;

    private final double[][] bread;
    private final double[][] covariance;
    private final double[][][] scores;
    private final double[][][] spreads;

    private ClusterRobust(double[][] bread, double[][] covariance, double[][][] scores, double[][][] spreads) {
        this.bread = bread;
        this.covariance = covariance;
        this.scores = scores;
        this.spreads = spreads;
    }

    /**
     * Several combinations of coefficients tested at once.
     *
     * @param statistic F
     * @param df1 degrees of freedom of the numerator
     * @param df2 of the denominator
     * @param pValue the P value; NaN where there are too few clusters
     */
    public record Wald(double statistic, double df1, double df2, double pValue) {}

    /**
     * Estimates the covariance.
     *
     * @param type how residuals are adjusted
     * @param clusters the clusters
     * @param bread (X′WX)⁻¹ of all clusters
     * @return the covariance
     */
    public static ClusterRobust of(RobustType type, List<RobustCluster> clusters, double[][] bread) {
        int p = bread.length;
        int m = clusters.size();
        double[][] meat = new double[p][p];
        double[][][] scores = new double[m][][];
        double[][][] spreads = new double[m][][];
        for (int c = 0; c < m; c++) {
            RobustCluster cluster = clusters.get(c);
            double[][] a = adjusted(type, cluster, bread, m);
            double[] score = new double[p];
            for (int j = 0; j < p; j++) {
                for (int i = 0; i < a.length; i++) {
                    score[j] += a[i][j] * cluster.residuals[i];
                }
            }
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    meat[i][j] += score[i] * score[j];
                }
            }
            scores[c] = product(transposed(cluster.x, p), a);
            spreads[c] = product(transposed(a, p), product(cluster.covariance, a));
        }
        return new ClusterRobust(bread, product(bread, product(meat, bread)), scores, spreads);
    }

    /** A′WX of a cluster. */
    private static double[][] adjusted(RobustType type, RobustCluster cluster, double[][] bread, int m) {
        SymmetricEigen phi = SymmetricEigen.of(cluster.covariance);
        double[][] wx = product(phi.power(-1, 0), cluster.x);
        double factor = Math.sqrt(m / (m - 1.0));
        return switch (type) {
            case CR0 -> wx;
            case CR1 -> scaled(wx, factor);
            case CR2 -> {
                int p = bread.length;
                double[][] root = phi.power(0.5, 0);
                double[][] hat = product(cluster.x, product(bread, transposed(cluster.x, p)));
                double[][] left = minus(cluster.covariance, hat);
                double[][] inner =
                        SymmetricEigen.of(product(root, product(left, root))).power(-0.5, ZERO);
                yield product(root, product(inner, product(root, wx)));
            }
        };
    }

    /**
     * Returns the covariance of two combinations of coefficients.
     *
     * @param a weights of the one
     * @param b weights of the other
     * @return the covariance
     */
    public double covariance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += a[i] * covariance[i][j] * b[j];
            }
        }
        return sum;
    }

    /**
     * Tests whether a combination of coefficients is 0, by t with Satterthwaite's degrees of freedom.
     *
     * @param weights weights of the coefficients
     * @param estimate the combination
     * @return the test
     */
    public TestResult test(double[] weights, double estimate) {
        double t = estimate / Math.sqrt(covariance(weights, weights));
        double df = df(weights);
        return new TestResult(t, df, StudentT.twoSided(t, df));
    }

    /**
     * Returns Satterthwaite's degrees of freedom of a combination of coefficients.
     *
     * @param weights weights of the coefficients
     * @return degrees of freedom, above 0
     */
    public double df(double[] weights) {
        Quadratics sums = new Quadratics(new double[][] {weights});
        double mean = sums.mean[0][0];
        // The sum over pairs counts each twice, as squares of the trace and as the trace of squares.
        return mean * mean / (sums.squares / 2);
    }

    /**
     * Tests whether several combinations of coefficients are 0.
     *
     * @param weights a row of weights per combination; linearly independent
     * @param estimates the combinations
     * @return the test
     */
    public Wald wald(double[][] weights, double[] estimates) {
        int q = weights.length;
        double[][] robust = new double[q][q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                robust[i][j] = covariance(weights[i], weights[j]);
            }
        }
        double[][] inverse = SymmetricEigen.of(robust).power(-1, ZERO);
        double statistic = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                statistic += estimates[i] * inverse[i][j] * estimates[j];
            }
        }
        double[][] root = SymmetricEigen.of(new Quadratics(weights).mean).power(-0.5, ZERO);
        double eta = q * (q + 1) / new Quadratics(product(root, weights)).squares;
        double df2 = eta - q + 1;
        double f = df2 / (eta * q) * statistic;
        return new Wald(f, q, df2, df2 > 0 ? FisherF.upperTail(f, q, df2) : Double.NaN);
    }

    /** Mean of the robust covariance of combinations under the model, and the sum of the variances of its cells. */
    private final class Quadratics {
        final double[][] mean;
        double squares;

        Quadratics(double[][] weights) {
            int q = weights.length;
            int p = bread.length;
            mean = new double[q][q];
            double[][] half = SymmetricEigen.of(bread).power(0.5, 0);
            double[][] right = product(bread, transposed(weights, p));
            double[][] all = new double[p * q][p * q];
            for (int c = 0; c < scores.length; c++) {
                double[][] spread = product(transposed(right, q), product(spreads[c], right));
                double[][] k = product(half, product(scores[c], right));
                add(spread, k, all);
            }
            for (int a = 0; a < p * q; a++) {
                for (int b = 0; b < p * q; b++) {
                    int swapped = (b / q) * q + a % q;
                    int other = (a / q) * q + b % q;
                    squares += all[a][b] * all[a][b] + all[a][b] * all[swapped][other];
                }
            }
        }

        private void add(double[][] spread, double[][] k, double[][] all) {
            int q = spread.length;
            double[][] kk = product(transposed(k, q), k);
            double[][] own = minus(spread, kk);
            squares += trace(own) * trace(own) + trace(product(own, own));
            squares -= trace(kk) * trace(kk) + trace(product(kk, kk));
            for (int s = 0; s < q; s++) {
                for (int t = 0; t < q; t++) {
                    mean[s][t] += own[s][t];
                }
            }
            for (int a = 0; a < all.length; a++) {
                for (int b = 0; b < all.length; b++) {
                    all[a][b] += k[a / q][a % q] * k[b / q][b % q];
                }
            }
        }
    }

    private static double trace(double[][] a) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i][i];
        }
        return sum;
    }

    private static double[][] minus(double[][] a, double[][] b) {
        double[][] out = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                out[i][j] = a[i][j] - b[i][j];
            }
        }
        return out;
    }

    private static double[][] scaled(double[][] a, double factor) {
        double[][] out = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i].clone();
            for (int j = 0; j < out[i].length; j++) {
                out[i][j] *= factor;
            }
        }
        return out;
    }

    private static double[][] transposed(double[][] a, int columns) {
        double[][] out = new double[columns][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < columns; j++) {
                out[j][i] = a[i][j];
            }
        }
        return out;
    }

    private static double[][] product(double[][] a, double[][] b) {
        int columns = b[0].length;
        double[][] out = new double[a.length][columns];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < columns; j++) {
                    out[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return out;
    }
}

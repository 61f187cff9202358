package org.lozenge.stats.robust;

import java.util.Arrays;
import java.util.List;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.FisherF;
import org.lozenge.stats.numeric.PivotedQr;
import org.lozenge.stats.numeric.PositiveDefinite;
import org.lozenge.stats.numeric.StudentT;
import org.lozenge.stats.numeric.SymmetricEigen;

/**
 * Cluster-robust covariance of coefficients, with Satterthwaite's degrees of freedom: valid when effects of one cluster
 * depend on each other in unknown ways, and, with one effect per cluster, when the variances are wrong.
 *
 * <p>For weighted least squares with weights W = Φ⁻¹ in independent clusters i, and bread B = (X′WX)⁻¹:
 *
 * <pre>{@code V = B (Σ Xᵢ′Wᵢ Aᵢ eᵢeᵢ′ Aᵢ′ Wᵢ Xᵢ) B}</pre>
 *
 * <p>Aᵢ is the identity for CR0 and a multiple of it for CR1, CR1p and CR1S; for CR2 the symmetric-root solution of
 * Aᵢ(Φᵢ − XᵢBXᵢ′)Aᵢ′ = Φᵢ: with Dᵢ′Dᵢ = Φᵢ, Aᵢ = Dᵢ′(Dᵢ(Φᵢ − XᵢBXᵢ′)Dᵢ′)^(−1/2) Dᵢ, which is the same for every such D; and
 * (I − Hᵢ)⁻¹ for CR3. Degrees of freedom and tests of several coefficients (Hotelling's T² with the approximation by
 * Zhang, "AHZ" or "HTZ") are those under Φ.
 *
 * <p>Linear in the number of clusters; a cluster of n effects costs O(n³) for CR2 and CR3. Agrees with clubSandwich 0.5.8,
 * {@code vcovCR}, {@code coef_test(test = "Satterthwaite")} and {@code Wald_test(test = "HTZ")}, to a relative 1e-8.
 * Immutable.
 *
 * @see <a href="https://doi.org/10.1080/07350015.2016.1247004">Pustejovsky and Tipton (2018), J. Bus. Econ. Stat. 36,
 *     672–683</a>
 * @see <a href="https://doi.org/10.3102/1076998615606099">Tipton and Pustejovsky (2015), J. Educ. Behav. Stat. 40,
 *     604–634</a>
 */
public final class ClusterRobust {

    /** Combinations that leave a smaller part of a unit diagonal follow from the others. */
    private static final double DEPENDENT = 1e-10;

    private final List<RobustCluster> clusters;

    /** Per cluster, the rows of the scores. */
    private final double[][][] adjusted;

    /** A square root of the bread; empty for the identity. */
    private final double[][] half;

    /** In coordinates in which the bread is the identity. */
    private final double[][] covariance;

    private ClusterRobust(RobustType type, List<RobustCluster> clusters, double[][] half) {
        this.clusters = clusters;
        this.half = half;
        this.adjusted = clusters.stream().map(cluster -> cluster.adjusted(type)).toArray(double[][][]::new);
        int p = adjusted[0][0].length;
        int effects = 0;
        double[][] meat = new double[p][p];
        for (int c = 0; c < adjusted.length; c++) {
            double[] residuals = clusters.get(c).residuals;
            double[] score = new double[p];
            for (int i = 0; i < residuals.length; i++) {
                for (int j = 0; j < p; j++) {
                    score[j] += adjusted[c][i][j] * residuals[i];
                }
            }
            addOuter(meat, score, score);
            effects += residuals.length;
        }
        double factor = type.factor(adjusted.length, effects, p);
        for (double[] row : meat) {
            for (int j = 0; j < p; j++) {
                row[j] *= factor;
            }
        }
        this.covariance = meat;
    }

    /**
     * Several combinations of coefficients tested at once.
     *
     * @param statistic F; NaN where there are too few clusters
     * @param df1 degrees of freedom of the numerator: how many are tested, less those that follow from the others
     * @param df2 of the denominator
     * @param pValue the P value; NaN where there are too few clusters
     */
    public record Wald(double statistic, int df1, double df2, double pValue) {}

    /**
     * Estimates the covariance.
     *
     * @param type how residuals are adjusted
     * @param clusters the clusters, at least two
     * @param bread (X′WX)⁻¹ of all clusters
     * @return the covariance
     */
    public static ClusterRobust of(RobustType type, List<RobustCluster> clusters, double[][] bread) {
        double[][] half = SymmetricEigen.of(bread).power(0.5, 0);
        return new ClusterRobust(
                type, clusters.stream().map(cluster -> cluster.in(half)).toList(), half);
    }

    /**
     * Estimates the covariance in coordinates of an orthonormal basis of the weighted design.
     *
     * @param type how residuals are adjusted
     * @param clusters the clusters, at least two
     * @return the covariance; combinations are weights of these coordinates
     */
    public static ClusterRobust of(RobustType type, List<RobustCluster> clusters) {
        return new ClusterRobust(type, List.copyOf(clusters), new double[0][]);
    }

    private double[] coordinates(double[] weights) {
        if (half.length == 0) {
            return weights;
        }
        double[] out = new double[half.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = RobustCluster.dot(half[i], weights);
        }
        return out;
    }

    private double[][] coordinates(double[][] weights) {
        return Arrays.stream(weights).map(this::coordinates).toArray(double[][]::new);
    }

    /**
     * Returns the number of clusters that the model fits exactly in some direction, so that their residuals say nothing
     * about the uncertainty there: as a rule because a coefficient rests on them alone. Standard errors of combinations that
     * also rest on others are then too small.
     *
     * @return how many; 0 if all is well
     */
    public int exactClusters() {
        int count = 0;
        for (RobustCluster cluster : clusters) {
            double[][] cross = new double[covariance.length][covariance.length];
            for (double[] row : cluster.rows) {
                addOuter(cross, row, row);
            }
            double largest =
                    Arrays.stream(SymmetricEigen.of(cross).values()).max().orElse(0);
            count += largest > 1 - RobustCluster.EXACT ? 1 : 0;
        }
        return count;
    }

    /**
     * Returns the covariance of two combinations of coefficients.
     *
     * @param a weights of the one
     * @param b weights of the other
     * @return the covariance
     */
    public double covariance(double[] a, double[] b) {
        double[] left = coordinates(a);
        double[] right = coordinates(b);
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * RobustCluster.dot(covariance[i], right);
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
     * @return degrees of freedom, above 0; NaN where no residuals tell the uncertainty, because the combination rests on
     *     clusters that the model fits exactly
     */
    public double df(double[] weights) {
        double[] coordinates = coordinates(weights);
        Pairs pairs = new Pairs(new double[][] {coordinates});
        double expected = pairs.expected()[0][0];
        return expected > RobustCluster.EXACT * RobustCluster.dot(coordinates, coordinates)
                ? 2 * expected * expected / pairs.variance(0, 0)
                : Double.NaN;
    }

    /**
     * Tests whether several combinations of coefficients are 0.
     *
     * @param weights a row of weights per combination; one that follows from those before is left out
     * @param estimates the combinations
     * @return the test
     */
    public Wald wald(double[][] weights, double[] estimates) {
        double[][] coordinates = coordinates(weights);
        boolean[] kept = PivotedQr.independent(coordinates, DEPENDENT);
        int q = 0;
        double[][] free = new double[weights.length][];
        double[][] given = new double[weights.length][];
        double[] values = new double[weights.length];
        for (int s = 0; s < kept.length; s++) {
            if (kept[s]) {
                values[q] = estimates[s];
                given[q] = weights[s];
                free[q++] = coordinates[s];
            }
        }
        return q == 0
                ? new Wald(Double.NaN, weights.length, Double.NaN, Double.NaN)
                : wald(Arrays.copyOf(free, q), Arrays.copyOf(given, q), Arrays.copyOf(values, q));
    }

    private Wald wald(double[][] coordinates, double[][] weights, double[] values) {
        int q = values.length;
        double eta = q * (q + 1) / new Pairs(whitened(coordinates)).totalVariance();
        double df2 = eta - q + 1;
        double[][] robust = new double[q][q];
        boolean untold = false;
        for (int s = 0; s < q; s++) {
            untold |= Double.isNaN(df(weights[s]));
            for (int t = 0; t < q; t++) {
                robust[s][t] = covariance(weights[s], weights[t]);
            }
        }
        PositiveDefinite factor = PositiveDefinite.of(robust, DEPENDENT);
        if (factor.rank() < q || !(df2 > 0) || untold) {
            return new Wald(Double.NaN, q, df2, Double.NaN);
        }
        double f = df2 / (eta * q) * factor.inverseForm(values);
        return new Wald(f, q, df2, FisherF.upperTail(f, q, df2));
    }

    /** The combinations turned so that their robust covariance is expected to be the identity. */
    private double[][] whitened(double[][] coordinates) {
        double[][] expected = new Pairs(coordinates).expected();
        return RobustCluster.product(SymmetricEigen.of(expected).power(-0.5, 0), coordinates);
    }

    /**
     * The vectors p of the linear forms p′y whose squares make up the robust covariance of combinations, through their
     * products under the working model: {@code pₛᵢ′Φpₜⱼ = gₛᵢ′gₜⱼ [i = j] − uₛᵢ′uₜⱼ}.
     */
    private final class Pairs {
        private final int q;
        private final double[][][] u;
        private final double[][][] within;

        Pairs(double[][] coordinates) {
            this.q = coordinates.length;
            this.u = new double[adjusted.length][q][covariance.length];
            this.within = new double[adjusted.length][q][q];
            for (int c = 0; c < adjusted.length; c++) {
                double[][] rows = clusters.get(c).rows;
                double[][] g = new double[q][rows.length];
                for (int s = 0; s < q; s++) {
                    for (int a = 0; a < rows.length; a++) {
                        g[s][a] = RobustCluster.dot(adjusted[c][a], coordinates[s]);
                        for (int j = 0; j < u[c][s].length; j++) {
                            u[c][s][j] += g[s][a] * rows[a][j];
                        }
                    }
                }
                for (int s = 0; s < q; s++) {
                    for (int t = 0; t < q; t++) {
                        within[c][s][t] = RobustCluster.dot(g[s], g[t]) - RobustCluster.dot(u[c][s], u[c][t]);
                    }
                }
            }
        }

        /** The robust covariance that is expected under the working model. */
        double[][] expected() {
            double[][] sum = new double[q][q];
            for (double[][] own : within) {
                for (int s = 0; s < q; s++) {
                    for (int t = 0; t < q; t++) {
                        sum[s][t] += own[s][t];
                    }
                }
            }
            return sum;
        }

        double totalVariance() {
            double total = 0;
            for (int s = 0; s < q; s++) {
                for (int t = 0; t < q; t++) {
                    total += variance(s, t);
                }
            }
            return total;
        }

        /** The variance of an element of the robust covariance under the working model. */
        double variance(int s, int t) {
            int p = covariance.length;
            double[][] same = new double[p][p];
            double sum = 0;
            for (int c = 0; c < u.length; c++) {
                double[] a = u[c][s];
                double[] b = u[c][t];
                addOuter(same, a, b);
                double ss = within[c][s][s];
                double tt = within[c][t][t];
                double st = within[c][s][t];
                double ab = RobustCluster.dot(a, b);
                sum += ss * tt + st * st - RobustCluster.dot(a, a) * RobustCluster.dot(b, b) - ab * ab;
            }
            // Over all pairs of clusters: (uₛᵢ′uₛⱼ)(uₜᵢ′uₜⱼ) and (uₛᵢ′uₜⱼ)(uₜᵢ′uₛⱼ).
            for (int c = 0; c < p; c++) {
                for (int d = 0; d < p; d++) {
                    sum += same[c][d] * same[c][d] + same[c][d] * same[d][c];
                }
            }
            return sum;
        }
    }

    private static void addOuter(double[][] sum, double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum[i][j] += a[i] * b[j];
            }
        }
    }
}

package org.lozenge.stats.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.numeric.FisherF;
import org.lozenge.stats.numeric.PivotedQr;
import org.lozenge.stats.numeric.PositiveDefinite;
import org.lozenge.stats.numeric.SymmetricEigen;
import org.lozenge.stats.tau2.DesignSums;

/**
 * Cluster-robust standard errors of a meta-regression: valid when studies of one cluster depend on each other in unknown
 * ways, and, with one study per cluster, when the variances are wrong.
 *
 * <pre>{@code V = M [ Σⱼ Xⱼ′WⱼAⱼ eⱼeⱼ′ Aⱼ′WⱼXⱼ ] M,   M = (X′WX)⁻¹}</pre>
 *
 * <p>A is the identity for CR0 and its multiples CR1, CR1p and CR1S; {@code D′(D Var(e) D′)^(−1/2) D} with D = Φ^(1/2), Φ
 * = diag(v + τ²), for CR2; and (I − H)⁻¹ for CR3. Combinations are tested by t with Satterthwaite's degrees of freedom
 * under the working model, several together by the approximate Hotelling test (AHT).
 *
 * <p>Linear in the number of clusters; a cluster of n studies costs O(n³) for CR2 and CR3. Agrees with clubSandwich
 * {@code vcovCR()}, {@code coef_test()} and {@code Wald_test(test = "HTZ")} to a relative 1e-8. Immutable.
 *
 * @see <a href="https://doi.org/10.1080/07350015.2016.1247004">Pustejovsky and Tipton (2018), J. Bus. Econ. Stat. 36,
 *     672–683</a>
 * @see <a href="https://doi.org/10.3102/1076998615606099">Tipton and Pustejovsky (2015), J. Educ. Behav. Stat. 40,
 *     604–634</a>
 */
public final class RobustCovariance implements CoefficientInference {

    /** The largest cluster for which a matrix of its size is decomposed. */
    public static final int MAX_CLUSTER = 2000;

    /** Eigenvalues of at most this part of the largest belong to a study that the model fits exactly. */
    private static final double EXACT = 1e-10;

    private final RegressionFit fit;
    private final int[][] clusters;
    private final double[][] toTerms;
    private final double[][] adjusted;
    private final double[][] design;
    private final double[][] covariance;

    private RobustCovariance(RegressionFit fit, int[][] clusters, RobustType type, DesignSums sums) {
        this.fit = fit;
        this.clusters = clusters;
        this.design = rows(sums.orthonormalColumns());
        this.toTerms = toTerms(fit, sums);
        this.adjusted = adjusted(type);
        int p = toTerms.length;
        double[] z = sums.standardResiduals();
        double[][] middle = new double[p][p];
        for (int[] cluster : clusters) {
            double[] score = new double[p];
            for (int i : cluster) {
                for (int c = 0; c < p; c++) {
                    score[c] += adjusted[i][c] * z[i];
                }
            }
            addOuter(middle, score, score);
        }
        double factor = type.factor(clusters.length, design.length, p);
        this.covariance = new double[p][p];
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < p; b++) {
                for (int c = 0; c < p; c++) {
                    for (int d = 0; d < p; d++) {
                        covariance[a][b] += factor * toTerms[c][a] * middle[c][d] * toTerms[d][b];
                    }
                }
            }
        }
    }

    /**
     * Computes the covariance.
     *
     * @param fit the regression
     * @param clusters for each study a number from 0 that names its cluster; every number below the largest occurs
     * @param type the correction
     * @return the covariance and the tests that belong to it
     * @throws IllegalArgumentException if there is one cluster, no more clusters than coefficients for CR1P, or a
     *     cluster of more than {@value #MAX_CLUSTER} studies for CR2 or CR3
     */
    public static RobustCovariance of(RegressionFit fit, int[] clusters, RobustType type) {
        Objects.requireNonNull(type, "type");
        int k = fit.effects().k();
        if (clusters.length != k) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d studies have %d cluster numbers", k, clusters.length));
        }
        int[][] members = members(clusters);
        int p = fit.design().terms().size();
        if (members.length < 2) {
            throw new IllegalArgumentException("Robust standard errors need at least two clusters, but there is one");
        }
        if (type == RobustType.CR1P && members.length <= p) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "CR1P needs more clusters than coefficients, but there are %d and %d",
                    members.length,
                    p));
        }
        int largest = 0;
        for (int[] cluster : members) {
            largest = Math.max(largest, cluster.length);
        }
        if ((type == RobustType.CR2 || type == RobustType.CR3) && largest > MAX_CLUSTER) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s takes clusters of up to %d studies, but one has %d; use CR1",
                    type,
                    MAX_CLUSTER,
                    largest));
        }
        return new RobustCovariance(fit, members, type, fit.sumsAtEstimate());
    }

    private static double[][] rows(double[][] columns) {
        double[][] rows = new double[columns[0].length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                rows[i][j] = columns[j][i];
            }
        }
        return rows;
    }

    private static int[][] members(int[] clusters) {
        int m = 0;
        for (int cluster : clusters) {
            m = Math.max(m, cluster + 1);
        }
        int[] sizes = new int[m];
        for (int cluster : clusters) {
            sizes[cluster]++;
        }
        int[][] members = new int[m][];
        for (int j = 0; j < m; j++) {
            members[j] = new int[sizes[j]];
        }
        int[] at = new int[m];
        for (int i = 0; i < clusters.length; i++) {
            members[clusters[i]][at[clusters[i]]++] = i;
        }
        return members;
    }

    /** Row c turns the c-th coordinate of the weighted basis into the terms. */
    private static double[][] toTerms(RegressionFit fit, DesignSums sums) {
        double[][] vectors = sums.covarianceFactor();
        for (int c = 0; c < vectors.length; c++) {
            vectors[c] = fit.design().toTerms(vectors[c]);
        }
        return vectors;
    }

    // ---- what residuals are adjusted by, all in units of the standard deviation √(v + τ²)

    private double[][] adjusted(RobustType type) {
        if (type != RobustType.CR2 && type != RobustType.CR3) {
            return design;
        }
        double[][] out = new double[design.length][];
        for (int[] cluster : clusters) {
            double[][] matrix = type == RobustType.CR2 ? cr2(cluster) : cr3(cluster);
            for (int a = 0; a < cluster.length; a++) {
                // The transposed matrix: the rows of the scores, not of the residuals.
                double[] row = new double[design[0].length];
                for (int b = 0; b < cluster.length; b++) {
                    for (int c = 0; c < row.length; c++) {
                        row[c] += matrix[b][a] * design[cluster[b]][c];
                    }
                }
                out[cluster[a]] = row;
            }
        }
        return out;
    }

    /** I − H of a cluster. */
    private double[][] residualMaker(int[] cluster) {
        int n = cluster.length;
        double[][] g = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                g[a][b] = (a == b ? 1 : 0) - dot(design[cluster[a]], design[cluster[b]]);
            }
        }
        return g;
    }

    /** Whether the model leaves nothing of a cluster but rounding. */
    private static boolean isExact(double[][] g) {
        double trace = 0;
        for (int a = 0; a < g.length; a++) {
            trace += g[a][a];
        }
        return trace <= EXACT * g.length;
    }

    /** (ΦGΦ)^(−1/2) Φ, which is G^(−1/2) where all variances of the cluster are equal. */
    private double[][] cr2(int[] cluster) {
        double[][] g = residualMaker(cluster);
        int n = cluster.length;
        if (n == 1) {
            g[0][0] = g[0][0] > EXACT ? 1 / Math.sqrt(g[0][0]) : 0;
            return g;
        }
        if (isExact(g)) {
            return new double[n][n];
        }
        double[] phi = new double[n];
        double largest = 0;
        for (int a = 0; a < n; a++) {
            phi[a] = fit.effects().v().get(cluster[a]) + fit.tau2();
            largest = Math.max(largest, phi[a]);
        }
        for (int a = 0; a < n; a++) {
            phi[a] /= largest;
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                g[a][b] *= phi[a] * phi[b];
            }
        }
        double[][] root = SymmetricEigen.of(g).power(-0.5, EXACT);
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                root[a][b] *= phi[b];
            }
        }
        return root;
    }

    private double[][] cr3(int[] cluster) {
        double[][] g = residualMaker(cluster);
        return isExact(g)
                ? new double[g.length][g.length]
                : SymmetricEigen.of(g).power(-1, EXACT);
    }

    // ---- tests

    @Override
    public RegressionFit fit() {
        return fit;
    }

    /**
     * Returns the number of clusters.
     *
     * @return m
     */
    public int clusters() {
        return clusters.length;
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
        for (int[] cluster : clusters) {
            int p = design[0].length;
            double[][] cross = new double[p][p];
            for (int i : cluster) {
                addOuter(cross, design[i], design[i]);
            }
            double largest =
                    Arrays.stream(SymmetricEigen.of(cross).values()).max().orElse(0);
            count += largest > 1 - EXACT ? 1 : 0;
        }
        return count;
    }

    @Override
    public double covariance(int a, int b) {
        return covariance[a][b];
    }

    /**
     * Returns the standard error of a combination.
     *
     * @param combination a number per term
     * @return the standard error; NaN where no residuals tell it, because the combination rests on studies or clusters
     *     that the model fits exactly
     */
    @Override
    public double standardError(double... combination) {
        return Double.isNaN(df(combination)) ? Double.NaN : CoefficientInference.super.standardError(combination);
    }

    @Override
    public double df(double... combination) {
        double expected = 0;
        double[] coordinates = coordinates(combination);
        Pairs pairs = new Pairs(new double[][] {coordinates});
        for (int j = 0; j < clusters.length; j++) {
            expected += pairs.within[j][0][0];
        }
        return expected > EXACT * dot(coordinates, coordinates)
                ? 2 * expected * expected / pairs.variance(0, 0)
                : Double.NaN;
    }

    /** The combination in coordinates of the weighted basis. */
    private double[] coordinates(double[] combination) {
        double[] out = new double[toTerms.length];
        for (int c = 0; c < out.length; c++) {
            out[c] = dot(toTerms[c], combination);
        }
        return out;
    }

    @Override
    public JointTest testAll(double[]... combinations) {
        double[][] free = independent(combinations);
        int q = free.length;
        if (q == 0) {
            return new JointTest(Double.NaN, combinations.length, Double.NaN, Double.NaN);
        }
        double[][] coordinates = new double[q][];
        for (int s = 0; s < q; s++) {
            coordinates[s] = coordinates(free[s]);
        }
        double[][] white = whitened(coordinates);
        Pairs pairs = new Pairs(white);
        double total = 0;
        for (int s = 0; s < q; s++) {
            for (int t = 0; t < q; t++) {
                total += pairs.variance(s, t);
            }
        }
        double eta = q * (q + 1) / total;
        double df2 = eta - q + 1;
        double[] values = new double[q];
        double[][] robust = new double[q][q];
        for (int s = 0; s < q; s++) {
            values[s] = estimate(free[s]);
            for (int t = 0; t < q; t++) {
                robust[s][t] = form(free[s], free[t]);
            }
        }
        PositiveDefinite factor = PositiveDefinite.of(robust, ModelInference.DEPENDENT);
        if (factor.rank() < q || !(df2 > 0) || Arrays.stream(free).anyMatch(c -> Double.isNaN(df(c)))) {
            return new JointTest(Double.NaN, q, df2, Double.NaN);
        }
        double f = df2 / (eta * q) * factor.inverseForm(values);
        return new JointTest(f, q, df2, FisherF.upperTail(f, q, df2));
    }

    /** The combinations without those that follow from the ones before. */
    private double[][] independent(double[][] combinations) {
        double[][] columns = new double[combinations.length][];
        for (int s = 0; s < columns.length; s++) {
            columns[s] = coordinates(combinations[s]);
        }
        boolean[] kept = PivotedQr.independent(columns, ModelInference.DEPENDENT);
        int n = 0;
        for (boolean one : kept) {
            n += one ? 1 : 0;
        }
        double[][] out = new double[n][];
        int at = 0;
        for (int s = 0; s < kept.length; s++) {
            if (kept[s]) {
                out[at++] = combinations[s];
            }
        }
        return out;
    }

    /** The combinations turned so that their robust covariance is expected to be the identity. */
    private double[][] whitened(double[][] coordinates) {
        Pairs pairs = new Pairs(coordinates);
        int q = coordinates.length;
        double[][] expected = new double[q][q];
        for (int j = 0; j < clusters.length; j++) {
            for (int s = 0; s < q; s++) {
                for (int t = 0; t < q; t++) {
                    expected[s][t] += pairs.within[j][s][t];
                }
            }
        }
        double[][] root = SymmetricEigen.of(expected).power(-0.5, 0);
        double[][] out = new double[q][coordinates[0].length];
        for (int s = 0; s < q; s++) {
            for (int t = 0; t < q; t++) {
                for (int c = 0; c < out[s].length; c++) {
                    out[s][c] += root[s][t] * coordinates[t][c];
                }
            }
        }
        return out;
    }

    private double form(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += a[i] * b[j] * covariance[i][j];
            }
        }
        return sum;
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
            this.u = new double[clusters.length][q][];
            this.within = new double[clusters.length][q][q];
            for (int j = 0; j < clusters.length; j++) {
                int[] cluster = clusters[j];
                double[][] g = new double[q][cluster.length];
                for (int s = 0; s < q; s++) {
                    u[j][s] = new double[design[0].length];
                    for (int a = 0; a < cluster.length; a++) {
                        g[s][a] = dot(adjusted[cluster[a]], coordinates[s]);
                        for (int c = 0; c < u[j][s].length; c++) {
                            u[j][s][c] += g[s][a] * design[cluster[a]][c];
                        }
                    }
                }
                for (int s = 0; s < q; s++) {
                    for (int t = 0; t < q; t++) {
                        within[j][s][t] = dot(g[s], g[t]) - dot(u[j][s], u[j][t]);
                    }
                }
            }
        }

        /** The variance of an element of the robust covariance under the working model. */
        double variance(int s, int t) {
            int p = design[0].length;
            double[][] same = new double[p][p];
            double sum = 0;
            for (int j = 0; j < clusters.length; j++) {
                double[] a = u[j][s];
                double[] b = u[j][t];
                addOuter(same, a, b);
                double ss = within[j][s][s];
                double tt = within[j][t][t];
                double st = within[j][s][t];
                double ab = dot(a, b);
                sum += ss * tt + st * st - dot(a, a) * dot(b, b) - ab * ab;
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

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

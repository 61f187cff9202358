package org.lozenge.stats.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.robust.ClusterRobust;
import org.lozenge.stats.robust.RobustCluster;
import org.lozenge.stats.robust.RobustType;
import org.lozenge.stats.tau2.DesignSums;

/**
 * Cluster-robust standard errors of a meta-regression, by {@link ClusterRobust} with the studies of a cluster independent
 * in the model. Combinations are tested by t with Satterthwaite's degrees of freedom under the working model, several
 * together by the approximate Hotelling test.
 *
 * <p>Agrees with clubSandwich {@code vcovCR()}, {@code coef_test()} and {@code Wald_test(test = "HTZ")} to a relative
 * 1e-8. Immutable.
 */
public final class RobustCovariance implements CoefficientInference {

    /** The largest cluster for which a matrix of its size is decomposed. */
    public static final int MAX_CLUSTER = 2000;

    private final RegressionFit fit;
    private final int clusters;
    private final ClusterRobust robust;

    /** Row c turns the c-th coordinate of the weighted basis into the terms. */
    private final double[][] toTerms;

    private final double[][] covariance;

    private RobustCovariance(RegressionFit fit, int[][] members, RobustType type) {
        this.fit = fit;
        this.clusters = members.length;
        DesignSums sums = fit.sumsAtEstimate();
        this.toTerms = sums.covarianceFactor();
        for (int c = 0; c < toTerms.length; c++) {
            toTerms[c] = fit.design().toTerms(toTerms[c]);
        }
        double[][] columns = sums.orthonormalColumns();
        double[] residuals = sums.standardResiduals();
        this.robust = ClusterRobust.of(
                type,
                Arrays.stream(members)
                        .map(rows -> cluster(rows, columns, residuals))
                        .toList());
        int p = toTerms.length;
        this.covariance = new double[p][p];
        double[][] coordinates = new double[p][];
        for (int a = 0; a < p; a++) {
            double[] unit = new double[p];
            unit[a] = 1;
            coordinates[a] = coordinates(unit);
            for (int b = 0; b <= a; b++) {
                covariance[a][b] = robust.covariance(coordinates[a], coordinates[b]);
                covariance[b][a] = covariance[a][b];
            }
        }
    }

    private RobustCluster cluster(int[] studies, double[][] columns, double[] residuals) {
        int n = studies.length;
        double[][] rows = new double[n][columns.length];
        double[] own = new double[n];
        double[] variances = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < columns.length; j++) {
                rows[i][j] = columns[j][studies[i]];
            }
            own[i] = residuals[studies[i]];
            variances[i] = fit.effects().v().get(studies[i]) + fit.tau2();
        }
        return RobustCluster.standardised(rows, own, variances);
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
        return new RobustCovariance(fit, members, type);
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
        return clusters;
    }

    /**
     * Returns the number of clusters that the model fits exactly in some direction.
     *
     * @return as {@link ClusterRobust#exactClusters}
     */
    public int exactClusters() {
        return robust.exactClusters();
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
        double[] coordinates = coordinates(combination);
        return Double.isNaN(robust.df(coordinates))
                ? Double.NaN
                : Math.sqrt(Math.max(0, robust.covariance(coordinates, coordinates)));
    }

    @Override
    public double df(double... combination) {
        return robust.df(coordinates(combination));
    }

    /** The combination in coordinates of the weighted basis. */
    private double[] coordinates(double[] combination) {
        return Contrasts.coordinates(toTerms, combination);
    }

    @Override
    public JointTest testAll(double[]... combinations) {
        Contrasts contrasts = fit.contrasts(combinations);
        ClusterRobust.Wald wald = robust.wald(contrasts.rows(), contrasts.values());
        return new JointTest(wald.statistic(), wald.df1(), wald.df2(), wald.pValue());
    }
}

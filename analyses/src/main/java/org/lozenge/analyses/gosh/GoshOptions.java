package org.lozenge.analyses.gosh;

import org.lozenge.analyses.explore.PointClusters;
import org.lozenge.analyses.shared.OneModel;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.plugin.Param;
import org.lozenge.stats.sensitivity.Gosh;

/** The options of the analysis. */
final class GoshOptions {

    static final Param<OneModel.Effects> MODEL =
            Param.choice("model", "Model", OneModel.Effects.RANDOM).help("random estimates tau2 in each subset.");

    static final Param<String> TAU2 = PoolingParams.TAU2;

    static final Param<Integer> SUBSETS = Param.integer("subsets", "Number of subsets", 1_000_000)
            .min(100)
            .max(Gosh.MAX_SUBSETS)
            .help(
                    "All subsets are taken if there are no more than this, up to 20 studies; otherwise as many are drawn.");

    static final Param<Integer> ROWS = Param.integer("rows", "Rows of the table of subsets", 10_000)
            .min(100)
            .max(2_000_000)
            .help("If there are more subsets, as many are drawn from them for the table, the clusters and the figure.");

    static final Param<PointClusters.Method> METHOD = Param.choice(
                    "cluster-method", "How clusters are found", PointClusters.Method.KMEANS)
            .help("kmeans and dbscan look at estimate and I²; gaussian is a mixture of normal distributions of the"
                    + " estimates.");

    static final Param<Integer> CLUSTERS = Param.integer("clusters", "Number of clusters", 2)
            .min(0)
            .max(10)
            .check(clusters -> clusters != 1, "must be 0 or at least 2")
            .help(
                    "For kmeans and gaussian; 0 chooses 2 to 6: kmeans by the mean silhouette, gaussian by BIC. dbscan finds the"
                            + " number itself.");

    static final Param<Double> RADIUS = Param.number("radius", "Neighbourhood of dbscan in standard deviations", 0.15)
            .check(radius -> radius > 0 && radius <= 10, "must be above 0 and at most 10");

    static final Param<String> STUDY = Param.text("highlight", "Study to tell apart in the figure", "")
            .help("Subsets with and without this study are drawn in two colours; by itself the study that moves the"
                    + " estimate most.");

    private GoshOptions() {}
}

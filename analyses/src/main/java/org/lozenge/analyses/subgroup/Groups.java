package org.lozenge.analyses.subgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.ResidualHeterogeneity;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.CoefficientInference;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.JointTest;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * Studies in groups: each group pooled, with a between-study variance of its own or one for all, and the differences
 * between groups tested.
 */
final class Groups {

    private final String column;
    private final Pooled all;
    private final List<Group> groups;
    private final Optional<RegressionFit> regression;
    private final Optional<ResidualHeterogeneity> within;
    private final boolean common;

    private Groups(
            String column,
            Pooled all,
            List<Group> groups,
            Optional<RegressionFit> regression,
            Optional<ResidualHeterogeneity> within,
            boolean common) {
        this.column = column;
        this.all = all;
        this.groups = groups;
        this.regression = regression;
        this.within = within;
        this.common = common;
    }

    /**
     * Pools studies in groups.
     *
     * @param column the name of the grouping column
     * @param names for each study its group
     * @param common whether all groups have one τ²
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    static Groups of(String column, EffectSizes effects, String[] names, Pooling pooling, boolean common) {
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            members.computeIfAbsent(names[i], name -> new ArrayList<>()).add(i);
        }
        Optional<RegressionFit> regression =
                effects.k() > members.size() ? Optional.of(regression(effects, members, pooling)) : Optional.empty();
        Optional<ResidualHeterogeneity> within =
                regression.map(fit -> ResidualHeterogeneity.of(fit, pooling.tau2Interval()));
        List<Group> groups = new ArrayList<>();
        members.forEach((name, positions) -> {
            Pooled pooled = pooling.pool(pick(effects, positions));
            groups.add(
                    common && regression.isPresent()
                            ? ofRegression(
                                    name,
                                    positions,
                                    pooled,
                                    regression.get(),
                                    within.orElseThrow(),
                                    groups.size(),
                                    pooling.level())
                            : ofOwn(name, positions, pooled));
        });
        return new Groups(column, pooling.pool(effects), groups, regression, within, common);
    }

    /** A mean for each group, with one τ². */
    private static RegressionFit regression(EffectSizes effects, Map<String, List<Integer>> members, Pooling pooling) {
        List<DoubleSeq> columns = members.values().stream()
                .map(positions -> {
                    double[] indicator = new double[effects.k()];
                    positions.forEach(i -> indicator[i] = 1);
                    return DoubleSeq.of(indicator);
                })
                .toList();
        return new MetaRegression()
                .withEstimator(pooling.estimator())
                .withTest(
                        switch (pooling.test()) {
                            case WALD, T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC -> pooling.test();
                            default -> org.lozenge.stats.model.TestMethod.WALD;
                        })
                .withLevel(pooling.level())
                .fit(effects, DesignMatrix.withoutIntercept(List.copyOf(members.keySet()), columns, effects.k()));
    }

    private static Group ofOwn(String name, List<Integer> positions, Pooled pooled) {
        var random = pooled.random();
        return new Group(
                name,
                positions,
                pooled,
                random.estimate(),
                random.standardError(),
                random.confidenceInterval(),
                random.predictionInterval(),
                random.tau2(),
                pooled.heterogeneity().tau2Interval(),
                pooled.heterogeneity().i2());
    }

    private static Group ofRegression(
            String name,
            List<Integer> positions,
            Pooled pooled,
            RegressionFit fit,
            ResidualHeterogeneity within,
            int at,
            double level) {
        double[] unit = new double[fit.design().terms().size()];
        unit[at] = 1;
        CoefficientInference inference = fit.inference();
        return new Group(
                name,
                positions,
                pooled,
                inference.estimate(unit),
                inference.standardError(unit),
                inference.confidenceInterval(level, unit),
                Optional.of(inference.predictionInterval(level, unit)),
                fit.tau2(),
                within.interval(),
                fit.tau2() / (fit.tau2() + typicalVariance(pooled.effects())));
    }

    /** Higgins and Thompson's typical variance; that of the study itself for one. */
    private static double typicalVariance(EffectSizes effects) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < effects.k(); i++) {
            double w = 1 / effects.v().get(i);
            sum += w;
            squares += w * w;
        }
        return effects.k() == 1 ? 1 / sum : (effects.k() - 1) * sum / (sum * sum - squares);
    }

    static EffectSizes pick(EffectSizes effects, List<Integer> at) {
        return new EffectSizes(
                at.stream().map(effects.studies()::get).toList(),
                DoubleSeq.of(at.stream().mapToDouble(effects.y()::get).toArray()),
                DoubleSeq.of(at.stream().mapToDouble(effects.v()::get).toArray()));
    }

    String column() {
        return column;
    }

    /** What a model with one τ² within all groups leaves; empty where that is impossible. */
    Optional<ResidualHeterogeneity> within() {
        return within;
    }

    /** All studies together. */
    Pooled all() {
        return all;
    }

    List<Group> groups() {
        return List.copyOf(groups);
    }

    /** Whether all groups have one τ². */
    boolean isCommon() {
        return common;
    }

    /** The regression on groups; empty if each study is a group. */
    Optional<RegressionFit> regression() {
        return regression;
    }

    /** The differences between the common effects of the groups. */
    TestResult betweenCommon() {
        return between(
                groups.stream().mapToDouble(g -> g.pooled().commonEstimate()).toArray(),
                groups.stream()
                        .mapToDouble(g -> g.pooled().commonStandardError())
                        .toArray());
    }

    /** The differences between the effects of the groups, by their standard errors. */
    TestResult betweenRandom() {
        if (common && regression.isPresent()) {
            RegressionFit wald = new MetaRegression()
                    .withEstimator(new org.lozenge.stats.tau2.FixedTau2(
                            regression.get().tau2()))
                    .withTest(org.lozenge.stats.model.TestMethod.WALD)
                    .fit(regression.get().effects(), regression.get().design());
            JointTest test = wald.inference().testAll(differences());
            return new TestResult(test.statistic(), test.df1(), test.pValue());
        }
        return between(
                groups.stream().mapToDouble(Group::estimate).toArray(),
                groups.stream().mapToDouble(Group::se).toArray());
    }

    /** The F test that belongs to t and Hartung–Knapp with one τ² for all; empty otherwise. */
    Optional<JointTest> betweenF() {
        return regression
                .filter(fit -> common && Double.isFinite(fit.df()))
                .map(fit -> fit.inference().testAll(differences()));
    }

    /** Every group less the first. */
    private double[][] differences() {
        int n = groups.size();
        return IntStream.range(1, n)
                .mapToObj(g -> {
                    double[] row = new double[n];
                    row[0] = -1;
                    row[g] = 1;
                    return row;
                })
                .toArray(double[][]::new);
    }

    /** Cochran's Q of estimates. */
    private static TestResult between(double[] estimates, double[] errors) {
        int df = estimates.length - 1;
        if (Arrays.stream(errors).anyMatch(se -> !(se > 0))) {
            return new TestResult(Double.NaN, df, Double.NaN);
        }
        double smallest = Arrays.stream(errors).min().orElseThrow();
        double sum = 0;
        double mean = 0;
        for (int g = 0; g < estimates.length; g++) {
            double w = smallest / errors[g] * (smallest / errors[g]);
            sum += w;
            mean += w * (estimates[g] - estimates[0]);
        }
        mean = estimates[0] + mean / sum;
        double q = 0;
        for (int g = 0; g < estimates.length; g++) {
            double z = (estimates[g] - mean) / errors[g];
            q += z * z;
        }
        return new TestResult(q, df, ChiSquared.upperTail(q, df));
    }
}

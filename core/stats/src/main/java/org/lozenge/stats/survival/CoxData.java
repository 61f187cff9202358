package org.lozenge.stats.survival;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a Cox model is fitted to: survival times, covariates by column, and optionally strata and clusters. Immutable;
 * every method that adds something returns new data.
 */
public final class CoxData {

    private final SurvivalTimes times;
    private final List<String> names;
    private final double[][] columns;
    private final int[] stratum;
    private final int[] cluster;

    private CoxData(SurvivalTimes times, List<String> names, double[][] columns, int[] stratum, int[] cluster) {
        this.times = times;
        this.names = names;
        this.columns = columns;
        this.stratum = stratum;
        this.cluster = cluster;
    }

    /**
     * Returns data without strata in which every participant is a cluster of its own.
     *
     * @param times all participants
     * @param names names of the covariates, at least one, all different
     * @param columns a column of finite numbers for each covariate, one number for each participant; copied
     * @return the data
     * @throws IllegalArgumentException if sizes differ, a name repeats or a number is not finite; the message names the
     *     covariate and the position, counting from 1
     */
    public static CoxData of(SurvivalTimes times, List<String> names, double[][] columns) {
        if (names.isEmpty() || names.size() != columns.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "A Cox model needs at least one covariate and a column for each, but there are %d names and %d"
                            + " columns",
                    names.size(),
                    columns.length));
        }
        Set<String> seen = new HashSet<>();
        double[][] copy = new double[columns.length][];
        for (int j = 0; j < columns.length; j++) {
            if (!seen.add(names.get(j))) {
                throw new IllegalArgumentException("There are two covariates named '" + names.get(j) + "'");
            }
            copy[j] = requireFinite(names.get(j), columns[j].clone(), times.size());
        }
        int[] own = new int[times.size()];
        Arrays.setAll(own, i -> i);
        return new CoxData(times, List.copyOf(names), copy, new int[times.size()], own);
    }

    private static double[] requireFinite(String name, double[] column, int size) {
        if (column.length != size) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Covariate '%s' has %d values for %d participants", name, column.length, size));
        }
        for (int i = 0; i < column.length; i++) {
            if (!Double.isFinite(column[i])) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "Value %d of covariate '%s' must be finite, but is %s", i + 1, name, column[i]));
            }
        }
        return column;
    }

    /**
     * Returns these data with strata, each of which has a baseline hazard of its own.
     *
     * @param strata any number for each participant
     * @return the data with strata
     */
    public CoxData strata(int... strata) {
        return new CoxData(times, names, columns, requireSize(strata, "strata"), cluster);
    }

    /**
     * Returns these data with clusters of dependent participants for the robust variance.
     *
     * @param clusters any number for each participant
     * @return the data with clusters
     */
    public CoxData clusters(int... clusters) {
        return new CoxData(times, names, columns, stratum, requireSize(clusters, "clusters"));
    }

    private int[] requireSize(int[] values, String what) {
        if (values.length != times.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d participants need as many %s, but there are %d",
                    times.size(),
                    what,
                    values.length));
        }
        return values.clone();
    }

    /**
     * Returns the survival times.
     *
     * @return all participants
     */
    public SurvivalTimes times() {
        return times;
    }

    /**
     * Returns the names of the covariates.
     *
     * @return the names in the order of the columns
     */
    public List<String> names() {
        return names;
    }

    double value(int column, int row) {
        return columns[column][row];
    }

    int stratum(int row) {
        return stratum[row];
    }

    int cluster(int row) {
        return cluster[row];
    }
}

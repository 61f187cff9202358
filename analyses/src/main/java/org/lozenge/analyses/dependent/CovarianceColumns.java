package org.lozenge.analyses.dependent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Message;
import org.lozenge.stats.multilevel.SamplingCovariance.Pair;

/** Covariances in columns of the table: the first holds those with the first row of the cluster, and so on. */
final class CovarianceColumns {

    private final Rows rows;
    private final String[] clusters;

    CovarianceColumns(Rows rows, String... clusters) {
        this.rows = rows;
        this.clusters = clusters;
    }

    /**
     * The covariances.
     *
     * @throws AnalysisException with codes {@code covariance-missing}, {@code covariance-asymmetric}, {@code
     *     covariance-variance} or {@code covariance-range}
     */
    List<Pair> pairs() {
        List<String> columns = rows.inputs().columns(Sampling.COVARIANCES);
        double[][] cells = columns.stream()
                .map(column -> rows.numbers(Sampling.COVARIANCES, column))
                .toArray(double[][]::new);
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            members.computeIfAbsent(clusters[i], key -> new ArrayList<>()).add(i);
        }
        List<Pair> pairs = new ArrayList<>();
        List<Message> faults = new ArrayList<>();
        members.forEach((cluster, same) -> readCluster(cluster, same, columns, cells, pairs, faults));
        if (!faults.isEmpty()) {
            throw new AnalysisException(faults);
        }
        return pairs;
    }

    private void readCluster(
            String cluster,
            List<Integer> same,
            List<String> columns,
            double[][] cells,
            List<Pair> pairs,
            List<Message> faults) {
        if (same.size() > columns.size()) {
            faults.add(Message.error(
                            "covariance-missing",
                            "'" + cluster + "' has " + same.size() + " rows, but covariances are in "
                                    + columns.size() + (columns.size() == 1 ? " column (" : " columns (")
                                    + String.join(", ", columns)
                                    + "): each row needs its covariance with each row of the cluster.")
                    .at(rows.source(same.get(columns.size()))));
            return;
        }
        for (int a = 0; a < same.size(); a++) {
            int i = same.get(a);
            double v = rows.effects().v().get(i);
            double own = cells[a][i];
            if (!Double.isNaN(own) && PairCheck.differ(own, v, v, v)) {
                faults.add(fault(
                        i,
                        columns.get(a),
                        "covariance-variance",
                        own
                                + " should be the variance of the row, " + v + ". Row " + (a + 1)
                                + " of a cluster has its variance in"
                                + " covariance column " + (a + 1)));
            }
            for (int b = 0; b < a; b++) {
                readPair(
                        i,
                        same.get(b),
                        new double[] {cells[b][i], cells[a][same.get(b)]},
                        columns.get(b),
                        pairs,
                        faults);
            }
        }
    }

    private void readPair(int i, int j, double[] both, String column, List<Pair> pairs, List<Message> faults) {
        double covariance = Double.isNaN(both[0]) ? both[1] : both[0];
        if (Double.isNaN(covariance)) {
            faults.add(fault(
                    i,
                    column,
                    "covariance-missing",
                    "the covariance with row " + rows.source(j) + " is missing; write 0 if the two are independent"));
            return;
        }
        double vi = rows.effects().v().get(i);
        double vj = rows.effects().v().get(j);
        if (!Double.isNaN(both[1]) && PairCheck.differ(both[0], both[1], vi, vj)) {
            faults.add(fault(
                    i,
                    column,
                    "covariance-asymmetric",
                    "the covariance with row " + rows.source(j) + " is " + both[0] + ", but that row says " + both[1]));
        } else if (PairCheck.isTooLarge(covariance, vi, vj)) {
            faults.add(fault(
                    i, column, "covariance-range", PairCheck.tooLarge(covariance, "row " + rows.source(j), vi, vj)));
        } else {
            pairs.add(new Pair(j, i, covariance));
        }
    }

    private Message fault(int i, String column, String code, String text) {
        return Message.error(code, "Row " + rows.source(i) + ", column '" + column + "': " + text + ".")
                .at(rows.source(i));
    }
}

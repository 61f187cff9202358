package org.lozenge.analyses.dependent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.stats.multilevel.SamplingCovariance.Pair;

/** The sampling covariances of all rows, from a file with a square matrix. */
final class CovarianceMatrix {

    /** So many faults are told one by one. */
    private static final int TOLD = 10;

    private final Rows rows;
    private final MatrixFile file;
    private final String[] clusters;
    private final List<Message> faults = new ArrayList<>();

    /**
     * Reads the file.
     *
     * @throws AnalysisException with codes {@code covariance-file} or {@code covariance-size}
     */
    CovarianceMatrix(Rows rows, String file, String... clusters) {
        this.rows = rows;
        this.file = MatrixFile.read(file, rows.size(), rows.inputs().rows());
        this.clusters = clusters;
    }

    /**
     * The covariances within clusters that are not 0.
     *
     * @throws AnalysisException with codes {@code covariance-size}, {@code covariance-labels}, {@code not-numeric}, {@code
     *     covariance-missing}, {@code covariance-asymmetric}, {@code covariance-variance}, {@code covariance-range} or {@code
     *     covariance-across}
     */
    List<Pair> pairs() {
        int[] place = places();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < place.length; i++) {
            checkVariance(i, place[i]);
            for (int j = 0; j < i; j++) {
                double covariance = pair(i, j, place[i], place[j]);
                if (covariance != 0) {
                    pairs.add(new Pair(j, i, covariance));
                }
            }
        }
        if (faults.size() > TOLD) {
            String more = "File '" + file.name() + "': " + (faults.size() - TOLD) + " more cells are wrong.";
            faults.subList(TOLD, faults.size()).clear();
            faults.add(Message.error("covariance-file", more));
        }
        if (!faults.isEmpty()) {
            throw new AnalysisException(faults);
        }
        return pairs;
    }

    private void checkVariance(int i, int at) {
        double v = rows.effects().v().get(i);
        double own = cell(i, at, at);
        if (!Double.isNaN(own) && PairCheck.differ(own, v, v, v)) {
            faults.add(fault(
                    i,
                    at,
                    at,
                    "covariance-variance",
                    own + " should be the sampling variance of row " + rows.source(i) + " of the table, " + v));
        }
    }

    /** The covariance of two rows; 0 where it cannot be used, which is then a fault. */
    private double pair(int i, int j, int a, int b) {
        double below = cell(i, a, b);
        double above = cell(j, b, a);
        double covariance = Double.isNaN(below) ? above : below;
        double vi = rows.effects().v().get(i);
        double vj = rows.effects().v().get(j);
        if (Double.isNaN(covariance)) {
            if (clusters[i].equals(clusters[j])) {
                faults.add(fault(
                        i,
                        a,
                        b,
                        "covariance-missing",
                        "the cell is empty; write 0 if the two effects are independent"));
            }
        } else if (!Double.isNaN(above) && !Double.isNaN(below) && PairCheck.differ(below, above, vi, vj)) {
            faults.add(fault(
                    i,
                    a,
                    b,
                    "covariance-asymmetric",
                    below + " differs from " + above + " in row " + (b + 1) + ", column " + (a + 1)));
        } else if (PairCheck.isTooLarge(covariance, vi, vj)) {
            faults.add(fault(
                    i, a, b, "covariance-range", PairCheck.tooLarge(covariance, "row " + rows.source(j), vi, vj)));
        } else if (!clusters[i].equals(clusters[j]) && PairCheck.differ(covariance, 0, vi, vj)) {
            faults.add(
                    fault(
                            i,
                            a,
                            b,
                            "covariance-across",
                            "rows " + rows.source(j) + " and " + rows.source(i) + " of the table have covariance "
                                    + covariance
                                    + ", but are in different clusters, '" + clusters[j] + "' and '" + clusters[i]
                                    + "'. Sampling errors of different clusters are independent; map a cluster that holds both"));
        } else if (clusters[i].equals(clusters[j])) {
            return covariance;
        }
        return 0;
    }

    /** A cell; NaN if it is empty or, which is a fault, not a number. */
    private double cell(int i, int row, int column) {
        String text = file.cell(row, column);
        if (MatrixFile.isMissing(text)) {
            return Double.NaN;
        }
        double value = NumberText.parse(text).orElse(Double.NaN);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            faults.add(fault(i, row, column, "not-numeric", "'" + text + "' is not a number"));
            return Double.NaN;
        }
        return value;
    }

    private Message fault(int i, int row, int column, String code, String text) {
        return Message.error(
                        code,
                        "File '" + file.name() + "', row " + (row + 1) + ", column " + (column + 1) + " of the matrix: "
                                + text + ".")
                .at(rows.source(i));
    }

    // ---- which row of the matrix is which row of the table

    private int[] places() {
        int[] byName = byName();
        if (byName.length > 0) {
            return byName;
        }
        int size = file.size();
        int k = rows.size();
        int all = rows.inputs().rows();
        int last = IntStream.range(0, k).map(rows::source).max().orElse(0);
        int[] place;
        if (size == k) {
            place = IntStream.range(0, k).toArray();
        } else if (size == all && all < last) {
            place = IntStream.range(0, k).map(rows::index).toArray();
        } else if (size >= last && (size == all || all < last)) {
            place = IntStream.range(0, k).map(i -> rows.source(i) - 1).toArray();
        } else {
            throw new AnalysisException(
                    "covariance-size",
                    "File '" + file.name() + "' holds a matrix of " + size + " rows and columns, but "
                            + rows.inputs().source() + " has " + all + " rows"
                            + (k == all ? "" : ", of which " + k + " are used")
                            + ". Give one row and column for each.");
        }
        checkLabels(place);
        return place;
    }

    /** Rows found by the names of studies, if all have one of their own. */
    private int[] byName() {
        Map<String, Integer> at = new HashMap<>();
        for (int r = 0; r < file.labels().size(); r++) {
            if (at.put(file.labels().get(r), r) != null) {
                return new int[0];
            }
        }
        List<String> studies = rows.effects().studies();
        boolean all =
                new HashSet<>(studies).size() == studies.size() && at.keySet().containsAll(studies);
        return all ? studies.stream().mapToInt(at::get).toArray() : new int[0];
    }

    /** Labels that name studies must name those of the table. */
    private void checkLabels(int[] place) {
        List<String> studies = rows.effects().studies();
        Set<String> labels = new HashSet<>(file.labels());
        if (studies.stream().noneMatch(labels::contains)) {
            return;
        }
        IntStream.range(0, place.length)
                .filter(i -> !file.labels().get(place[i]).equals(studies.get(i)))
                .limit(TOLD)
                .forEach(i -> faults.add(Message.error(
                                "covariance-labels",
                                "File '" + file.name() + "', row " + (place[i] + 1) + " of the matrix is named '"
                                        + file.labels().get(place[i]) + "', but row " + rows.source(i)
                                        + " of the table is study '" + studies.get(i)
                                        + "'. Put both in the same order.")
                        .at(rows.source(i))));
    }
}

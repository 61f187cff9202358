package org.lozenge.analyses.dependent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.SharedControl;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.multilevel.NotPositiveDefiniteException;
import org.lozenge.stats.multilevel.SamplingCovariance;

/** How the sampling errors of effects of one cluster are correlated: roles, options, and the covariance they give. */
public final class Sampling {

    /** Where covariances come from. */
    public enum Source {
        /** Given columns if mapped, else shared controls that raw numbers show, else the constant correlation. */
        AUTO,
        /** None. */
        INDEPENDENT,
        /** The same correlation everywhere. */
        CONSTANT,
        /** Comparisons with the same control arm. */
        SHARED_CONTROL,
        /** Columns of the table. */
        GIVEN
    }

    /** Covariances with the rows of the same cluster, in their order. */
    public static final Role COVARIANCES = Role.number("covariances", "Covariances with the rows of the cluster")
            .many()
            .sparse()
            .aka("v_cov", "cov");

    /** The correlation of the sampling errors of a cluster. */
    public static final Role CORRELATION = Role.number("correlation", "Correlation of sampling errors in the cluster")
            .sparse()
            .aka("within_correlation", "rho_within", "r_within");

    /** Groups with a correlation of their own. */
    public static final Role SAMPLE =
            Role.category("sample", "Sample within the cluster").sparse().aka("subsample");

    /** Source of the covariances. */
    public static final Param<Source> VCOV = Param.choice("vcov", "Covariance of sampling errors", Source.AUTO)
            .help(
                    "independent; constant: --rho in each cluster, or the column 'correlation'; shared-control: of comparisons"
                            + " with the same control arm, from its numbers or from n_t and n_c; given: columns 'covariances',"
                            + " the first of which is with the first row of the cluster, and so on. auto takes what the"
                            + " columns allow.");

    /** The assumed correlation. */
    public static final Param<Double> RHO = Param.number("rho", "Correlation of sampling errors", 0.0)
            .min(-1.0)
            .max(1.0)
            .help("Of two effects of one cluster; with a column 'sample', of one sample.");

    /** The assumed correlation between samples. */
    public static final Param<Double> RHO_BETWEEN = Param.number(
                    "rho-between", "Correlation of sampling errors between samples", 0.0)
            .min(-1.0)
            .max(1.0)
            .help("Of two effects of one cluster from different samples.");

    private final Rows rows;
    private final String[] clusters;
    private final Source source;

    private Sampling(Rows rows, String[] clusters, Source source) {
        this.rows = rows;
        this.clusters = clusters;
        this.source = source;
    }

    /** Returns the roles. */
    public static Role[] roles() {
        return new Role[] {COVARIANCES, CORRELATION, SAMPLE};
    }

    /** Returns the options. */
    public static List<Param<?>> params() {
        return List.of(VCOV, RHO, RHO_BETWEEN);
    }

    /**
     * Reads the covariance.
     *
     * @param clusters the cluster of each row
     * @throws AnalysisException with codes {@code unmapped-role}, {@code correlation-range}, {@code covariance-missing}, {@code
     *     covariance-asymmetric}, {@code covariance-variance}, {@code covariance-range}, {@code no-shared-control} or {@code
     *     options-conflict}
     */
    public static Sampling of(Rows rows, String... clusters) {
        boolean shared = rows.inputs().get(VCOV) == Source.AUTO
                && !rows.studies().sharedControls().isEmpty();
        return new Sampling(rows, clusters.clone(), choose(rows, shared ? Source.SHARED_CONTROL : Source.INDEPENDENT));
    }

    /**
     * Reads the covariance of several outcomes of the same people, which is constant unless columns say more.
     *
     * @param clusters the study of each row
     * @throws AnalysisException as {@link #of} does
     */
    public static Sampling ofOutcomes(Rows rows, String... clusters) {
        return new Sampling(rows, clusters.clone(), choose(rows, Source.CONSTANT));
    }

    private static Source choose(Rows rows, Source otherwise) {
        Inputs in = rows.inputs();
        Source asked = in.get(VCOV);
        boolean given = in.has(COVARIANCES);
        if (asked == Source.GIVEN && !given) {
            throw new AnalysisException(
                    "unmapped-role",
                    in.source() + ": --vcov given needs columns of covariances. Map them with --map"
                            + " covariances=COLUMN,COLUMN.");
        }
        if (asked != Source.AUTO) {
            return asked;
        }
        if (given) {
            return Source.GIVEN;
        }
        if (in.get(RHO) != 0 || in.has(CORRELATION)) {
            return Source.CONSTANT;
        }
        return otherwise;
    }

    /** Returns where the covariances come from; never {@link Source#AUTO}. */
    public Source source() {
        return source;
    }

    /** Returns the covariance. */
    public SamplingCovariance covariance() {
        return covariance(rows.inputs().get(RHO));
    }

    /** Returns the covariance with another correlation, if it is constant. */
    public SamplingCovariance covariance(double rho) {
        DoubleSeq v = rows.effects().v();
        return switch (source) {
            case AUTO, INDEPENDENT -> SamplingCovariance.independent(v);
            case CONSTANT -> constant(v, rho);
            case SHARED_CONTROL -> SamplingCovariance.of(v, sharedControls());
            case GIVEN -> SamplingCovariance.of(v, given());
        };
    }

    // ---- constant

    private SamplingCovariance constant(DoubleSeq v, double rho) {
        int[] codes = Rows.codes(clusters);
        Inputs in = rows.inputs();
        if (in.has(CORRELATION) && !in.isSet(RHO)) {
            return SamplingCovariance.perCluster(v, codes, DoubleSeq.of(correlations(codes)));
        }
        if (in.has(SAMPLE)) {
            return SamplingCovariance.grouped(v, codes, Rows.codes(rows.texts(SAMPLE)), rho, in.get(RHO_BETWEEN));
        }
        return SamplingCovariance.constant(v, codes, rho);
    }

    private double[] correlations(int[] codes) {
        String column = rows.inputs().columns(CORRELATION).get(0);
        double[] cells = rows.numbers(CORRELATION, column);
        List<Message> faults = new ArrayList<>();
        double[] ofCluster = new double[cells.length];
        Arrays.fill(ofCluster, Double.NaN);
        for (int i = 0; i < cells.length; i++) {
            if (Double.isNaN(cells[i])) {
                continue;
            }
            if (!(Math.abs(cells[i]) <= 1)) {
                faults.add(Message.error(
                                "correlation-range",
                                "Row " + rows.source(i) + ", column '" + column + "': correlation " + cells[i]
                                        + " must lie between -1 and 1.")
                        .at(rows.source(i)));
            } else if (Double.isNaN(ofCluster[codes[i]])) {
                ofCluster[codes[i]] = cells[i];
            } else if (ofCluster[codes[i]] != cells[i]) {
                faults.add(Message.error(
                                "correlation-differs",
                                "Row " + rows.source(i) + ", column '" + column + "': correlation " + cells[i]
                                        + " differs from " + ofCluster[codes[i]] + " in an earlier row of '"
                                        + clusters[i]
                                        + "'. Give one per cluster, or covariances of pairs.")
                        .at(rows.source(i)));
            }
        }
        if (!faults.isEmpty()) {
            throw new AnalysisException(faults);
        }
        return IntStream.range(0, cells.length)
                .mapToDouble(i -> ofCluster[codes[i]])
                .map(r -> Double.isNaN(r) ? 0 : r)
                .toArray();
    }

    // ---- shared controls

    private List<SamplingCovariance.Pair> sharedControls() {
        List<SharedControl> known = rows.studies().sharedControls();
        return known.isEmpty() ? fromSizes() : fromNumbers(known);
    }

    private List<SamplingCovariance.Pair> fromNumbers(List<SharedControl> known) {
        Map<Integer, Integer> at = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            at.put(rows.position(i), i);
        }
        List<SamplingCovariance.Pair> pairs = new ArrayList<>();
        for (SharedControl shared : known) {
            Integer first = at.get(shared.first());
            Integer second = at.get(shared.second());
            if (first == null || second == null || !clusters[first].equals(clusters[second])) {
                continue;
            }
            if (Double.isNaN(shared.covariance())) {
                throw new AnalysisException(
                        "no-shared-control",
                        rows.inputs().source() + ": " + rows.named(first, second)
                                + " have the same control arm, but for measure '"
                                + rows.studies().measure().token() + "' their covariance is not known. Choose --vcov"
                                + " constant with --rho, often near 0.5.",
                        rows.sources(first, second));
            }
            pairs.add(new SamplingCovariance.Pair(first, second, shared.covariance()));
        }
        return pairs;
    }

    /** Of equally large variances per person: the part of both variances that the control brings. */
    private List<SamplingCovariance.Pair> fromSizes() {
        Inputs in = rows.inputs();
        if (!in.has(Roles.N_T) || !in.has(Roles.N_C)) {
            throw new AnalysisException(
                    "no-shared-control",
                    in.source()
                            + ": --vcov shared-control needs raw numbers, or the sizes of both arms in columns n_t and"
                            + " n_c. Map them, or choose --vcov constant with --rho.");
        }
        double[] treated = sizes(Roles.N_T);
        double[] control = sizes(Roles.N_C);
        String[] samples = in.has(SAMPLE) ? rows.texts(SAMPLE) : new String[0];
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (treated[i] > 0 && control[i] > 0) {
                String sample = samples.length == 0 ? "" : samples[i];
                String key = clusters[i] + "\u0000" + sample + "\u0000" + control[i];
                members.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
            }
        }
        List<SamplingCovariance.Pair> pairs = new ArrayList<>();
        DoubleSeq v = rows.effects().v();
        for (List<Integer> same : members.values()) {
            for (int a = 0; a < same.size(); a++) {
                for (int b = 0; b < a; b++) {
                    int i = same.get(a);
                    int j = same.get(b);
                    double r =
                            Math.sqrt(treated[i] / (treated[i] + control[i]) * treated[j] / (treated[j] + control[j]));
                    pairs.add(new SamplingCovariance.Pair(j, i, r * Math.sqrt(v.get(i)) * Math.sqrt(v.get(j))));
                }
            }
        }
        return pairs;
    }

    /** Sizes are read as they are printed, as reports need them; what is no number tells nothing of a pair. */
    private double[] sizes(Role role) {
        return Arrays.stream(rows.texts(role))
                .mapToDouble(cell -> NumberText.parse(cell).orElse(Double.NaN))
                .toArray();
    }

    // ---- given columns

    private List<SamplingCovariance.Pair> given() {
        List<String> columns = rows.inputs().columns(COVARIANCES);
        double[][] cells = columns.stream()
                .map(column -> rows.numbers(COVARIANCES, column))
                .toArray(double[][]::new);
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            members.computeIfAbsent(clusters[i], key -> new ArrayList<>()).add(i);
        }
        List<SamplingCovariance.Pair> pairs = new ArrayList<>();
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
            List<SamplingCovariance.Pair> pairs,
            List<Message> faults) {
        if (same.size() > columns.size()) {
            faults.add(Message.error(
                            "covariance-missing",
                            "'" + cluster + "' has " + same.size() + " rows, but there are " + columns.size()
                                    + " columns of covariances (" + String.join(", ", columns)
                                    + "): each row needs its covariance with each row of the cluster.")
                    .at(rows.source(same.get(columns.size()))));
            return;
        }
        for (int a = 0; a < same.size(); a++) {
            int i = same.get(a);
            double v = rows.effects().v().get(i);
            double own = cells[a][i];
            if (!Double.isNaN(own) && !(Math.abs(own - v) <= 1e-6 * v)) {
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

    private void readPair(
            int i, int j, double[] both, String column, List<SamplingCovariance.Pair> pairs, List<Message> faults) {
        double covariance = Double.isNaN(both[0]) ? both[1] : both[0];
        if (Double.isNaN(covariance)) {
            faults.add(fault(
                    i,
                    column,
                    "covariance-missing",
                    "the covariance with row " + rows.source(j) + " is missing; write 0 if the two are independent"));
            return;
        }
        double largest = Math.sqrt(rows.effects().v().get(i))
                * Math.sqrt(rows.effects().v().get(j));
        if (!Double.isNaN(both[1]) && Math.abs(both[0] - both[1]) > 1e-6 * largest) {
            faults.add(fault(
                    i,
                    column,
                    "covariance-asymmetric",
                    "the covariance with row " + rows.source(j) + " is " + both[0] + ", but that row says " + both[1]));
        } else if (!(Math.abs(covariance) <= largest * (1 + 1e-9))) {
            faults.add(fault(
                    i,
                    column,
                    "covariance-range",
                    String.format(
                            Locale.ROOT,
                            "covariance %s with row %d means a correlation of %.3g, which must lie between -1 and 1",
                            covariance,
                            rows.source(j),
                            covariance / largest)));
        } else {
            pairs.add(new SamplingCovariance.Pair(j, i, covariance));
        }
    }

    private Message fault(int i, String column, String code, String text) {
        return Message.error(code, "Row " + rows.source(i) + ", column '" + column + "': " + text + ".")
                .at(rows.source(i));
    }

    // ---- messages

    /** Returns the error for a cluster whose covariances no estimates can have. */
    public AnalysisException fault(NotPositiveDefiniteException e) {
        int[] at = e.rows();
        String remedy = switch (source) {
            case CONSTANT ->
                "With " + at.length + " rows a common correlation must lie above "
                        + String.format(Locale.ROOT, "%.4g", -1.0 / Math.max(1, at.length - 1)) + " and below 1.";
            case GIVEN ->
                "Check column" + (rows.inputs().columns(COVARIANCES).size() == 1 ? " '" : "s '")
                        + String.join("', '", rows.inputs().columns(COVARIANCES)) + "' for misprints.";
            case AUTO, INDEPENDENT, SHARED_CONTROL -> "Check the numbers of the arms.";
        };
        return new AnalysisException(
                "not-positive-definite",
                rows.inputs().source() + ": the sampling covariances of '" + clusters[at[0]] + "' (" + rows.named(at)
                        + ") are not those of any estimates: the matrix is not positive definite. " + remedy,
                rows.sources(at));
    }

    /** Whether the correlation is an assumption that may be varied: one number for all clusters. */
    public boolean isAssumed() {
        return source == Source.CONSTANT
                && !(rows.inputs().has(CORRELATION) && !rows.inputs().isSet(RHO));
    }

    /** Tells what was taken, where the user did not say so. */
    public void tell(RunContext context) {
        Inputs in = rows.inputs();
        if (in.get(VCOV) == Source.AUTO && source == Source.SHARED_CONTROL) {
            context.info(
                    "shared-control",
                    in.source()
                            + ": comparisons with the same control arm got the covariance that it brings. Choose with"
                            + " --vcov.");
        }
        long repeated = clusters.length - Arrays.stream(clusters).distinct().count();
        if (in.get(VCOV) == Source.AUTO && source == Source.INDEPENDENT && repeated > 0) {
            context.info(
                    "independent-errors",
                    in.source()
                            + ": sampling errors of one cluster were taken as independent. If its effects come from the same"
                            + " people, say how they are correlated with --rho, a column 'correlation' or columns of"
                            + " covariances; robust standard errors allow for it in part.");
        }
    }
}

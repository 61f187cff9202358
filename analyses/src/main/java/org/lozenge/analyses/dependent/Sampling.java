package org.lozenge.analyses.dependent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
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
        GIVEN,
        /** A file with the whole matrix. */
        MATRIX
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
                            + " the first of which is with the first row of the cluster, and so on; matrix: the file"
                            + " --covariance-matrix. auto takes what there is.");

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

    /** A file with the covariances of all rows. */
    public static final Param<String> MATRIX = Param.text("covariance-matrix", "File with the sampling covariances", "")
            .suggest("v.csv")
            .help(
                    "As many rows and columns as the table has rows, in its order, with or without a header and names of rows;"
                            + " separated by commas, semicolons, tabs or spaces.");

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
        return List.of(VCOV, MATRIX, RHO, RHO_BETWEEN);
    }

    /**
     * Reads the covariance.
     *
     * @param clusters the cluster of each row
     * @throws AnalysisException with codes {@code unmapped-role}, {@code correlation-range}, {@code covariance-missing}, {@code
     *     covariance-asymmetric}, {@code covariance-variance}, {@code covariance-range}, {@code no-shared-control}, {@code
     *     options-conflict} or those of {@link CovarianceMatrix}
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
        boolean matrix = !in.get(MATRIX).isBlank();
        if (matrix ? asked != Source.AUTO && asked != Source.MATRIX : asked == Source.MATRIX) {
            throw new AnalysisException(
                    "options-conflict",
                    matrix
                            ? "Option 'covariance-matrix' names a file, but option 'vcov' is '"
                                    + asked.name().toLowerCase(Locale.ROOT).replace('_', '-')
                                    + "'. Leave one of them out."
                            : "Option 'vcov' is 'matrix', but no file holds one. Name it with --covariance-matrix FILE.");
        }
        if (matrix) {
            return Source.MATRIX;
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
            case SHARED_CONTROL -> SamplingCovariance.of(v, new SharedControls(rows, clusters).pairs());
            case GIVEN -> SamplingCovariance.of(v, new CovarianceColumns(rows, clusters).pairs());
            case MATRIX -> SamplingCovariance.of(v, new CovarianceMatrix(rows, file(), clusters).pairs());
        };
    }

    private String file() {
        return rows.inputs().get(MATRIX).strip();
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
            case MATRIX -> "Check the file '" + file() + "' for misprints.";
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

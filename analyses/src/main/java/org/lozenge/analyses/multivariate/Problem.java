package org.lozenge.analyses.multivariate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.dependent.FitParams;
import org.lozenge.analyses.dependent.Rows;
import org.lozenge.analyses.dependent.Sampling;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.multilevel.CovarianceStructure;
import org.lozenge.stats.multilevel.MultivariateFit;
import org.lozenge.stats.multilevel.MultivariateModel;
import org.lozenge.stats.multilevel.SamplingCovariance;

/** The rows, outcomes and design of a multivariate model. */
final class Problem {

    private final Rows rows;
    private final List<String> outcomes;
    private final int[] outcomeOfRow;
    private final String[] studies;
    private final DesignMatrix design;
    private final int[] outcomeOfTerm;
    private final Optional<Moderators> moderators;

    private Problem(Rows rows, String[] endpoints, Optional<Moderators> moderators) {
        this.rows = rows;
        this.outcomes = Rows.names(endpoints);
        this.outcomeOfRow = Rows.codes(endpoints);
        this.studies = rows.effects().studies().toArray(String[]::new);
        this.moderators = moderators;
        List<String> names = new ArrayList<>();
        List<DoubleSeq> columns = new ArrayList<>();
        for (int o = 0; o < outcomes.size(); o++) {
            int outcome = o;
            names.add(outcomes.get(o));
            columns.add(DoubleSeq.of(IntStream.of(outcomeOfRow)
                    .mapToDouble(i -> i == outcome ? 1 : 0)
                    .toArray()));
        }
        moderators.ifPresent(m -> addModerators(m.design(), names, columns));
        this.design = DesignMatrix.withoutIntercept(names, columns, rows.size());
        this.outcomeOfTerm = design.terms().stream().mapToInt(this::outcomeOf).toArray();
    }

    /** Each moderator has a coefficient for each outcome. */
    private void addModerators(DesignMatrix moderators, List<String> names, List<DoubleSeq> columns) {
        for (int t = 0; t < moderators.terms().size(); t++) {
            if (moderators.hasIntercept() && t == 0) {
                continue;
            }
            DoubleSeq x = moderators.columns().get(t);
            for (int o = 0; o < outcomes.size(); o++) {
                int outcome = o;
                names.add(term(o, moderators.terms().get(t)));
                columns.add(DoubleSeq.of(IntStream.range(0, x.size())
                        .mapToDouble(i -> outcomeOfRow[i] == outcome ? x.get(i) : 0)
                        .toArray()));
            }
        }
    }

    private int outcomeOf(String term) {
        for (int o = 0; o < outcomes.size(); o++) {
            if (term.equals(outcomes.get(o)) || term.startsWith(outcomes.get(o) + ":")) {
                return o;
            }
        }
        throw new IllegalStateException("Term '" + term + "' belongs to no outcome");
    }

    static Problem read(Inputs in, RunContext context) {
        if (!in.has(MultivariateOptions.ENDPOINT)) {
            throw new AnalysisException(
                    "unmapped-role",
                    in.source() + ": no column names the outcome of each row. Map it with --map endpoint=COLUMN.");
        }
        StudyInput studies = StudyInput.readAllEndpoints(in, context);
        Rows rows = Rows.all(in, studies);
        Optional<Moderators> moderators = Optional.empty();
        if (Moderators.isAskedFor(in)) {
            moderators = Optional.of(Moderators.read(in, context, studies));
            rows = new Rows(
                    in, studies, moderators.get().effects(), moderators.get().positions());
        }
        String[] endpoints = rows.texts(MultivariateOptions.ENDPOINT);
        String column = in.columns(MultivariateOptions.ENDPOINT).get(0);
        int[] missing = IntStream.range(0, endpoints.length)
                .filter(i -> endpoints[i].isEmpty())
                .toArray();
        if (missing.length > 0) {
            throw new AnalysisException(
                    "missing-endpoint",
                    in.source() + ": " + rows.named(missing) + (missing.length == 1 ? " has" : " have")
                            + " no outcome in column '" + column
                            + "'. Fill it in, or leave the rows out.",
                    rows.sources(missing));
        }
        Problem problem = new Problem(rows, endpoints, moderators);
        problem.check(in, column);
        if (!problem.design.dropped().isEmpty()) {
            context.warn(
                    "aliased-term",
                    in.source() + ": '" + String.join("', '", problem.design.dropped())
                            + "' were left out of the model: within an outcome they are constant, or follow from the terms"
                            + " before.");
        }
        return problem;
    }

    private void check(Inputs in, String column) {
        if (outcomes.size() < 2) {
            throw new AnalysisException(
                    "one-outcome",
                    in.source() + ": all " + rows.size() + " rows have outcome '" + outcomes.get(0) + "' in column '"
                            + column + "'. Use pool for one outcome.");
        }
        long count = Arrays.stream(studies).distinct().count();
        if (count < 2) {
            throw new AnalysisException(
                    "one-cluster",
                    in.source() + ": all " + rows.size() + " rows are of study '" + studies[0]
                            + "'. Map the column that names the studies with --map study=COLUMN.");
        }
        if (rows.size() <= design.terms().size()) {
            throw new AnalysisException(
                    "too-many-terms",
                    in.source() + ": " + design.terms().size() + " coefficients (" + String.join(", ", design.terms())
                            + ") need at least " + (design.terms().size() + 1) + " effects, but there are "
                            + rows.size() + ".");
        }
    }

    MultivariateFit fit(Inputs in, SamplingCovariance v) {
        return new MultivariateModel(in.get(MultivariateOptions.STRUCTURE))
                .withRestricted(in.get(FitParams.METHOD) == FitParams.Method.REML)
                .withTest(in.get(FitParams.TEST).test())
                .withLevel(in.get(FitParams.LEVEL))
                .fit(rows.effects().y(), v, design, Rows.codes(studies), outcomeOfRow, outcomes);
    }

    /** The structures whose parameters the data can tell. */
    List<CovarianceStructure> estimable() {
        return MultivariateModel.estimable(design, Rows.codes(studies), outcomeOfRow, outcomes);
    }

    Sampling sampling() {
        return Sampling.ofOutcomes(rows, studies);
    }

    Rows rows() {
        return rows;
    }

    Measure measure() {
        return rows.studies().measure();
    }

    List<String> outcomes() {
        return outcomes;
    }

    int outcome(int row) {
        return outcomeOfRow[row];
    }

    int[] rowsOf(int outcome) {
        return IntStream.range(0, outcomeOfRow.length)
                .filter(i -> outcomeOfRow[i] == outcome)
                .toArray();
    }

    String study(int row) {
        return studies[row];
    }

    DesignMatrix design() {
        return design;
    }

    int outcomeOfTerm(int term) {
        return outcomeOfTerm[term];
    }

    boolean isModerated() {
        return moderators.isPresent();
    }

    Optional<Moderators> moderators() {
        return moderators;
    }

    /**
     * The row of the design for an outcome at given values of the moderators.
     *
     * @param cells a number per term of the moderators' own design
     * @return a number per term; empty if a column that was left out would be needed
     */
    Optional<double[]> row(int outcome, double[] cells) {
        DesignMatrix own = moderators.orElseThrow().design();
        Map<String, Double> values = new HashMap<>();
        values.put(outcomes.get(outcome), 1.0);
        for (int t = own.hasIntercept() ? 1 : 0; t < cells.length; t++) {
            values.put(term(outcome, own.terms().get(t)), cells[t]);
        }
        double[] row = design.terms().stream()
                .mapToDouble(name -> values.getOrDefault(name, 0.0))
                .toArray();
        boolean estimable = Moderators.isEstimable(design, row, name -> values.getOrDefault(name, 0.0));
        return estimable ? Optional.of(row) : Optional.empty();
    }

    private String term(int outcome, String moderator) {
        return outcomes.get(outcome) + ":" + moderator;
    }

    /** The number of studies that have two outcomes, or more. */
    long studiesWithSeveral() {
        return Arrays.stream(studies)
                .distinct()
                .filter(study -> IntStream.range(0, studies.length)
                                .filter(i -> studies[i].equals(study))
                                .map(i -> outcomeOfRow[i])
                                .distinct()
                                .count()
                        > 1)
                .count();
    }
}

package org.lozenge.analyses.leaveoneout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.OneRegression;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.sensitivity.SubsetRegression;
import org.lozenge.stats.sensitivity.SubsetRegression.Coefficient;

/** The coefficients of a meta-regression without each study or cluster in turn: a row per fit and coefficient. */
final class RegressionWithoutOne {

    private static final int NAMED = 10;

    private final OneRegression regression;
    private final String what;
    private final List<String> names;
    private final List<SubsetRegression> fits;

    /** @param what what is left out: study or cluster */
    RegressionWithoutOne(OneRegression regression, String what, List<String> names, List<SubsetRegression> fits) {
        this.regression = regression;
        this.what = what;
        this.names = names;
        this.fits = fits;
    }

    AnalysisResult result(RunContext context) {
        for (int i = 0; i < fits.size(); i++) {
            String name = names.get(i);
            fits.get(i)
                    .problem()
                    .ifPresent(problem ->
                            context.warn("no-fit", "Without " + name + " there is no fit: " + problem + "."));
        }
        LeaveOneOutAnalysis.degenerate(
                context,
                IntStream.range(0, fits.size())
                        .filter(i -> fits.get(i).coefficients().stream().anyMatch(c -> c.standardError() == 0))
                        .mapToObj(names::get)
                        .toList());
        for (int term : regression.moderatorTerms()) {
            tell(context, term);
        }
        List<ResultItem> items = new ArrayList<>(List.of(table()));
        int[] terms = regression.moderatorTerms();
        for (int i = 0; i < terms.length; i++) {
            // Coefficients have units of their own, so each has an axis.
            items.add(forest(i == 0 ? "forest" : "forest-" + (i + 1), terms[i]));
        }
        return AnalysisResult.of(items);
    }

    private void tell(RunContext context, int term) {
        boolean excludes = excludesZero(regression.fit().confidenceInterval(term));
        List<String> turning = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            if (fits.get(i).problem().isEmpty()
                    && excludesZero(fits.get(i).coefficients().get(term).interval()) != excludes) {
                turning.add(names.get(i));
            }
        }
        if (!turning.isEmpty()) {
            context.warn(
                    "hangs-on-one",
                    "The interval of '" + regression.terms().get(term) + "' of all studies "
                            + (excludes ? "excludes" : "includes") + " 0; without "
                            + turning.stream().limit(NAMED).collect(Collectors.joining(", "))
                            + (turning.size() > NAMED ? " and " + (turning.size() - NAMED) + " more" : "")
                            + (turning.size() > 1 ? " (each alone)" : "") + " it "
                            + (excludes ? "includes" : "excludes") + " it.");
        }
    }

    private static boolean excludesZero(Interval interval) {
        return interval.lower() > 0 || interval.upper() < 0;
    }

    private Tabular table() {
        int terms = regression.terms().size();
        String[] left = new String[fits.size() * terms];
        String[] term = new String[left.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = names.get(i / terms);
            term[i] = regression.terms().get(i % terms);
        }
        return Tabular.of("fits", "Coefficients without one " + what + " at a time")
                .texts("study", left)
                .texts("term", term)
                .numbers("k", each(SubsetRegression::k))
                .numbers("estimate", of(Coefficient::estimate))
                .numbers("se", of(Coefficient::standardError))
                .numbers("statistic", of(c -> c.test().statistic()))
                .numbers(
                        "df",
                        of(c -> Double.isInfinite(c.test().df())
                                ? Double.NaN
                                : c.test().df()))
                .numbers("p_value", of(c -> c.test().pValue()))
                .numbers("ci_lower", of(c -> c.interval().lower()))
                .numbers("ci_upper", of(c -> c.interval().upper()))
                .numbers("q", each(fit -> fit.residual().statistic()))
                .numbers("q_p", each(fit -> fit.residual().pValue()))
                .numbers("tau2", each(SubsetRegression::tau2))
                .numbers("i2", each(SubsetRegression::i2))
                .numbers("h2", each(SubsetRegression::h2))
                .numbers("qm", each(fit -> fit.moderators().statistic()))
                .numbers("qm_p", each(fit -> fit.moderators().pValue()))
                .format("qm_p", Format.P_VALUE)
                .label("study", what.equals("study") ? "Study" : "Cluster")
                .label("q", "residual Q")
                .label("qm", "test of moderators")
                .label("qm_p", "P of moderators");
    }

    private double[] each(ToDoubleFunction<SubsetRegression> cell) {
        return fits.stream()
                .flatMapToDouble(fit -> regression.terms().stream().mapToDouble(term -> cell.applyAsDouble(fit)))
                .toArray();
    }

    private double[] of(ToDoubleFunction<Coefficient> cell) {
        int terms = regression.terms().size();
        double[] values = new double[fits.size() * terms];
        for (int i = 0; i < values.length; i++) {
            SubsetRegression fit = fits.get(i / terms);
            values[i] = fit.problem().isPresent()
                    ? Double.NaN
                    : cell.applyAsDouble(fit.coefficients().get(i % terms));
        }
        return values;
    }

    private ForestPlot forest(String id, int term) {
        String name = regression.terms().get(term);
        Interval all = regression.fit().confidenceInterval(term);
        ForestPlot plot = ForestPlot.of(id, name + " without one " + what + " at a time", Scale.LINEAR)
                .measure("Coefficient")
                .level(all.level())
                .reference(0)
                .axis("Coefficient of " + name + ", analysis scale")
                .describe("The coefficient of " + name + " without each of " + fits.size() + " in turn, and of all.");
        for (int i = 0; i < fits.size(); i++) {
            plot = plot.add(row("Without " + names.get(i), fits.get(i), term));
        }
        return plot.summary("All: " + name, regression.fit().coefficient(term), all.lower(), all.upper());
    }

    private static Row row(String label, SubsetRegression fit, int term) {
        double nan = Double.NaN;
        if (fit.problem().isPresent()) {
            return Row.of(RowKind.STUDY, label, nan, nan, nan, nan);
        }
        Coefficient c = fit.coefficients().get(term);
        return Row.of(
                RowKind.STUDY,
                label,
                c.estimate(),
                c.interval().lower(),
                c.interval().upper(),
                nan);
    }
}

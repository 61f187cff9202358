package org.lozenge.analyses.cox;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.ModelMatrix;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.survival.CoxFit;
import org.lozenge.stats.survival.TimeTransform;

/** The tables of the analysis. */
final class CoxTables {

    private final CoxFit fit;
    private final ModelMatrix terms;
    private final boolean robust;
    private final double level;

    CoxTables(CoxFit fit, ModelMatrix terms, boolean robust, double level) {
        this.fit = fit;
        this.terms = terms;
        this.robust = robust;
        this.level = level;
    }

    /** Coefficients with the standard errors that the tests use; with robust ones the model's own beside them. */
    Tabular coefficients() {
        Tabular table = Tabular.of("coefficients", "Coefficients")
                .texts("term", fit.names().toArray(String[]::new))
                .numbers("estimate", each(fit::estimate))
                .numbers("se", each(j -> robust ? fit.robustStandardError(j) : fit.standardError(j)));
        table = robust ? table.numbers("se_model", each(fit::standardError)) : table;
        return table.numbers("statistic", each(j -> fit.zTest(j, robust).statistic()))
                .numbers("p_value", each(j -> fit.zTest(j, robust).pValue()))
                .numbers("ci_lower", each(j -> fit.limits(j, level, robust)[0]))
                .numbers("ci_upper", each(j -> fit.limits(j, level, robust)[1]))
                .numbers("effect", each(j -> StrictMath.exp(fit.estimate(j))))
                .numbers("effect_lower", each(j -> StrictMath.exp(fit.limits(j, level, robust)[0])))
                .numbers("effect_upper", each(j -> StrictMath.exp(fit.limits(j, level, robust)[1])))
                .label("effect", "hazard ratio");
    }

    private double[] each(IntToDoubleFunction value) {
        return IntStream.range(0, fit.names().size()).mapToDouble(value).toArray();
    }

    Tabular tests() {
        List<TestResult> tests = List.of(fit.likelihoodRatioTest(), fit.waldTest(robust), fit.scoreTest());
        return Tabular.of("tests", "Tests of all coefficients together")
                .texts("test", "likelihood-ratio", robust ? "wald-robust" : "wald", "score")
                .numbers(
                        "statistic",
                        tests.stream().mapToDouble(TestResult::statistic).toArray())
                .numbers("df", tests.stream().mapToDouble(TestResult::df).toArray())
                .numbers(
                        "p_value",
                        tests.stream().mapToDouble(TestResult::pValue).toArray());
    }

    Tabular fit() {
        double parameters = fit.likelihoodRatioTest().df();
        return Tabular.of("fit", "Fit")
                .numbers("n", fit.size())
                .numbers("events", fit.events())
                .numbers("log_likelihood_null", fit.nullLogLikelihood())
                .numbers("log_likelihood", fit.logLikelihood())
                .numbers("aic", 2 * parameters - 2 * fit.logLikelihood())
                .numbers("steps", fit.steps())
                .format("n", Format.INTEGER)
                .format("events", Format.INTEGER)
                .format("steps", Format.INTEGER);
    }

    /** A row for each term and one for all together. */
    Tabular proportionalHazards(TimeTransform transform) {
        int count = terms.termNames().size();
        String[] names = new String[count + 1];
        double[][] column = new double[3][count + 1];
        for (int i = 0; i <= count; i++) {
            boolean global = i == count;
            int[] covariates = global ? IntStream.range(0, fit.names().size()).toArray() : terms.columnsOf(i);
            TestResult test = fit.proportionalHazardsTest(transform, covariates);
            names[i] = global ? "GLOBAL" : terms.termNames().get(i);
            column[0][i] = test.statistic();
            column[1][i] = test.df();
            column[2][i] = test.pValue();
        }
        return Tabular.of("proportional_hazards", "Test of proportional hazards")
                .texts("term", names)
                .numbers("statistic", column[0])
                .numbers("df", column[1])
                .numbers("p_value", column[2]);
    }
}

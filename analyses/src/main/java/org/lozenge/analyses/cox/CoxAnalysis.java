package org.lozenge.analyses.cox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.ModelMatrix;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.analyses.shared.PatientData;
import org.lozenge.analyses.shared.PatientRoles;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.CoxData;
import org.lozenge.stats.survival.CoxFit;
import org.lozenge.stats.survival.CoxModel;
import org.lozenge.stats.survival.TimeTransform;

/**
 * Cox proportional hazards model with categories, interactions, strata, robust variance and a test of proportional hazards.
 */
public final class CoxAnalysis implements Analysis {

    static final Role COVARIATES = Role.any("covariates", "Covariates besides the group")
            .optional()
            .many()
            .aka("moderators", "covariate", "predictors");

    static final Param<CoxModel.Ties> TIES = Param.choice("ties", "Approximation for tied events", CoxModel.Ties.EFRON);

    static final Param<String> FORMULA = Param.text("formula", "Terms of the model", "")
            .suggest("~ age + sex * group")
            .help(
                    "By itself the group and all covariates, without interactions. Also poly(age, 2), log(psa), I(dose^2).");

    static final Param<String> CATEGORIES = Param.text("categories", "Columns of numbers that are categories", "")
            .suggest("stage,site");

    static final Param<String> BASE_LEVELS = Param.text("base-levels", "First level of categories", "")
            .suggest("sex=F,stage=I")
            .help("By itself the first level in numerical or alphabetical order.");

    static final Param<Boolean> ROBUST = Param.flag("robust", "Robust (sandwich) standard errors", false)
            .help("Always on when a cluster is mapped.");

    static final Param<TimeTransform> TRANSFORM =
            Param.choice("transform", "Function of time in the test of proportional hazards", TimeTransform.KM);

    /** P below which proportional hazards are doubted in a message. */
    private static final double DOUBT = 0.05;

    /** The analysis has no state. */
    public CoxAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("cox", "Cox proportional hazards model")
                .summary(
                        "Hazard ratios from individual patients, adjusted and stratified, with tests of proportional hazards.")
                .roles(
                        PatientRoles.TIME,
                        PatientRoles.STATUS,
                        PatientRoles.GROUP.optional(),
                        COVARIATES,
                        PatientRoles.STRATA,
                        Roles.CLUSTER.optional())
                .params(
                        PatientRoles.EVENT,
                        PatientRoles.REFERENCE,
                        PatientRoles.LEVEL,
                        TIES,
                        FORMULA,
                        CATEGORIES,
                        BASE_LEVELS,
                        ROBUST,
                        TRANSFORM)
                .minRows(2)
                .references(
                        "Cox DR. J R Stat Soc B 1972;34:187-220. https://doi.org/10.1111/j.2517-6161.1972.tb00899.x",
                        "Efron B. J Am Stat Assoc 1977;72:557-565. https://doi.org/10.1080/01621459.1977.10480613",
                        "Lin DY, Wei LJ. J Am Stat Assoc 1989;84:1074-1078."
                                + " https://doi.org/10.1080/01621459.1989.10478874",
                        "Grambsch PM, Therneau TM. Biometrika 1994;81:515-526. https://doi.org/10.1093/biomet/81.3.515");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        PatientData patients = PatientData.read(in, context);
        patients.requireEvents(in);
        ModelMatrix terms = Terms.of(in);
        Levels strata = PatientData.combinations(in, PatientRoles.STRATA);
        CoxData data =
                CoxData.of(patients.times(), terms.names(), terms.columns()).strata(strata.toArray());
        if (in.has(Roles.CLUSTER)) {
            data = data.clusters(Levels.of(in.strings(Roles.CLUSTER)).toArray());
        }
        requireVariation(in, data);
        CoxFit fit = new CoxModel(in.get(TIES)).fit(data);
        boolean robust = in.get(ROBUST) || in.has(Roles.CLUSTER);
        warn(context, fit);
        CoxTables tables = new CoxTables(fit, terms, robust, in.get(PatientRoles.LEVEL));
        List<ResultItem> items = new ArrayList<>(List.of(tables.coefficients(), tables.tests(), tables.fit()));
        proportionalHazards(in, context, tables, patients, fit).ifPresent(items::add);
        return AnalysisResult.of(items);
    }

    /** A covariate may vary and yet not where it counts: say so before the model does. */
    private static void requireVariation(Inputs in, CoxData data) {
        try {
            new CoxModel(CoxModel.Ties.EFRON).check(data);
        } catch (IllegalArgumentException e) {
            throw new AnalysisException(
                    "no-variation",
                    in.source() + ": none of the covariates " + data.names()
                            + " varies among participants at risk at an event of their stratum, so there is nothing to"
                            + " estimate. Check the columns, or use fewer strata.");
        }
    }

    private static void warn(RunContext context, CoxFit fit) {
        for (String name : fit.redundant()) {
            context.warn(
                    "redundant-covariate",
                    "Covariate '" + name + "' was left out: among those at risk it is constant, or a combination of the"
                            + " covariates before it.");
        }
        for (String name : fit.infinite()) {
            double estimate = fit.estimate(fit.names().indexOf(name));
            context.warn(
                    "infinite-coefficient",
                    "Covariate '" + name + "' has no finite estimate: at every event whoever has it is at the "
                            + (estimate > 0 ? "upper" : "lower")
                            + " extreme of those at risk, so the hazard ratio goes to "
                            + (estimate > 0 ? "infinity" : "0")
                            + ". Its standard error and Wald test do not exist; the likelihood-ratio and score tests hold.");
        }
    }

    private static java.util.Optional<ResultItem> proportionalHazards(
            Inputs in, RunContext context, CoxTables tables, PatientData patients, CoxFit fit) {
        TimeTransform transform = in.get(TRANSFORM);
        int[] atZero = IntStream.range(0, patients.times().size())
                .filter(i -> patients.times().event(i) && patients.times().time(i) == 0)
                .map(i -> patients.sourceRows()[i])
                .toArray();
        if (transform == TimeTransform.LOG && atZero.length > 0) {
            throw new AnalysisException(
                    "param-range",
                    "Option 'transform' is log, but the time of an event is 0 in " + PatientData.rowsText(atZero)
                            + ", which has no logarithm. Choose km, rank or identity.",
                    atZero);
        }
        if (!fit.infinite().isEmpty()) {
            context.info("no-ph-test", "Proportional hazards were not tested, because a coefficient is infinite.");
            return java.util.Optional.empty();
        }
        org.lozenge.plugin.Tabular table = tables.proportionalHazards(transform);
        String[] doubted = IntStream.range(0, table.rows())
                .filter(i -> table.number("p_value", i) < DOUBT)
                .mapToObj(i -> table.text("term", i))
                .toArray(String[]::new);
        if (doubted.length > 0) {
            context.warn(
                    "non-proportional",
                    "Hazards may not be proportional (P < 0.05 for " + String.join(", ", Arrays.asList(doubted))
                            + "): the hazard ratio is then an average over follow-up. See the restricted mean survival time"
                            + " of kaplan-meier.");
        }
        return java.util.Optional.of(table);
    }
}

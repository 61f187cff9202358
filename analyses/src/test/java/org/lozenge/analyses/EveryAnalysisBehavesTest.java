package org.lozenge.analyses;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;
import org.lozenge.workbench.testkit.Check;
import org.lozenge.workbench.testkit.PluginCheck;

/**
 * Tries every bundled analysis as {@code PluginCheck} tries those of others.
 *
 * <p>In the build each has a short time for the values of its options and for poor data, and cancellation, which is a
 * matter of the clock, is left out. {@code -Dplugincheck.millis=60000} gives the time that all takes, and with it finds
 * options that nothing reads and runs that do not stop.
 */
class EveryAnalysisBehavesTest {

    private static final long USUAL_MILLIS = 150;
    private static final long MILLIS = Long.getLong("plugincheck.millis", USUAL_MILLIS);

    /** Rows of several arms: a shared control, a reference to choose. */
    private static final Dataset ARMS = csv(
            "arms",
            "study,arm,events,n\nA,placebo,10,100\nA,drug,6,101\nA,drug high,5,99\nB,placebo,20,200\nB,drug,12,190\n"
                    + "C,placebo,7,80\nC,drug,9,85\n");

    /** Ratios as reports print them. */
    private static final Dataset REPORTS = csv(
            "reports",
            "study,hr,ci_low,ci_high,ci_level,p,p_sided,events_t,events_c\nA,0.60,0.40,0.90,0.95,0.013,two,30,45\n"
                    + "B,0.8,0.6,1.07,,0.13,,90,100\nC,0.7,0.5,0.98,0.95,0.04,two,60,80\nD,1.2,,,,0.4,,40,38\n");

    private static final Dataset MODERATED = csv("moderated", moderated());

    /** Moderators beside raw numbers. */
    private static final Dataset COUNTED = csv(
            "counted",
            "study,events_t,n_t,events_c,n_c,dose,drug\nA,5,50,9,50,10,x\nB,7,60,8,61,20,y\nC,0,40,4,42,15,x\nD,9,90,20,88,30,y\n"
                    + "E,3,30,6,33,25,x\nF,11,70,12,70,40,y\nG,2,45,7,44,35,x\nH,6,80,10,82,12,y\n");

    /** Columns for roles that are not found by name. */
    private static final Map<String, Map<String, String>> MAPPINGS = Map.of(
            "cox", Map.of("covariates", "age", "strata", "strata"),
            "glmm", Map.of("moderators", "drug"),
            "influence", Map.of("moderators", "drug"),
            "leave-one-out", Map.of("moderators", "drug"),
            "meta-regression", Map.of("moderators", "dose,drug"),
            "moderator-forest", Map.of("moderators", "dose"),
            "multilevel", Map.of("moderators", "drug"),
            "permutation", Map.of("moderators", "drug"),
            "subgroup", Map.of("group", "drug"),
            "multivariate", Map.of("outcome", "endpoint", "study", "trial", "moderators", "drug"));

    /** What some analyses cannot do without. */
    private static final Map<String, Map<String, String>> SETTINGS =
            Map.of("absolute-effect", Map.of("baseline", "0.6@24", "baseline-is", "event-free"));

    private static final Dataset PATIENTS = csv("patients", patients());

    /** Analyses whose results follow the order of the rows, draw random numbers for rows in their order, or take outcomes in it. */
    private static final List<String> ORDERED = List.of(
            "cumulative",
            "bootstrap",
            "permutation",
            "gosh",
            "diagnostics",
            "multiverse",
            "moderator-forest",
            "multivariate");

    /** Options and roles that these tables do not bring into play; the tests of the analyses do. */
    private static final String[] IDLE = {
        "accept-bounds",
        "control-arm",
        "correct",
        "direction",
        "genq-weights",
        "invalid",
        "p_sided",
        "precedence",
        "reference",
        "shared-control",
        "threshold",
        "alpha",
        "sides",
        "ci-level",
        "p-sided"
    };

    private static Dataset csv(String name, String text) {
        return Dataset.parse(name, text.getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
    }

    private static Dataset sample(String name) {
        return csv(name, Samples.get(name).csv());
    }

    private static String patients() {
        StringBuilder rows = new StringBuilder("time,status,group,age,strata\n");
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            rows.append(1 + random.nextInt(50)).append(',');
            rows.append(random.nextInt(3) == 0 ? 0 : 1).append(',');
            rows.append(i % 2 == 0 ? "a," : "b,").append(40 + random.nextInt(40));
            rows.append(i % 3 == 0 ? ",x\n" : ",y\n");
        }
        return rows.toString();
    }

    private static String moderated() {
        StringBuilder rows = new StringBuilder("trial,endpoint,sample,effect,variance,dose,drug\n");
        Random random = new Random(2);
        for (int i = 0; i < 24; i++) {
            int dose = 5 + random.nextInt(40);
            double effect = 0.01 * dose + 0.2 * random.nextGaussian();
            rows.append('T')
                    .append(i / 2)
                    .append(i % 2 == 0 ? ",PFS,1," : ",OS,2,")
                    .append(effect)
                    .append(',');
            rows.append(0.02 + 0.1 * random.nextDouble())
                    .append(',')
                    .append(dose)
                    .append(i % 4 < 2 ? ",x\n" : ",y\n");
        }
        return rows.toString();
    }

    static Stream<String> analyses() {
        return Workbench.openLazily().analyses().stream().map(AnalysisSpec::id);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("analyses")
    void behavesAsHostsExpect(String id) {
        try (Workbench workbench = Workbench.open()) {
            List<Dataset> data = Stream.of(
                            sample("bcg"), ARMS, REPORTS, PATIENTS, sample("lenalidomide-curves"), COUNTED, MODERATED)
                    .filter(one -> runs(workbench, id, one))
                    .limit(MILLIS == USUAL_MILLIS ? 1 : 3)
                    .toList();
            assumeTrue(!data.isEmpty(), "none of the tables suits " + id);
            PluginCheck check = PluginCheck.of(workbench, id).idle(IDLE).timeMillis(MILLIS);
            for (Dataset one : data) {
                check = check.data(one);
            }
            for (Map.Entry<String, String> role : mapping(id).entrySet()) {
                check = check.map(role.getKey(), role.getValue().split(",", -1));
            }
            for (Map.Entry<String, String> option : settings(id).entrySet()) {
                check = check.set(option.getKey(), option.getValue());
            }
            if (MILLIS == USUAL_MILLIS) {
                check = check.without(Check.CANCELLATION, Check.DEAD_OPTIONS);
            }
            if (ORDERED.contains(id)) {
                check = check.without(Check.ROW_ORDER);
            }
            check.check().assertOk();
        }
    }

    private static Map<String, String> mapping(String id) {
        return MAPPINGS.getOrDefault(id, Map.of());
    }

    private static Map<String, String> settings(String id) {
        return SETTINGS.getOrDefault(id, Map.of());
    }

    private static boolean runs(Workbench workbench, String id, Dataset data) {
        Run run = workbench.run(id, data);
        for (Map.Entry<String, String> role : mapping(id).entrySet()) {
            run = run.map(role.getKey(), role.getValue().split(",", -1));
        }
        for (Map.Entry<String, String> option : settings(id).entrySet()) {
            run = run.set(option.getKey(), option.getValue());
        }
        return run.get() instanceof Outcome.Ok;
    }
}

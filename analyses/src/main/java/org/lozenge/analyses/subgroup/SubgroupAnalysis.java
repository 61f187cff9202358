package org.lozenge.analyses.subgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PooledTables;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.ResidualHeterogeneity;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Section;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;

/**
 * Pools groups of studies and tests whether they differ.
 *
 * <p>The result has the tables {@code groups}, {@code between}, {@code residual}, {@code model} and {@code heterogeneity} and
 * the figure {@code forest}; with several grouping columns a section of these for each.
 */
public final class SubgroupAnalysis implements Analysis {

    private static final Role GROUP = Roles.GROUP.many().sparse();

    /** The between-study variance within groups. */
    enum Within {
        SEPARATE,
        COMMON
    }

    static final Param<Within> TAU2_WITHIN = Param.choice(
                    "tau2-within", "Between-study variance within groups", Within.SEPARATE)
            .help("separate: each group has its own; common: one for all groups, better where groups are small.");

    /** The analysis has no state. */
    public SubgroupAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        List<Param<?>> params = new ArrayList<>(List.of(StudyInput.MEASURE, TAU2_WITHIN));
        params.addAll(PoolingParams.all());
        params.addAll(StudyInput.params());
        return AnalysisSpec.of("subgroup", "Subgroups of studies")
                .summary(
                        "Pooled effects of groups of studies with their own or a common between-study variance, the test of"
                                + " differences between groups, and a forest plot with subtotals.")
                .roles(StudyInput.roles())
                .roles(GROUP)
                .params(params.toArray(Param<?>[]::new))
                .references(
                        "Borenstein M, Higgins JPT. Prev Sci 2013;14:134-143."
                                + " https://doi.org/10.1007/s11121-013-0377-7",
                        "Rubio-Aparicio M, Sanchez-Meca J, Lopez-Lopez JA, Botella J, Marin-Martinez F. Br J Math Stat"
                                + " Psychol 2017;70:439-456. https://doi.org/10.1111/bmsp.12092");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        if (!in.has(GROUP)) {
            throw new AnalysisException(
                    "unmapped-role", in.source() + ": no grouping column is mapped. Map one with --map group=COLUMN.");
        }
        StudyInput studies = StudyInput.read(in, context);
        List<String> columns = in.columns(GROUP).stream().distinct().toList();
        if (columns.size() == 1) {
            return AnalysisResult.of(items(in, context, studies, columns.get(0)));
        }
        context.warn(
                "one-by-one",
                "The " + columns.size()
                        + " grouping columns are looked at one by one: groups of one may differ because of"
                        + " another. A meta-regression sees them together: "
                        + SubgroupWarnings.regression(String.join(",", columns)));
        List<ResultItem> sections = new ArrayList<>();
        List<AnalysisException> faults = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            try {
                sections.add(Section.of(
                        id(columns.get(c), c),
                        "By " + columns.get(c),
                        items(in, context, studies, columns.get(c)).toArray(ResultItem[]::new)));
            } catch (AnalysisException e) {
                faults.add(e);
            }
        }
        if (sections.isEmpty()) {
            throw faults.get(0);
        }
        faults.forEach(fault ->
                context.warn(fault.code(), Objects.requireNonNull(fault.getMessage()) + " The column was left out."));
        return AnalysisResult.of(sections);
    }

    private static String id(String column, int at) {
        String id =
                column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        return (id.isEmpty() ? "group" : id) + "-" + (at + 1);
    }

    private static List<ResultItem> items(Inputs in, RunContext context, StudyInput studies, String column) {
        String[] cells = in.strings(GROUP, column);
        int[] indices = studies.indices();
        int[] rows = studies.sourceRows();
        int[] kept = IntStream.range(0, rows.length)
                .filter(i -> !cells[indices[i]].isEmpty())
                .toArray();
        if (kept.length < rows.length) {
            context.report(missing(in, studies, column, kept));
        }
        String[] names = Arrays.stream(kept).mapToObj(i -> cells[indices[i]]).toArray(String[]::new);
        int[] keptRows = Arrays.stream(kept).map(i -> rows[i]).toArray();
        SubgroupWarnings.requireGroups(in, column, names);
        SubgroupWarnings.beforehand(in, column, names).forEach(context::report);
        context.checkCancelled();
        EffectSizes effects =
                Groups.pick(studies.effects(), Arrays.stream(kept).boxed().toList());
        Groups groups = pool(in, column, effects, names);
        SubgroupWarnings.of(in, groups, keptRows).forEach(context::report);
        if (in.get(TAU2_WITHIN) == Within.COMMON) {
            groups.within().flatMap(ResidualHeterogeneity::message).ifPresent(context::report);
        }
        Measure measure = studies.measure();
        List<ResultItem> items =
                new ArrayList<>(List.of(SubgroupTables.groups(groups, measure), SubgroupTables.between(groups)));
        SubgroupTables.residual(groups).ifPresent(items::add);
        items.add(PooledTables.model(groups.all(), measure).named("model", "All studies: " + measure.label()));
        items.add(PooledTables.heterogeneity(groups.all().heterogeneity()));
        items.add(SubgroupForest.of(groups, measure));
        return items;
    }

    private static Groups pool(Inputs in, String column, EffectSizes effects, String[] names) {
        Pooling pooling = Pooling.of(in);
        boolean common = in.get(TAU2_WITHIN) == Within.COMMON;
        boolean regular = switch (pooling.test()) {
            case WALD, T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC -> true;
            default -> false;
        };
        if (common && !regular) {
            throw new AnalysisException(
                    "options-conflict",
                    "--tau2-within common works with --test z, t, hksj and hksj-plain, but the test is "
                            + pooling.test().token() + ". Choose another, or --tau2-within separate.");
        }
        try {
            return Groups.of(column, effects, names, pooling, common);
        } catch (ConvergenceException e) {
            throw new AnalysisException(
                    "no-convergence", in.source() + ", groups by '" + column + "': " + e.getMessage() + ".");
        }
    }

    private static Message missing(Inputs in, StudyInput studies, String column, int[] kept) {
        int[] rows = studies.sourceRows();
        int[] lost = IntStream.range(0, rows.length)
                .filter(i -> Arrays.binarySearch(kept, i) < 0)
                .toArray();
        String named = String.join(
                ", ",
                Arrays.stream(lost)
                        .limit(10)
                        .mapToObj(i -> "row " + rows[i] + " ("
                                + studies.effects().studies().get(i) + ")")
                        .toList());
        return Message.warning(
                        "missing-group",
                        in.source() + ": " + lost.length + " of " + rows.length + " studies "
                                + (lost.length == 1 ? "has" : "have") + " no group in column '" + column + "' and "
                                + (lost.length == 1 ? "is" : "are") + " left out: " + named
                                + (lost.length > 10 ? " and " + (lost.length - 10) + " more" : "") + ". " + kept.length
                                + " are used.")
                .at(Arrays.stream(lost).map(i -> rows[i]).toArray());
    }
}

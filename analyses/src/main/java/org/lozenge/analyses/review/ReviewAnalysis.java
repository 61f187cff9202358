package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lozenge.analyses.reports.AboutRoles;
import org.lozenge.analyses.reports.Comparison;
import org.lozenge.analyses.reports.EndpointFamily;
import org.lozenge.analyses.reports.KnownEndpoints;
import org.lozenge.analyses.shared.AbsoluteTables;
import org.lozenge.analyses.shared.BaselineParams;
import org.lozenge.analyses.shared.MetaforScript;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.ReportParams;
import org.lozenge.analyses.shared.ReportRoles;
import org.lozenge.analyses.shared.ReportRows;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Text;

/**
 * Reviews a table of trial reports as printed: audits them, derives log hazard ratios, chooses one report of each trial,
 * pools each family of endpoints and says what came out, in tables, figures and words.
 *
 * <p>The result is made of sections: {@code summary}, one for each family of endpoints with a hazard ratio (such as
 * {@code progression} and {@code death}), and {@code methods}. No row is lost: what does not enter a pool stands in the
 * table {@code not_used} with its reason.
 */
public final class ReviewAnalysis implements Analysis {

    private static final String[] REFERENCES = {
        "Page MJ and others. The PRISMA 2020 statement. BMJ 2021;372:n71. https://doi.org/10.1136/bmj.n71",
        "Parmar MKB, Torri V, Stewart L. Stat Med 1998;17:2815-2834. "
                + "https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8",
        "Tierney JF and others. Trials 2007;8:16. https://doi.org/10.1186/1745-6215-8-16",
        "Williamson PR and others. Stat Med 2002;21:3337-3351. https://doi.org/10.1002/sim.1303",
        "Guyot P and others. BMC Med Res Methodol 2012;12:9. https://doi.org/10.1186/1471-2288-12-9",
        "Royston P, Parmar MKB. BMC Med Res Methodol 2013;13:152. https://doi.org/10.1186/1471-2288-13-152",
        "Viechtbauer W. J Educ Behav Stat 2005;30:261-293. https://doi.org/10.3102/10769986030003261",
        "Knapp G, Hartung J. Stat Med 2003;22:2693-2710. https://doi.org/10.1002/sim.1482",
        "Higgins JPT, Thompson SG. Stat Med 2002;21:1539-1558. https://doi.org/10.1002/sim.1186",
        "Higgins JPT, Thompson SG, Spiegelhalter DJ. J R Stat Soc A 2009;172:137-159. "
                + "https://doi.org/10.1111/j.1467-985X.2008.00552.x"
    };

    /** The analysis has no state. */
    public ReviewAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("review", "Review of trial reports")
                .summary(
                        "From a table of trial reports as printed to a pooled hazard ratio for each family of endpoints: "
                                + "audit, routes, one report of each trial, both models, figures, and a methods paragraph.")
                .roles(AboutRoles.STUDY, ReportRows.ENDPOINT)
                .roles(ReportRoles.all().toArray(Role[]::new))
                .roles(AboutRoles.all())
                .params(options().toArray(Param<?>[]::new))
                .references(REFERENCES);
    }

    private static List<Param<?>> options() {
        List<Param<?>> options = new ArrayList<>(List.of(ReviewParams.CUTOFF));
        options.addAll(BaselineParams.all());
        options.add(ReviewParams.BASELINE_FOR);
        options.addAll(PoolingParams.all());
        options.addAll(ReportParams.all());
        return options;
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        ReportRows rows = ReportRows.read(in, context);
        rows.rejectOrSkip(in).forEach(context::report);
        rows.ignoredCells().forEach(context::report);
        ReportLines table = ReportLines.read(rows, in, context);
        List<FamilyReview> families = families(table, in, context);
        requireSomething(table.lines(), families, in);
        FamilyAbsolute.requireFamily(families, in);
        table.doubts().forEach(doubt -> context.report(warning(doubt)));
        List<ResultItem> sections = new ArrayList<>();
        sections.add(summary(table, families, in));
        Set<String> ids = new HashSet<>(Set.of("summary", "methods"));
        for (FamilyReview family : families) {
            sections.add(FamilySection.of(family, unique(family.family().id(), ids), in));
        }
        sections.add(Section.of(
                "methods",
                "Methods",
                new MethodsText(families, table.lines(), in).text(options(), software()),
                TrialTables.conversions(families),
                script(families).attachment(),
                Text.of("references", "References", String.join("\n\n", REFERENCES))));
        return AnalysisResult.of(sections);
    }

    /** Families in the order in which they are known, then those of the table in the order in which they appear. */
    private static List<FamilyReview> families(ReportLines table, Inputs in, RunContext context) {
        List<ReportLine> lines = table.lines();
        List<Comparison> comparisons = table.comparisons(context);
        Map<EndpointFamily, List<ReportLine>> groups = new LinkedHashMap<>();
        KnownEndpoints.FAMILIES.forEach(family -> groups.put(family, new ArrayList<>()));
        lines.forEach(line -> groups.computeIfAbsent(line.report().family(), family -> new ArrayList<>())
                .add(line));
        List<FamilyReview> families = new ArrayList<>();
        for (Map.Entry<EndpointFamily, List<ReportLine>> group : groups.entrySet()) {
            boolean any = group.getValue().stream()
                    .anyMatch(line -> line.report().derived().standing() != Derivation.Standing.NOTHING);
            if (any) {
                context.checkCancelled();
                families.add(FamilyReview.of(group.getKey(), group.getValue(), comparisons, in));
            }
        }
        return families;
    }

    private static void requireSomething(List<ReportLine> lines, List<FamilyReview> families, Inputs in) {
        if (families.stream().anyMatch(family -> family.pool().isPresent())) {
            return;
        }
        Map<String, List<Integer>> reasons = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.report().derived().problem(),
                        LinkedHashMap::new,
                        Collectors.mapping(line -> line.report().row(), Collectors.toList())));
        List<String> parts = new ArrayList<>();
        reasons.forEach((reason, rows) -> parts.add(Words.capital(Words.rows(rows)) + ": " + reason + "."));
        throw new AnalysisException(
                "no-usable-report",
                in.source() + " has no row that can be pooled. " + String.join(" ", parts)
                        + " Give at least one hazard ratio with its interval, an exact P value or events.");
    }

    /** All pools once more, for R. */
    private static MetaforScript script(List<FamilyReview> families) {
        MetaforScript script = MetaforScript.empty();
        for (FamilyReview family : families) {
            if (family.pool().isPresent()) {
                script = script.add(family.family().title(), family.pool().get().pooled());
            }
        }
        return script;
    }

    private static Section summary(ReportLines table, List<FamilyReview> families, Inputs in) {
        List<NotUsed> notUsed = NotUsed.of(table.lines(), families);
        SummaryText summary = new SummaryText(in.source(), table.lines(), families, notUsed);
        List<Choice.Doubt> doubts = new ArrayList<>(table.doubts());
        for (FamilyReview family : families) {
            family.doubts().stream()
                    .map(doubt ->
                            new Choice.Doubt(doubt.code(), family.family().title() + ": " + doubt.text(), doubt.rows()))
                    .forEach(doubts::add);
        }
        List<ResultItem> items = new ArrayList<>(List.of(summary.text(doubts.size()), summary.overview()));
        ReportsText.toDecide(doubts).ifPresent(items::add);
        List<AbsoluteTables.FindingRow> findings = families.stream()
                .flatMap(family -> FamilyAbsolute.of(family, in).stream())
                .flatMap(absolute -> absolute.findings().stream())
                .toList();
        if (!findings.isEmpty()) {
            items.add(AbsoluteTables.findingsWithoutCertainty(findings));
        }
        if (!notUsed.isEmpty()) {
            items.add(NotUsed.table(notUsed));
        }
        return Section.of("summary", "Summary", items.toArray(ResultItem[]::new));
    }

    static Message warning(Choice.Doubt doubt) {
        return Message.warning(doubt.code(), doubt.text() + ".")
                .at(doubt.rows().stream().mapToInt(Integer::intValue).toArray());
    }

    private static String unique(String id, Set<String> taken) {
        String candidate = id;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = id + "-" + i;
        }
        return candidate;
    }

    /** The jar says its version; classes that come from no jar do not. */
    private static String software() {
        String version = ReviewAnalysis.class.getPackage().getImplementationVersion();
        return version == null ? "Lozenge, analysis review" : "Lozenge, analysis review of lozenge-analyses " + version;
    }
}

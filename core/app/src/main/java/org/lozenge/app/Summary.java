package org.lozenge.app;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.report.Report;

/**
 * What the terminal shows of a long result: the first text and the first table of its section {@code summary}; without
 * such a section, its table of contents.
 */
final class Summary {

    private static final String SECTION = "summary";

    private Summary() {}

    static String of(Provenance run, AnalysisResult result, String title, Console.Setting setting) {
        List<ResultItem> shown = result.items().stream()
                .filter(item -> item instanceof Section && item.id().equals(SECTION))
                .map(item -> ((Section) item).items())
                .map(Summary::heart)
                .findFirst()
                .orElseGet(() -> contents(result.items()));
        Outcome.Ok brief = new Outcome.Ok(run, AnalysisResult.of(shown), List.of());
        boolean colour = setting.outIsTerminal() && setting.colour();
        return Report.of(brief).titled(title).text(setting.columns(), colour);
    }

    private static List<ResultItem> heart(List<ResultItem> items) {
        List<ResultItem> heart = new ArrayList<>();
        items.stream().filter(Text.class::isInstance).findFirst().ifPresent(heart::add);
        items.stream().filter(Tabular.class::isInstance).findFirst().ifPresent(heart::add);
        return heart;
    }

    private static List<ResultItem> contents(List<ResultItem> items) {
        return List.of(Tabular.of("contents", "Contents")
                .texts("id", items.stream().map(ResultItem::id).toArray(String[]::new))
                .texts("title", items.stream().map(ResultItem::title).toArray(String[]::new)));
    }
}

package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PooledTables;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.PoolingWarnings;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;

/** Puts what is to say about one family into one section, in the order in which it is read. */
final class FamilySection {

    private FamilySection() {}

    static Section of(FamilyReview review, String id, Inputs in) {
        FamilyTables tables = new FamilyTables(review, in.get(PoolingParams.LEVEL));
        List<ResultItem> items = new ArrayList<>();
        items.add(new ResultText(review).text());
        review.pool().ifPresent(pool -> items.add(new FamilyFigures(review, pool).forest()));
        IntervalsText.of(review).ifPresent(items::add);
        MixtureText.of(review).ifPresent(items::add);
        addFilled(items, TrialTables.overview(review));
        review.pool().ifPresent(pool -> items.addAll(sensitivity(review, pool, in)));
        review.pool().ifPresent(pool -> items.addAll(FamilyRobustness.of(pool)));
        FamilyAbsolute.of(review, in).ifPresent(absolute -> items.addAll(absolute.items()));
        FamilyCurves curves = FamilyCurves.of(review, in.get(PoolingParams.LEVEL));
        items.addAll(curves.items());
        ReportsText.toDecide(review.doubts()).ifPresent(items::add);
        items.add(ReportsText.of(review, in.get(ReviewParams.CUTOFF)));
        addFilled(items, tables.reportsUsed());
        addFilled(items, tables.reportsNotUsed());
        items.add(ReportsText.audit(review));
        addFilled(items, tables.audit());
        review.pool().ifPresent(pool -> items.addAll(models(review, pool, tables)));
        addFilled(items, tables.routes());
        review.pool()
                .filter(pool -> pool.k() > 1)
                .ifPresent(pool -> items.add(new FamilyFigures(review, pool).funnel()));
        return new Section(id, review.family().title(), Section.Status.OK, items, messages(review, curves, in));
    }

    private static List<ResultItem> sensitivity(FamilyReview review, Pool pool, Inputs in) {
        Sensitivity sensitivity = Sensitivity.of(review, pool, Pooling.of(in));
        return sensitivity.isEmpty() ? List.of() : List.of(sensitivity.text(), sensitivity.table());
    }

    private static void addFilled(List<ResultItem> items, Tabular table) {
        if (table.rows() > 0) {
            items.add(table);
        }
    }

    private static List<ResultItem> models(FamilyReview review, Pool pool, FamilyTables tables) {
        List<ResultItem> items = new ArrayList<>(List.of(tables.effects()));
        items.add(PooledTables.model(pool.pooled(), Measure.HR));
        if (pool.k() > 1) {
            items.add(tables.intervals(pool));
        }
        tables.withoutOdd().ifPresent(items::add);
        if (review.settings().size() > 1) {
            items.add(tables.settings());
        }
        items.add(PooledTables.heterogeneity(pool.pooled().heterogeneity()));
        items.add(PooledTables.studies(pool.pooled(), Measure.HR));
        return items;
    }

    private static List<Message> messages(FamilyReview review, FamilyCurves curves, Inputs in) {
        List<Message> messages = new ArrayList<>();
        review.pool()
                .ifPresent(pool -> messages.addAll(PoolingWarnings.of(
                        pool.pooled(),
                        Measure.HR,
                        pool.reports().stream().mapToInt(Report::row).toArray())));
        messages.addAll(Cautions.of(review));
        messages.addAll(curves.messages());
        FamilyAbsolute.of(review, in).ifPresent(absolute -> messages.addAll(absolute.messages()));
        review.doubts().forEach(doubt -> messages.add(ReviewAnalysis.warning(doubt)));
        return messages;
    }
}

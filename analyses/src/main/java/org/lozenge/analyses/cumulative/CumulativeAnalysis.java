package org.lozenge.analyses.cumulative;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.OneModel;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.analyses.shared.RunMonitor;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.analyses.shared.SubsetTables;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.sensitivity.Cumulative;
import org.lozenge.stats.sensitivity.SubsetFit;

/**
 * Pools the first study, the first two, and so on, in an order that the table or an option gives.
 *
 * <p>The result has the table {@code fits} and the figure {@code forest}.
 */
public final class CumulativeAnalysis implements Analysis {

    /** What studies are ordered by. */
    enum Order {
        /** The mapped column, else the order of the table. */
        AUTO,
        /** The order of the table. */
        TABLE,
        /** The standard error, most precise first. */
        PRECISION,
        /** The effect, smallest first. */
        EFFECT
    }

    private static final Role ORDER = Role.any("order", "What studies are ordered by")
            .sparse()
            .aka("year", "publication_year", "pub_year", "date", "published");

    private static final Param<Order> BY = Param.choice("order-by", "Order of the studies", Order.AUTO)
            .help(
                    "auto: by the column of role 'order' where there is one, else as in the table; precision: most precise"
                            + " first; effect: smallest first.");

    private static final Param<Boolean> DESCENDING = Param.flag("descending", "From the last to the first", false);

    /** The analysis has no state. */
    public CumulativeAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("cumulative", "Cumulative meta-analysis")
                .summary(
                        "The pooled effect as studies are added one by one, by year or in any other order: when was the"
                                + " question settled, and does the result drift?")
                .roles(StudyInput.roles())
                .roles(ORDER)
                .params(StudyInput.MEASURE, BY, DESCENDING)
                .params(OneModel.params().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references("Lau J and others. N Engl J Med 1992;327:248-254."
                        + " https://doi.org/10.1056/NEJM199207233270406");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        OneModel model = OneModel.of(in);
        List<Integer> order = order(in, studies, context);
        context.checkCancelled();
        RunMonitor monitor = new RunMonitor(context, "Steps");
        List<SubsetFit> fits = Cumulative.inOrder(
                studies.effects(),
                order.stream().mapToInt(Integer::intValue).toArray(),
                model.fitter(),
                model.basis(),
                monitor);
        monitor.tell(fits.size(), order.size(), "steps", "the later ones were not taken");
        List<String> names = order.stream()
                .limit(fits.size())
                .map(i -> studies.effects().studies().get(i))
                .toList();
        for (int i = 0; i < fits.size(); i++) {
            String name = names.get(i);
            fits.get(i)
                    .problem()
                    .ifPresent(
                            problem -> context.warn("no-fit", "Up to " + name + " there is no fit: " + problem + "."));
        }
        List<String> labels = IntStream.range(0, names.size())
                .mapToObj(i -> (i == 0 ? "" : "+ ") + names.get(i))
                .toList();
        return AnalysisResult.of(
                SubsetTables.fits("Up to and with each study", names, fits, studies.measure()),
                forest(model, studies, labels, fits));
    }

    private static ForestPlot forest(OneModel model, StudyInput studies, List<String> labels, List<SubsetFit> fits) {
        Measure measure = studies.measure();
        Pooled pooled;
        try {
            pooled = model.pooling().pool(studies.effects());
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
        var all = model.fit(pooled);
        return SubsetTables.rows(
                        PooledForest.frame(
                                "forest",
                                "Cumulative meta-analysis",
                                measure,
                                pooled.pooling().level()),
                        labels,
                        fits,
                        measure)
                .summary(
                        model.label(pooled),
                        measure.display(all.estimate()),
                        measure.display(all.confidenceInterval().lower()),
                        measure.display(all.confidenceInterval().upper()))
                .footnote("Intervals of repeated looks at growing data do not keep their level as a whole.")
                .describe("The pooled effect of the first study, the first two, and so on to all " + fits.size() + ".");
    }

    // ---- order

    private static List<Integer> order(Inputs in, StudyInput studies, RunContext context) {
        EffectSizes effects = studies.effects();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, effects.k()).boxed().toList());
        Order by = in.get(BY);
        boolean column = by == Order.AUTO && in.has(ORDER);
        if (column) {
            byColumn(in, studies, order, context);
        } else if (by == Order.PRECISION) {
            order.sort(directed(in, Comparator.comparingDouble(i -> effects.v().get(i))));
        } else if (by == Order.EFFECT) {
            order.sort(directed(in, Comparator.comparingDouble(i -> effects.y().get(i))));
        } else if (in.get(DESCENDING)) {
            Collections.reverse(order);
        }
        return order;
    }

    private static Comparator<Integer> directed(Inputs in, Comparator<Integer> ascending) {
        return in.get(DESCENDING) ? ascending.reversed() : ascending;
    }

    /** Numbers in their order, else texts, which suits dates written 2011-10-01; rows without come last. */
    private static void byColumn(Inputs in, StudyInput studies, List<Integer> order, RunContext context) {
        String[] cells = in.strings(ORDER);
        int[] indices = studies.indices();
        List<Integer> missing =
                order.stream().filter(i -> cells[indices[i]].isEmpty()).toList();
        if (!missing.isEmpty()) {
            context.warn(
                    "no-order",
                    in.source() + ", column '" + in.columns(ORDER).get(0) + "': " + missing.size()
                            + (missing.size() == 1
                                    ? " study has nothing to order by and comes last."
                                    : " studies have nothing to order by and come last."),
                    missing.stream().mapToInt(i -> studies.sourceRows()[i]).toArray());
        }
        order.removeAll(missing);
        List<Integer> texts = order.stream()
                .filter(i -> NumberText.parse(cells[indices[i]]).isEmpty())
                .toList();
        boolean numbers = texts.isEmpty();
        if (!numbers && texts.size() < order.size()) {
            int first = texts.get(0);
            throw new AnalysisException(
                    "mixed-column",
                    in.source() + ", row " + studies.sourceRows()[first] + ", column '"
                            + in.columns(ORDER).get(0) + "': '" + cells[indices[first]] + "' is not a number, but "
                            + (order.size() - texts.size()) + " of " + order.size()
                            + " cells are, so there is no order. Correct or empty the cell, or map another column.");
        }
        Comparator<Integer> ascending = numbers
                ? Comparator.comparingDouble(i -> Optional.of(cells[indices[i]])
                        .flatMap(NumberText::parse)
                        .orElseThrow())
                : Comparator.comparing(i -> cells[indices[i]]);
        order.sort(directed(in, ascending));
        order.addAll(missing);
    }
}

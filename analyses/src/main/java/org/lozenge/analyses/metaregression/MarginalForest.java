package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.formula.PredictedMeans;
import org.lozenge.analyses.formula.PredictedMeans.Mean;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.stats.Interval;

/** The marginal means as a forest plot. */
final class MarginalForest {

    private final Fitted fitted;

    MarginalForest(Fitted fitted) {
        this.fitted = fitted;
    }

    /** The plot; empty without categories. */
    Optional<ForestPlot> plot() {
        List<Row> rows = new ArrayList<>();
        String heading = "";
        for (Mean mean : PredictedMeans.means(fitted.moderators())) {
            if (mean.cells().isEmpty()) {
                continue;
            }
            if (!mean.variable().equals(heading)) {
                heading = mean.variable();
                rows.add(Row.text(RowKind.HEADING, heading));
            }
            Interval ci = fitted.inference().confidenceInterval(fitted.level(), mean.row());
            Interval pi = fitted.inference().predictionInterval(fitted.level(), mean.row());
            rows.add(Row.of(
                            RowKind.SUBTOTAL,
                            mean.level() + " (k = " + mean.k() + ")",
                            shown(fitted.inference().estimate(mean.row())),
                            shown(ci.lower()),
                            shown(ci.upper()),
                            Double.NaN)
                    .indent(1));
            rows.add(Row.of(
                            RowKind.PREDICTION,
                            PlotText.level(fitted.level()) + " prediction interval",
                            Double.NaN,
                            shown(pi.lower()),
                            shown(pi.upper()),
                            Double.NaN)
                    .indent(1));
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(PooledForest.frame("marginal-means", "Marginal means", fitted.measure(), fitted.level())
                .describe(
                        "Mean effect predicted for each level of the categories among the moderators, with confidence and"
                                + " prediction intervals.")
                .addAll(rows)
                .footnote("Other moderators of numbers at their mean; other categories averaged, each level alike."));
    }

    private double shown(double value) {
        return fitted.measure().display(value);
    }
}

package org.lozenge.analyses.moderatorforest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.analyses.explore.ModeratorForest.Settings;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Tabular;

/** The tables of the analysis {@code moderator-forest}. */
final class ForestTables {

    private final Forests forests;
    private final StudyInput studies;
    private final int[] kept;
    private final double[] weights;
    private final double tau2;
    private final Settings settings;
    private final Inputs in;

    ForestTables(
            Forests forests,
            StudyInput studies,
            int[] kept,
            double[] weights,
            double tau2,
            Settings settings,
            Inputs in) {
        this.forests = forests;
        this.studies = studies;
        this.kept = kept;
        this.weights = weights;
        this.tau2 = tau2;
        this.settings = settings;
        this.in = in;
    }

    Tabular forest() {
        return Tabular.of("forest", "Random forests")
                .numbers("k", kept.length)
                .numbers("p", forests.columns().size())
                .numbers("repeats", in.get(ForestOptions.REPEATS))
                .numbers("trees", settings.trees())
                .numbers("mtry", settings.mtry())
                .numbers("node_size", settings.nodeSize())
                .numbers("tau2", tau2)
                .numbers("r2", forests.r2())
                .numbers("r2_sd", forests.r2Spread())
                .numbers("mse", forests.variance() * (1 - forests.r2()))
                .format("p", Format.INTEGER)
                .format("repeats", Format.INTEGER)
                .format("trees", Format.INTEGER)
                .format("mtry", Format.INTEGER)
                .format("node_size", Format.INTEGER)
                .format("r2_sd", Format.PERCENT)
                .label("p", "moderators")
                .label("repeats", "forests")
                .label("trees", "trees each")
                .label("node_size", "smallest leaf")
                .label("r2", "R² out of the bag")
                .label("r2_sd", "SD over forests")
                .label("mse", "mean square error");
    }

    Tabular importance() {
        int[] order = forests.ranking();
        double variance = forests.variance();
        return Tabular.of("importance", "Permutation importance")
                .texts(
                        "moderator",
                        Arrays.stream(order)
                                .mapToObj(j -> forests.columns().get(j).name())
                                .toArray(String[]::new))
                .numbers(
                        "rank",
                        IntStream.rangeClosed(1, order.length).asDoubleStream().toArray())
                .numbers("importance", each(order, forests::importance))
                .numbers("sd", each(order, forests::importanceSpread))
                .numbers("r2_loss", each(order, j -> forests.importance(j) / variance))
                .numbers("r2_loss_sd", each(order, j -> forests.importanceSpread(j) / variance))
                .format("rank", Format.INTEGER)
                .format("r2_loss", Format.PERCENT)
                .format("r2_loss_sd", Format.PERCENT)
                .label("importance", "rise in error")
                .label("sd", "SD over forests")
                .label("r2_loss", "as a share of the variance")
                .label("r2_loss_sd", "SD");
    }

    private static double[] each(int[] order, IntToDoubleFunction value) {
        return Arrays.stream(order).mapToDouble(value).toArray();
    }

    Tabular partial() {
        List<String> names = new ArrayList<>();
        List<String> levels = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        List<Double> predictions = new ArrayList<>();
        List<Double> spreads = new ArrayList<>();
        for (int j : forests.ranking()) {
            Forests.Partial partial = forests.partial(j);
            for (int i = 0; i < partial.values().length; i++) {
                boolean numeric = partial.column().isNumeric();
                double value = partial.values()[i];
                names.add(partial.column().name());
                values.add(numeric ? value : Double.NaN);
                levels.add(
                        numeric
                                ? NumberText.print(value)
                                : partial.column().levels().get((int) value));
                predictions.add(partial.predictions()[i]);
                spreads.add(partial.spread()[i]);
            }
        }
        Measure measure = studies.measure();
        return Tabular.of("partial", "Partial dependence")
                .texts("moderator", names.toArray(String[]::new))
                .texts("level", levels.toArray(String[]::new))
                .numbers("value", numbers(values))
                .numbers("estimate", numbers(predictions))
                .numbers("sd", numbers(spreads))
                .numbers(
                        "effect",
                        predictions.stream().mapToDouble(measure::display).toArray())
                .label("estimate", "prediction")
                .label("sd", "SD over forests")
                .label("effect", measure.label());
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    Tabular studies() {
        double total = Arrays.stream(weights).sum();
        double[] predicted = forests.predicted();
        double[] y = each(kept, i -> studies.effects().y().get(i));
        double[] residual = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            residual[i] = y[i] - predicted[i];
        }
        return Tabular.of("studies", "Studies")
                .texts(
                        "study",
                        Arrays.stream(kept)
                                .mapToObj(i -> studies.effects().studies().get(i))
                                .toArray(String[]::new))
                .numbers("y", y)
                .numbers("v", each(kept, i -> studies.effects().v().get(i)))
                .numbers("weight", Arrays.stream(weights).map(w -> w / total).toArray())
                .numbers("fitted", predicted)
                .numbers("residual", residual)
                .label("fitted", "predicted out of the bag");
    }
}

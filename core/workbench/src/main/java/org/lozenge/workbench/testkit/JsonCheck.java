package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.json.JsonTree;
import org.lozenge.workbench.report.Report;

/** Reads the JSON of an outcome back and compares it with the result, number by number. */
final class JsonCheck {

    private final List<String> losses = new ArrayList<>();

    private JsonCheck() {}

    /** Returns in words what JSON does not hold as it was. */
    static List<String> losses(Outcome.Ok outcome) {
        JsonCheck check = new JsonCheck();
        Object tree = JsonTree.read(Report.of(outcome).json());
        check.items("", outcome.result().items(), member(tree, "items"));
        return check.losses;
    }

    private static Object member(Object tree, String name) {
        return tree instanceof Map<?, ?> map
                ? Optional.<Object>ofNullable(map.get(name)).orElse("")
                : "";
    }

    private static List<?> list(Object tree) {
        return tree instanceof List<?> list ? list : List.of();
    }

    private void items(String path, List<ResultItem> items, Object tree) {
        List<?> read = list(tree);
        if (read.size() != items.size()) {
            losses.add(path + " holds " + items.size() + " items, in JSON " + read.size());
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            item(path + items.get(i).id(), items.get(i), read.get(i));
        }
    }

    private void item(String path, ResultItem item, Object tree) {
        text(path + ".id", item.id(), member(tree, "id"));
        text(path + ".title", item.title(), member(tree, "title"));
        if (item instanceof Scalar scalar) {
            number(path, scalar.value(), member(tree, "value"));
        } else if (item instanceof Estimate estimate) {
            number(path + ".value", estimate.value(), member(tree, "value"));
            number(path + ".low", estimate.low(), member(tree, "low"));
            number(path + ".high", estimate.high(), member(tree, "high"));
            number(path + ".p_value", estimate.pValue(), member(tree, "p_value"));
        } else if (item instanceof Text text) {
            text(path, text.body(), member(tree, "body"));
        } else if (item instanceof Attachment attachment) {
            text(path, attachment.body(), member(tree, "body"));
        } else if (item instanceof Tabular table) {
            table(path, table, list(member(tree, "rows")));
        } else if (item instanceof ForestPlot forest) {
            forest(path, forest, list(member(tree, "rows")));
        } else if (item instanceof XYPlot plot) {
            plot(path, plot, list(member(tree, "layers")));
        } else if (item instanceof Section section) {
            items(path + "/", section.items(), member(tree, "items"));
        }
    }

    private void table(String path, Tabular table, List<?> rows) {
        for (int row = 0; row < table.rows(); row++) {
            List<?> cells = row < rows.size() ? list(rows.get(row)) : List.of();
            for (int c = 0; c < table.columns().size(); c++) {
                Tabular.Series column = table.columns().get(c);
                Object cell = c < cells.size() ? cells.get(c) : "";
                String at = path + "." + column.name() + "[" + row + "]";
                if (column.type() == Tabular.Type.NUMBER) {
                    number(at, column.number(row), cell);
                } else {
                    text(at, column.text(row), cell);
                }
            }
        }
    }

    private void forest(String path, ForestPlot forest, List<?> rows) {
        for (int i = 0; i < forest.rows().size(); i++) {
            ForestPlot.Row row = forest.rows().get(i);
            Object read = i < rows.size() ? rows.get(i) : "";
            String at = path + "[" + i + "]";
            text(at + ".label", row.label(), member(read, "label"));
            number(at + ".value", row.value(), member(read, "value"));
            number(at + ".low", row.low(), member(read, "low"));
            number(at + ".high", row.high(), member(read, "high"));
            number(at + ".weight", row.weight(), member(read, "weight"));
        }
    }

    private void plot(String path, XYPlot plot, List<?> layers) {
        for (int i = 0; i < plot.layers().size(); i++) {
            Object read = i < layers.size() ? layers.get(i) : "";
            numbers(path + ".x", plot.layers().get(i).x(), list(member(read, "x")));
            numbers(path + ".y", plot.layers().get(i).y(), list(member(read, "y")));
        }
    }

    private void numbers(String path, double[] numbers, List<?> read) {
        for (int i = 0; i < numbers.length; i++) {
            number(path + "[" + i + "]", numbers[i], i < read.size() ? read.get(i) : "");
        }
    }

    private void number(String path, double number, Object read) {
        Optional<Double> back = NumberText.parse(String.valueOf(read));
        boolean same = Double.isNaN(number) ? back.isEmpty() : back.isPresent() && back.get() == number;
        if (!same) {
            losses.add(path + " is " + NumberText.print(number) + ", in JSON "
                    + (String.valueOf(read).isEmpty() ? "null" : read));
        }
    }

    private void text(String path, String text, Object read) {
        if (!text.equals(read)) {
            losses.add(path + " is '" + text + "', in JSON '" + read + "'");
        }
    }
}

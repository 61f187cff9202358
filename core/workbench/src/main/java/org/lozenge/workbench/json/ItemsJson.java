package org.lozenge.workbench.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.json.OutcomeJson.Members;

/** Reads the items of a result. */
final class ItemsJson {

    private ItemsJson() {}

    static List<ResultItem> read(List<?> items) {
        List<ResultItem> read = new ArrayList<>();
        for (Object item : items) {
            Members members = Members.of(item, "an item");
            String where = "item '" + members.text("id") + "'";
            read.add(item(new Members(members.map(), where)));
        }
        return read;
    }

    private static ResultItem item(Members item) {
        String type = item.text("type");
        String id = item.text("id");
        String title = item.text("title");
        return switch (type) {
            case "scalar" -> new Scalar(id, title, item.number("value"), item.constant("format", Format.class));
            case "estimate" -> estimate(item);
            case "text" -> new Text(id, title, item.text("body"));
            case "attachment" -> attachment(item);
            case "table" -> table(item);
            case "forest-plot" -> forest(item);
            case "xy-plot" -> plot(item);
            case "section" ->
                new Section(
                        id,
                        title,
                        item.constant("status", Section.Status.class),
                        read(item.list("items")),
                        OutcomeJson.messages(item));
            default ->
                throw new IllegalArgumentException(
                        item.where() + " is of the type '" + type + "', which this version does not know.");
        };
    }

    private static Estimate estimate(Members item) {
        return new Estimate(
                item.text("id"),
                item.text("title"),
                item.number("value"),
                item.number("low"),
                item.number("high"),
                item.number("level"),
                item.number("p_value"),
                item.constant("scale", Scale.class));
    }

    private static Attachment attachment(Members item) {
        String file = item.text("file");
        String extension = file.substring(file.lastIndexOf('.') + 1);
        return new Attachment(item.text("id"), item.text("title"), item.text("note"), extension, item.text("body"));
    }

    private static Tabular table(Members item) {
        Tabular table = Tabular.of(item.text("id"), item.text("title"));
        List<?> rows = item.list("rows");
        int c = 0;
        for (Members column : item.objects("columns")) {
            String name = column.text("name");
            int index = c++;
            table = column.constant("type", Tabular.Type.class) == Tabular.Type.NUMBER
                    ? table.numbers(
                            name,
                            rows.stream()
                                    .mapToDouble(row -> OutcomeJson.number(cell(row, index, item), item.where()))
                                    .toArray())
                    : table.texts(
                            name,
                            rows.stream()
                                    .map(row -> String.valueOf(cell(row, index, item)))
                                    .toArray(String[]::new));
            table = table.label(name, column.text("label")).format(name, column.constant("format", Format.class));
        }
        return table;
    }

    private static Object cell(Object row, int column, Members item) {
        if (row instanceof List<?> cells && column < cells.size()) {
            return cells.get(column);
        }
        throw new IllegalArgumentException(item.where() + " has a row that lacks cells.");
    }

    private static ForestPlot forest(Members item) {
        ForestPlot forest = ForestPlot.of(item.text("id"), item.text("title"), item.constant("scale", Scale.class))
                .measure(item.text("measure"))
                .level(item.number("level"))
                .reference(item.number("reference"))
                .axis(item.text("axis"))
                .favours(item.text("favours_low"), item.text("favours_high"))
                .describe(item.text("description"));
        for (Members column : item.objects("columns")) {
            forest = forest.column(
                    column.text("key"), column.text("header"), column.constant("side", ForestPlot.Side.class));
        }
        forest = forest.addAll(item.objects("rows").stream().map(ItemsJson::row).toList());
        for (String footnote : item.textList("footnotes")) {
            forest = forest.footnote(footnote);
        }
        return forest;
    }

    private static ForestPlot.Row row(Members row) {
        Map<String, String> cells = new LinkedHashMap<>(row.object("cells").texts());
        return new ForestPlot.Row(
                row.constant("kind", ForestPlot.RowKind.class),
                row.text("label"),
                row.number("value"),
                row.number("low"),
                row.number("high"),
                row.number("weight"),
                row.whole("indent"),
                cells);
    }

    private static XYPlot plot(Members item) {
        XYPlot plot = XYPlot.of(item.text("id"), item.text("title"), item.text("x_label"), item.text("y_label"))
                .scales(item.constant("x_scale", Scale.class), item.constant("y_scale", Scale.class))
                .describe(item.text("description"));
        plot = item.flag("y_inverted") ? plot.invertY() : plot;
        for (Members layer : item.objects("layers")) {
            plot = layer(plot, layer);
        }
        for (String footnote : item.textList("footnotes")) {
            plot = plot.footnote(footnote);
        }
        return plot;
    }

    private static XYPlot layer(XYPlot plot, Members layer) {
        XYPlot.Mark mark = layer.constant("mark", XYPlot.Mark.class);
        XYPlot.Tone tone = layer.constant("tone", XYPlot.Tone.class);
        String name = layer.text("name");
        double[] x = layer.numbers("x");
        double[] y = layer.numbers("y");
        return switch (mark) {
            case BAND -> plot.band(tone, name, x, y, layer.numbers("y2"));
            case POINTS ->
                plot.points(
                        tone,
                        name,
                        x,
                        y,
                        layer.numbers("sizes"),
                        layer.has("labels") ? layer.textList("labels") : List.of());
            case LINE, STEP, REGION -> plot.layer(mark, tone, name, x, y);
        };
    }
}

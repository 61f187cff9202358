package org.lozenge.workbench.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;

/**
 * An outcome as JSON. Names and order of the keys are public contract. Fractions stay fractions, effects stay on their
 * scale, nothing is rounded.
 */
final class JsonReport {

    private final JsonText json;

    private JsonReport(JsonText json) {
        this.json = json;
    }

    /** @param lossless whether infinite numbers are texts, not {@code null} */
    static String of(Outcome outcome, boolean lossless) {
        return JsonText.of(lossless, json -> new JsonReport(json).write(outcome));
    }

    private void write(Outcome outcome) throws IOException {
        Provenance run = outcome.provenance();
        json.object(() -> {
            json.field("lozenge", Version.text());
            json.field("status", outcome.status());
            provenance(run);
            items(outcome.available().orElseGet(AnalysisResult::of));
            messages(outcome.messages());
        });
    }

    private void provenance(Provenance run) throws IOException {
        json.flat("analysis", () -> {
            json.field("id", run.analysis());
            json.field("plugin", run.plugin());
            json.field("version", run.version());
        });
        json.flat("input", () -> {
            json.field("name", run.input().name());
            json.field("sha256", run.input().sha256());
            json.whole("rows", run.input().rows());
            json.whole("used", run.input().used());
        });
        json.object("mapping", () -> {
            for (Map.Entry<String, List<String>> role : run.mapping().entrySet()) {
                json.field(role.getKey(), role.getValue());
            }
        });
        json.object("params", () -> {
            for (Map.Entry<String, String> param : run.params().entrySet()) {
                json.field(param.getKey(), param.getValue());
            }
        });
        if (!run.given().equals(Provenance.Given.NOTHING)) {
            given(run.given());
        }
        if (!run.where().isEmpty()) {
            json.object("where", () -> {
                for (Map.Entry<String, List<String>> condition : run.where().entrySet()) {
                    json.field(condition.getKey(), condition.getValue());
                }
            });
        }
        if (!run.by().isEmpty()) {
            json.field("by", run.by());
        }
        json.whole("seed", run.seed());
    }

    private void given(Provenance.Given given) throws IOException {
        json.object("given", () -> {
            json.object("mapping", () -> {
                for (Map.Entry<String, List<String>> role : given.mapping().entrySet()) {
                    json.field(role.getKey(), role.getValue());
                }
            });
            json.object("params", () -> {
                for (Map.Entry<String, String> param : given.params().entrySet()) {
                    json.field(param.getKey(), param.getValue());
                }
            });
            json.field("strict", given.strict());
        });
    }

    private void items(AnalysisResult result) throws IOException {
        items(result.items());
    }

    private void items(List<ResultItem> items) throws IOException {
        json.array("items", () -> {
            for (ResultItem item : items) {
                json.object(() -> item(item));
            }
        });
    }

    private void item(ResultItem item) throws IOException {
        json.field("id", item.id());
        if (item instanceof Tabular table) {
            table(table);
        } else if (item instanceof ForestPlot forest) {
            forest(forest);
        } else if (item instanceof XYPlot plot) {
            plot(plot);
        } else if (item instanceof Scalar scalar) {
            head("scalar", item);
            json.field("value", scalar.value());
            json.field("format", token(scalar.format()));
        } else if (item instanceof Estimate estimate) {
            estimate(estimate);
        } else if (item instanceof Text text) {
            head("text", item);
            json.field("body", text.body());
        } else if (item instanceof Attachment attachment) {
            head("attachment", item);
            json.field("file", attachment.fileName());
            json.field("note", attachment.note());
            json.field("body", attachment.body());
        } else if (item instanceof Section section) {
            head("section", item);
            json.field("status", token(section.status()));
            items(section.items());
            messages(section.messages());
        }
    }

    private void head(String type, ResultItem item) throws IOException {
        json.field("type", type);
        json.field("title", item.title());
    }

    private void estimate(Estimate estimate) throws IOException {
        head("estimate", estimate);
        json.field("value", estimate.value());
        json.field("low", estimate.low());
        json.field("high", estimate.high());
        json.field("level", estimate.level());
        json.field("p_value", estimate.pValue());
        json.field("scale", token(estimate.scale()));
    }

    private void table(Tabular table) throws IOException {
        head("table", table);
        json.array("columns", () -> {
            for (Tabular.Series column : table.columns()) {
                json.flat(() -> {
                    json.field("name", column.name());
                    json.field("type", token(column.type()));
                    json.field("label", column.label());
                    json.field("format", token(column.format()));
                });
            }
        });
        json.array("rows", () -> {
            for (int row = 0; row < table.rows(); row++) {
                int r = row;
                json.row(() -> cells(table, r));
            }
        });
    }

    private void cells(Tabular table, int row) throws IOException {
        for (Tabular.Series column : table.columns()) {
            if (column.type() == Tabular.Type.NUMBER) {
                json.number(column.number(row));
            } else {
                json.string(column.text(row));
            }
        }
    }

    private void forest(ForestPlot forest) throws IOException {
        head("forest-plot", forest);
        json.field("scale", token(forest.scale()));
        json.field("measure", forest.measure());
        json.field("level", forest.level());
        json.field("reference", forest.reference());
        json.field("axis", forest.axis());
        json.field("favours_low", forest.favoursLow());
        json.field("favours_high", forest.favoursHigh());
        json.field("description", forest.description());
        json.array("columns", () -> {
            for (ForestPlot.Column column : forest.columns()) {
                json.flat(() -> {
                    json.field("key", column.key());
                    json.field("header", column.header());
                    json.field("side", token(column.side()));
                });
            }
        });
        json.array("rows", () -> {
            for (ForestPlot.Row row : forest.rows()) {
                json.flat(() -> row(forest, row));
            }
        });
        json.field("footnotes", forest.footnotes());
    }

    private void row(ForestPlot forest, ForestPlot.Row row) throws IOException {
        json.field("kind", token(row.kind()));
        json.field("label", row.label());
        json.field("value", row.value());
        json.field("low", row.low());
        json.field("high", row.high());
        json.field("weight", row.weight());
        json.whole("indent", row.indent());
        json.object("cells", () -> {
            for (ForestPlot.Column column : forest.columns()) {
                if (row.cells().containsKey(column.key())) {
                    json.field(column.key(), row.cells().getOrDefault(column.key(), ""));
                }
            }
        });
    }

    private void plot(XYPlot plot) throws IOException {
        head("xy-plot", plot);
        json.field("x_label", plot.xLabel());
        json.field("y_label", plot.yLabel());
        json.field("x_scale", token(plot.xScale()));
        json.field("y_scale", token(plot.yScale()));
        json.field("y_inverted", plot.yInverted());
        json.field("description", plot.description());
        json.array("layers", () -> {
            for (XYPlot.Layer layer : plot.layers()) {
                json.object(() -> layer(layer));
            }
        });
        json.field("footnotes", plot.footnotes());
    }

    private void layer(XYPlot.Layer layer) throws IOException {
        json.field("mark", token(layer.mark()));
        json.field("tone", token(layer.tone()));
        json.field("name", layer.name());
        json.field("x", layer.x());
        json.field("y", layer.y());
        if (layer.y2().length > 0) {
            json.field("y2", layer.y2());
        }
        if (layer.sizes().length > 0) {
            json.field("sizes", layer.sizes());
        }
        if (!layer.labels().isEmpty()) {
            json.field("labels", layer.labels());
        }
    }

    private void messages(List<Message> messages) throws IOException {
        json.array("messages", () -> {
            for (Message message : messages) {
                json.flat(() -> message(message));
            }
        });
    }

    private void message(Message message) throws IOException {
        json.field("severity", token(message.severity()));
        json.field("code", message.code());
        json.field("text", message.text());
        json.array("rows", () -> {
            for (int row : message.rows()) {
                json.whole(row);
            }
        });
        if (!message.data().isEmpty()) {
            json.object("data", () -> {
                for (Map.Entry<String, String> fact : new java.util.TreeMap<>(message.data()).entrySet()) {
                    json.field(fact.getKey(), fact.getValue());
                }
            });
        }
    }

    /** Constants read like option values: {@code P_VALUE} is {@code p-value}. */
    private static String token(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package old;

import static org.lozenge.plugin.Roles.EFFECT;
import static org.lozenge.plugin.Roles.GROUP;
import static org.lozenge.plugin.Roles.MODERATORS;
import static org.lozenge.plugin.Roles.SE;
import static org.lozenge.plugin.Roles.STUDY;
import static org.lozenge.plugin.Roles.VARIANCE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tablesaw;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.plugin.XYPlot;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Uses as much of the plugin API as one class can, so that what is taken away or changed is missed here. */
public final class EveryKind implements Analysis, AutoCloseable {

    enum Weighting {
        EQUAL,
        INVERSE_VARIANCE
    }

    private static final Role DOSE = Role.number("dose", "Dose").between(0, 100).sparse();
    private static final Role DAY = Role.date("day", "Day").optional().labelled("Day of report");
    private static final Role ANY = Role.any("extra", "Extra").optional();
    private static final Role NOTE = Role.text("note", "Note").optional();
    private static final Role COUNT = Role.number("patients", "Patients").count().optional();

    private static final Param<Weighting> WEIGHTING =
            Param.choice("weighting", "Weighting", Weighting.INVERSE_VARIANCE).formerly("weights");
    private static final Param<Double> POWER = Param.number("power", "Power of the variance", 1)
            .min(0.0)
            .max(2.0)
            .check(power -> !power.isNaN(), "must be a number")
            .enabledWhen(WEIGHTING, Weighting.INVERSE_VARIANCE)
            .help("1 gives the usual weights.");
    private static final Param<Integer> DRAWS =
            Param.integer("draws", "Draws", 3).min(1).max(100).advanced();
    private static final Param<Boolean> NOISE = Param.flag("noise", "Draw random numbers", false);
    private static final Param<String> TITLE = Param.text("title", "Title", "Old").suggest("Old", "Older");

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("old-every-kind", "Every kind of item")
                .summary("Built for version " + Analysis.apiVersion() + ".")
                .roles(STUDY.optional(), GROUP.optional(), MODERATORS, DOSE, DAY, ANY, NOTE, COUNT)
                .oneOf(List.of(EFFECT, SE.positive()), List.of(EFFECT, VARIANCE.positive()))
                .params(WEIGHTING, POWER, DRAWS, NOISE, TITLE)
                .references("None.")
                .formerly("older-every-kind")
                .minRows(2);
    }

    @Override
    public List<Message> validate(Inputs in) {
        return in.rows() > 1000 ? List.of(Message.error("too-many", "Too many rows.")) : List.of();
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        double[] y = in.numbers(EFFECT);
        double[] w = weights(in);
        if (Arrays.stream(w).anyMatch(one -> !Double.isFinite(one))) {
            throw new AnalysisException("weights", "The weights are not finite.", in.sourceRows()[0]);
        }
        double sum = 0;
        double mean = 0;
        for (int i = 0; i < y.length; i++) {
            context.progress((i + 1.0) / y.length, "row " + (i + 1));
            context.checkCancelled();
            sum += w[i];
            mean += w[i] * y[i];
        }
        mean /= sum;
        double half = 2 / Math.sqrt(sum);
        report(in, context);
        List<ResultItem> items = new ArrayList<>();
        items.add(new Scalar("rows", "Rows", in.rows(), Format.INTEGER));
        items.add(Estimate.of("mean", "Mean", mean, mean - half, mean + half)
                .level(0.95)
                .p(0.5)
                .scale(Scale.LINEAR));
        items.add(table(in, y, w));
        items.add(forest(in, y, mean, half));
        items.add(plot(in, y, w));
        items.add(inner(in, context));
        return AnalysisResult.of(items).with(Text.of("title", "Title", in.get(TITLE)));
    }

    private static double[] weights(Inputs in) {
        double[] v = in.has(VARIANCE) ? in.numbers(VARIANCE) : in.numbers(SE);
        for (int i = 0; i < v.length; i++) {
            double variance = in.has(VARIANCE) ? v[i] : v[i] * v[i];
            v[i] = in.get(WEIGHTING) == Weighting.EQUAL ? 1 : 1 / Math.pow(variance, in.get(POWER));
        }
        return v;
    }

    private static void report(Inputs in, RunContext context) {
        context.info("source", "Read " + in.source() + ".", in.sourceRows());
        context.warn("printed", "Effects are printed: " + in.isPrinted(EFFECT) + ".");
        context.report(Message.info("set", "Draws were set: " + in.isSet(DRAWS) + ".")
                .at(1)
                .with("draws", String.valueOf(in.get(DRAWS))));
    }

    private static Tabular table(Inputs in, double[] y, double[] w) {
        double[] dose = in.has(DOSE) ? in.numbers(DOSE) : new double[in.rows()];
        return Tabular.of("studies", "Studies")
                .texts("study", in.strings(STUDY))
                .numbers("effect", y)
                .numbers("weight", w)
                .numbers("dose", dose)
                .label("effect", "Effect")
                .format("effect", Format.FIXED3);
    }

    private static ForestPlot forest(Inputs in, double[] y, double mean, double half) {
        ForestPlot forest = ForestPlot.of("forest", "Forest", Scale.LINEAR)
                .measure("Mean difference")
                .level(0.95)
                .reference(0)
                .axis("Effect")
                .favours("less", "more")
                .describe("A forest.")
                .column("n", "n", ForestPlot.Side.LEFT);
        String[] study = in.strings(STUDY);
        for (int i = 0; i < y.length; i++) {
            forest = forest.add(
                    ForestPlot.Row.of(ForestPlot.RowKind.STUDY, study[i], y[i], y[i] - 1, y[i] + 1, 1.0 / y.length)
                            .cell("n", NumberText.print(i))
                            .indent(1));
        }
        return forest.summary("Mean", mean, mean - half, mean + half)
                .prediction("Prediction", mean - 2 * half, mean + 2 * half)
                .note("Note")
                .footnote("Footnote");
    }

    private static XYPlot plot(Inputs in, double[] y, double[] w) {
        return XYPlot.of("plot", "Plot", "Effect", "Weight")
                .scales(Scale.LINEAR, Scale.LINEAR)
                .invertY()
                .describe("A plot.")
                .points(XYPlot.Tone.values()[0], "rows", y, w, new double[0], List.of(in.strings(STUDY)))
                .footnote("Footnote");
    }

    private static Section inner(Inputs in, RunContext context) {
        Tablesaw.load();
        RandomGenerator.SplittableGenerator random = context.random();
        double noise = in.get(NOISE) ? random.split().nextDouble() : 0;
        Table table = in.table();
        Table own = Table.create("own", DoubleColumn.create("x", 1, 2, 3));
        String columns = String.join(",", in.columns(MODERATORS));
        return Section.of(
                        "inner",
                        "Inner",
                        Scalar.of("noise", "Noise", noise),
                        Scalar.of("columns", "Columns", table.columnCount()),
                        Tabular.of("own", own),
                        new Attachment("script", "Script", "A script.", "txt", columns))
                .with(Message.warning("inner", "Inside."))
                .with(new Text("facts", "Facts", Map.of("a", 1).toString()));
    }

    @Override
    public void close() {
        // nothing to let go of
    }
}

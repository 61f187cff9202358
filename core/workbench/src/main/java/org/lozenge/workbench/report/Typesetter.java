package org.lozenge.workbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.lozenge.workbench.report.Document.Block;
import org.lozenge.workbench.report.Document.Fact;
import org.lozenge.workbench.report.Document.Facts;
import org.lozenge.workbench.report.Document.Part;
import org.lozenge.workbench.report.Document.Plot;
import org.lozenge.workbench.report.Document.Prose;

/** Turns the items of a result into blocks of a document: rounds numbers, puts single numbers together. */
final class Typesetter {

    private final int mostRows;

    /** What the names of files begin with: those of attachments of a section carry its name. */
    private final String prefix;

    Typesetter(int mostRows) {
        this(mostRows, "");
    }

    private Typesetter(int mostRows, String prefix) {
        this.mostRows = mostRows;
        this.prefix = prefix;
    }

    List<Block> blocks(List<ResultItem> items) {
        List<Block> blocks = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        for (ResultItem item : items) {
            Optional<Fact> fact = fact(item);
            if (fact.isPresent()) {
                facts.add(fact.get());
                continue;
            }
            flush(facts, blocks);
            blocks.add(block(item));
        }
        flush(facts, blocks);
        return blocks;
    }

    private static void flush(List<Fact> facts, List<Block> blocks) {
        if (!facts.isEmpty()) {
            blocks.add(new Facts(List.copyOf(facts)));
            facts.clear();
        }
    }

    private Block block(ResultItem item) {
        if (item instanceof Tabular table) {
            return Grids.of(table, mostRows);
        }
        if (item instanceof ForestPlot forest) {
            return new Plot(forest, forest.description(), Grids.of(forest, mostRows));
        }
        if (item instanceof XYPlot plot) {
            return new Plot(plot, plot.description(), Grids.of(plot, mostRows));
        }
        if (item instanceof Text text) {
            return new Prose(text.id(), text.title(), Document.paragraphs(text.body()));
        }
        if (item instanceof Attachment attachment) {
            return new Prose(
                    attachment.id(),
                    attachment.title(),
                    List.of(attachment.note() + " File " + prefix + attachment.fileName()
                            + ", written with a report in a folder."));
        }
        if (item instanceof Section section) {
            return new Part(
                    section.id(),
                    section.title(),
                    section.status(),
                    new Typesetter(mostRows, prefix + section.id() + "-").blocks(section.items()),
                    section.messages());
        }
        throw new IllegalStateException("There is no way to show " + item.getClass());
    }

    private static Optional<Fact> fact(ResultItem item) {
        if (item instanceof Scalar scalar) {
            return Optional.of(new Fact(scalar.title(), Digits.one(scalar.value(), scalar.format())));
        }
        if (item instanceof Estimate estimate) {
            return Optional.of(new Fact(estimate.title(), words(estimate)));
        }
        return Optional.empty();
    }

    /** {@code 0.48 (95% CI 0.41 to 0.55), P < 0.001}. */
    static String words(Estimate estimate) {
        Format format = estimate.scale() == Scale.LOG ? Format.FIXED2 : Format.GENERAL;
        String[] digits = Digits.column(new double[] {estimate.value(), estimate.low(), estimate.high()}, format);
        StringBuilder words = new StringBuilder(digits[0]);
        if (!(Double.isNaN(estimate.low()) && Double.isNaN(estimate.high()))) {
            words.append(" (").append(level(estimate.level())).append(" CI ");
            words.append(digits[1]).append(" to ").append(digits[2]).append(')');
        }
        if (!Double.isNaN(estimate.pValue())) {
            words.append(", P ").append(equalTo(Digits.one(estimate.pValue(), Format.P_VALUE)));
        }
        return words.toString();
    }

    private static String equalTo(String p) {
        return p.startsWith("<") || p.startsWith(">") ? p : "= " + p;
    }

    /** A confidence level: {@code 95%}, {@code 99.9%}. */
    static String level(double level) {
        double percent = Math.rint(level * 1e8) / 1e6;
        return ExactNumber.of(percent) + "%";
    }
}

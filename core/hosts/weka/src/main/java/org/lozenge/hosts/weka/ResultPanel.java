package org.lozenge.hosts.weka;

import java.awt.BorderLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.swing.JEditorPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.StyleSheet;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.figure.Figure;
import org.lozenge.workbench.report.Fragment;

/** What a run gave: figures in tabs above, messages, texts and tables below. */
final class ResultPanel extends JPanel {

    /** Elements that Swing's HTML of 1997 does not know; what stands in them is kept. */
    private static final Pattern UNKNOWN =
            Pattern.compile("</?(section|div|figure|figcaption|details|summary)\\b[^>]*>");

    private static final String[] RULES = {
        "body { font-family: sans-serif; margin: 6px; }",
        "h3 { font-size: 105%; margin: 10px 0 3px 0; }",
        "h4, h5 { font-size: 100%; margin: 8px 0 2px 0; }",
        "th, td { padding: 1px 8px 1px 0; text-align: left; font-weight: normal; vertical-align: top; }",
        "thead th { font-weight: bold; }",
        ".n { text-align: right; }",
        ".status, .error { color: #b3261e; }",
        "ul { margin: 4px 0 4px 14px; }",
    };

    private final JTabbedPane figures = new JTabbedPane();
    private final JEditorPane report = new JEditorPane();
    private final JSplitPane split = new JSplitPane(JSplitPane.VERTICAL_SPLIT);

    ResultPanel() {
        super(new BorderLayout());
        figures.setName("figures");
        HTMLEditorKit kit = new HTMLEditorKit();
        StyleSheet style = new StyleSheet(); // of its own: the kit's is shared by the whole program
        style.addStyleSheet(kit.getStyleSheet());
        for (String rule : RULES) {
            style.addRule(rule);
        }
        report.setEditorKit(kit);
        report.setDocument(new javax.swing.text.html.HTMLDocument(style));
        report.setEditable(false);
        report.setName("report");
        split.setResizeWeight(0.55);
        split.setTopComponent(figures);
        split.setBottomComponent(new JScrollPane(report));
        figures.setVisible(false);
        add(split, BorderLayout.CENTER);
    }

    void show(Outcome outcome) {
        figures.removeAll();
        List<ResultItem> drawn = new ArrayList<>();
        collect(outcome.available().map(AnalysisResult::items).orElse(List.of()), drawn);
        for (ResultItem item : drawn) {
            figures.addTab(item.title(), new FigurePanel(Figure.of(item), item.id()));
        }
        figures.setVisible(!drawn.isEmpty());
        report.setText("<html><body>"
                + UNKNOWN.matcher(Fragment.of(outcome).plainHtml()).replaceAll("") + "</body></html>");
        report.setCaretPosition(0);
        split.resetToPreferredSizes();
        split.setDividerLocation(drawn.isEmpty() ? 0.0 : 0.55);
        revalidate();
    }

    private static void collect(List<ResultItem> items, List<ResultItem> drawn) {
        for (ResultItem item : items) {
            if (item instanceof Section part) {
                collect(part.items(), drawn);
            } else if (Figure.canDraw(item)) {
                drawn.add(item);
            }
        }
    }
}

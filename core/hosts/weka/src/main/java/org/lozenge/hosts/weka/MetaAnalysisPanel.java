package org.lozenge.hosts.weka;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.swing.BorderFactory;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.ScrollPaneConstants;
import javax.swing.SwingUtilities;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.form.Form;
import org.lozenge.workbench.table.Dataset;
import weka.core.Instances;
import weka.gui.Logger;
import weka.gui.explorer.Explorer;

/**
 * The tab <em>Meta-analysis</em> of the Explorer: choose an analysis, fill in its form, run it on the instances that are
 * loaded, look at figures and tables. Analyses come from the package itself and from the folders that the environment
 * variable {@code LOZENGE_PLUGINS} names. Runs take place in the background and can be cancelled.
 *
 * <p>To be used on Swing's event thread, as Weka does.
 */
public final class MetaAnalysisPanel extends JPanel implements Explorer.ExplorerPanel, Explorer.LogHandler {

    private static final String FIRST = "pool";
    private static final int MOST_CHECKED_ROWS = 2000;

    private final transient Workbench workbench = Workbench.openLazily(folders());
    private final JComboBox<String> analyses = new JComboBox<>();
    private final JScrollPane formPane = new JScrollPane();
    private final JLabel hint = new JLabel(" ");
    private final JButton run = new JButton("Run");
    private final JButton cancel = new JButton("Cancel");
    private final JProgressBar progress = new JProgressBar(0, 100);
    private final ResultPanel results = new ResultPanel();

    @SuppressWarnings("NullAway.Init") // Weka sets it as soon as it has made the tab
    private transient Explorer explorer;

    private transient Optional<Logger> log = Optional.empty();
    private transient Optional<Dataset> data = Optional.empty();
    private transient Optional<Form> form = Optional.empty();
    private transient Optional<String> mistake = Optional.empty();
    private transient Optional<RunHandle> running = Optional.empty();

    /** For Weka, which makes the tab when the Explorer opens. */
    @SuppressWarnings("this-escape")
    public MetaAnalysisPanel() {
        super(new BorderLayout());
        setName("meta-analysis");
        workbench.analyses().stream().map(AnalysisSpec::id).forEach(analyses::addItem);
        analyses.setSelectedItem(FIRST);
        analyses.setName("analysis");
        analyses.setRenderer(new TitleRenderer(workbench));
        analyses.addActionListener(event -> newForm());
        run.setName("run");
        run.addActionListener(event -> run());
        cancel.setName("cancel");
        cancel.addActionListener(event -> running.ifPresent(RunHandle::cancel));
        progress.setName("progress");
        progress.setStringPainted(true);
        hint.setName("hint");
        JSplitPane split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, left(), results);
        split.setDividerLocation(380);
        add(split, BorderLayout.CENTER);
        enableButtons();
    }

    private static Path[] folders() {
        String named = System.getenv("LOZENGE_PLUGINS");
        return named == null
                ? new Path[0]
                : Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(named)
                        .filter(name -> !name.isBlank())
                        .map(Path::of)
                        .toArray(Path[]::new);
    }

    private JPanel left() {
        formPane.setHorizontalScrollBarPolicy(ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEADING));
        buttons.add(run);
        buttons.add(cancel);
        progress.setPreferredSize(new Dimension(170, progress.getPreferredSize().height));
        buttons.add(progress);
        JPanel below = new JPanel(new BorderLayout());
        hint.setBorder(BorderFactory.createEmptyBorder(3, 6, 0, 6));
        below.add(hint, BorderLayout.NORTH);
        below.add(buttons, BorderLayout.SOUTH);
        JPanel left = new JPanel(new BorderLayout());
        left.add(analyses, BorderLayout.NORTH);
        left.add(formPane, BorderLayout.CENTER);
        left.add(below, BorderLayout.SOUTH);
        left.setMinimumSize(new Dimension(300, 100));
        return left;
    }

    private void newForm() {
        Object id = analyses.getSelectedItem();
        if (id == null || data.isEmpty()) {
            return;
        }
        Dataset dataset = data.get();
        workbench.find(id.toString()).ifPresent(spec -> {
            analyses.setToolTipText(wrapped(spec.summary()));
            formPane.setViewportView(new FormPanel(Form.of(spec).data(dataset), this::changed));
        });
    }

    private void changed(Form changed) {
        form = Optional.of(changed);
        List<Message> problems = changed.problems();
        mistake = (problems.isEmpty() ? check(changed).stream() : problems.stream())
                .filter(problem -> problem.severity() == Message.Severity.ERROR)
                .findFirst()
                .map(Message::text);
        hint.setText(mistake.map(MetaAnalysisPanel::wrapped).orElse(" "));
        enableButtons();
    }

    /** What a run would be rejected for; large data are left to the run itself, as this happens at every key. */
    private List<Message> check(Form changed) {
        return data.filter(some -> some.rows() <= MOST_CHECKED_ROWS)
                .map(some -> changed.fill(workbench.run(changed.id(), some)).check())
                .orElse(List.of());
    }

    private static String wrapped(String text) {
        return "<html><p width=\"270\">" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p></html>";
    }

    private void enableButtons() {
        boolean complete = form.isPresent() && mistake.isEmpty();
        run.setEnabled(running.isEmpty() && complete);
        cancel.setEnabled(running.isPresent());
        analyses.setEnabled(running.isEmpty());
    }

    private void run() {
        if (form.isEmpty() || data.isEmpty() || running.isPresent()) {
            return;
        }
        Form asked = form.get();
        RunHandle handle = asked.fill(workbench.run(asked.id(), data.get()))
                .onProgress((fraction, step) -> SwingUtilities.invokeLater(() -> progress(fraction, step)))
                .start();
        running = Optional.of(handle);
        enableButtons();
        progress(0, "running");
        status("Running " + asked.title());
        Thread waiting = new Thread(
                () -> {
                    Outcome outcome = handle.get();
                    SwingUtilities.invokeLater(() -> ended(asked, outcome));
                },
                "lozenge-weka");
        waiting.setDaemon(true);
        waiting.start();
    }

    private void progress(double fraction, String step) {
        if (running.isPresent()) {
            progress.setValue((int) Math.round(100 * fraction));
            progress.setString(step);
        }
    }

    private void ended(Form asked, Outcome outcome) {
        running = Optional.empty();
        progress.setValue(outcome instanceof Outcome.Ok ? 100 : 0);
        progress.setString(outcome.status());
        enableButtons();
        results.show(outcome);
        log.ifPresent(logger -> logger.logMessage(String.format(
                Locale.ROOT, "Meta-analysis: %s on %s: %s", asked.id(), name(outcome), outcome.status())));
        status("OK");
    }

    private static String name(Outcome outcome) {
        return outcome.provenance().input().name();
    }

    private void status(String text) {
        log.ifPresent(logger -> logger.statusMessage(text));
    }

    /** Keeps the analysis that is chosen, and makes its form anew for the columns of these instances. */
    @Override
    public void setInstances(Instances instances) {
        data = Optional.of(InstancesData.of(instances));
        newForm();
    }

    @Override
    public void setExplorer(Explorer parent) {
        explorer = parent;
    }

    @Override
    public Explorer getExplorer() {
        return explorer;
    }

    @Override
    public void setLog(Logger logger) {
        log = Optional.of(logger);
        workbench
                .problems()
                .forEach(problem -> logger.logMessage("Meta-analysis: plugin " + problem.plugin() + ": "
                        + problem.message().text()));
    }

    @Override
    public String getTabTitle() {
        return "Meta-analysis";
    }

    @Override
    public String getTabTitleToolTip() {
        return "Pool the results of studies";
    }

    /** Shows titles of analyses where the list holds ids. */
    private static final class TitleRenderer extends DefaultListCellRenderer {
        private final transient Workbench workbench;

        TitleRenderer(Workbench workbench) {
            this.workbench = workbench;
        }

        @Override
        public Component getListCellRendererComponent(
                JList<?> list, Object value, int index, boolean selected, boolean focused) {
            String title = workbench
                    .find(String.valueOf(value))
                    .map(AnalysisSpec::title)
                    .orElse("");
            return super.getListCellRendererComponent(list, title, index, selected, focused);
        }
    }
}

package org.lozenge.hosts.weka;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JEditorPane;
import javax.swing.JLabel;
import javax.swing.JProgressBar;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.table.Dataset;
import weka.core.Instances;
import weka.core.converters.CSVLoader;
import weka.gui.Logger;

/** The tab without a window, which needs no display; {@link WekaPackageIT} has the real one. */
class MetaAnalysisPanelTest {

    private final List<String> logged = new ArrayList<>();
    private MetaAnalysisPanel panel;

    @BeforeEach
    void open() throws Exception {
        panel = onSwing(MetaAnalysisPanel::new);
        panel.setLog(new Logger() {
            @Override
            public void logMessage(String message) {
                logged.add(message);
            }

            @Override
            public void statusMessage(String message) {
                logged.add(message);
            }
        });
    }

    static Instances instances(String sample) throws Exception {
        CSVLoader loader = new CSVLoader();
        loader.setSource(new ByteArrayInputStream(Samples.get(sample).csv().getBytes(StandardCharsets.UTF_8)));
        Instances instances = loader.getDataSet();
        instances.setRelationName(sample);
        return instances;
    }

    private static <T> T onSwing(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        SwingUtilities.invokeAndWait(task);
        return task.get();
    }

    private <C extends Component> C find(String name, Class<C> type) {
        return find(panel, name, type);
    }

    private static <C extends Component> C find(Container in, String name, Class<C> type) {
        for (Component child : in.getComponents()) {
            if (name.equals(child.getName()) && type.isInstance(child)) {
                return type.cast(child);
            }
            C found = child instanceof Container inner ? find(inner, name, type) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void load(String sample) throws Exception {
        Instances instances = instances(sample);
        onSwing(() -> {
            panel.setInstances(instances);
            return true;
        });
    }

    private void choose(String name, String item) throws Exception {
        onSwing(() -> {
            find(name, JComboBox.class).setSelectedItem(item);
            return true;
        });
    }

    private String runAndWait() throws Exception {
        onSwing(() -> {
            find("run", JButton.class).doClick();
            return true;
        });
        return ended();
    }

    private String ended() throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (onSwing(() -> find("cancel", JButton.class).isEnabled()) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        return onSwing(() -> find("progress", JProgressBar.class).getString());
    }

    /** Ten million draws take minutes; the buttons work meanwhile, because the run is not on Swing's thread. */
    @Test
    void aRunInTheBackgroundCanBeCancelled() throws Exception {
        load("eight-schools");
        choose("analysis", "bootstrap");
        onSwing(() -> {
            find("params.draws", JTextField.class).setText("10000000");
            find("run", JButton.class).doClick();
            return true;
        });
        assertThat(onSwing(() -> find("run", JButton.class).isEnabled())).isFalse();
        onSwing(() -> {
            find("cancel", JButton.class).doClick();
            return true;
        });
        assertThat(ended()).isEqualTo("cancelled");
        assertThat(report()).contains("cancelled");
        assertThat(onSwing(() -> find("run", JButton.class).isEnabled())).isTrue();
    }

    private String report() throws Exception {
        return onSwing(() -> {
            JEditorPane pane = find("report", JEditorPane.class);
            return pane.getDocument().getText(0, pane.getDocument().getLength());
        });
    }

    @Test
    void offersNothingToRunBeforeThereAreInstances() {
        assertThat(find("run", JButton.class).isEnabled()).isFalse();
        assertThat(find("analysis", JComboBox.class).getItemCount()).isGreaterThan(20);
        assertThat(panel.getTabTitle()).isEqualTo("Meta-analysis");
    }

    @Test
    void poolsTheInstancesAndShowsTablesMessagesAndFigures() throws Exception {
        load("eight-schools");
        assertThat(runAndWait()).isEqualTo("ok");
        assertThat(report()).contains("random", "7.686", "4.072", "ad hoc guard");
        JTabbedPane figures = find("figures", JTabbedPane.class);
        assertThat(figures.getTitleAt(0)).isEqualTo("Forest plot");
        assertThat(figures.getTitleAt(1)).isEqualTo("Funnel plot");
        assertThat(ink(find("figure.forest", FigurePanel.class))).isGreaterThan(2000);
        assertThat(logged).contains("Meta-analysis: pool on eight-schools: ok");
    }

    private static int ink(FigurePanel figure) {
        BufferedImage image = new BufferedImage(700, 400, BufferedImage.TYPE_INT_RGB);
        figure.setSize(700, 400);
        Graphics2D graphics = image.createGraphics();
        figure.paintComponent(graphics);
        graphics.dispose();
        int ink = 0;
        for (int pixel : image.getRGB(0, 0, 700, 400, null, 0, 700)) {
            ink += (pixel & 0xffffff) == 0xffffff ? 0 : 1;
        }
        return ink;
    }

    @Test
    void optionsFromTheFormReachTheRun() throws Exception {
        load("eight-schools");
        choose("params.tau2", "dl");
        assertThat(runAndWait()).isEqualTo("ok");
        assertThat(report()).contains("dl").doesNotContain("reml");
    }

    @Test
    void aMistakeIsNamedBelowTheFormAndStopsTheRunButton() throws Exception {
        load("eight-schools");
        onSwing(() -> {
            find("params.level", JTextField.class).setText("2");
            return true;
        });
        assertThat(find("hint", JLabel.class).getText()).contains("level");
        assertThat(find("run", JButton.class).isEnabled()).isFalse();
        onSwing(() -> {
            find("params.level", JTextField.class).setText("");
            return true;
        });
        assertThat(find("hint", JLabel.class).getText()).isBlank();
        assertThat(find("run", JButton.class).isEnabled()).isTrue();
    }

    @Test
    void columnsCanBeChosenAndLeftOut() throws Exception {
        load("eight-schools");
        JComboBox<?> effect = find("mapping.effect", JComboBox.class);
        assertThat(effect.getSelectedItem()).isEqualTo("effect");
        choose("mapping.effect", "study");
        assertThat(find("hint", JLabel.class).getText()).contains("study");
        assertThat(find("run", JButton.class).isEnabled()).isFalse();
        choose("mapping.effect", "");
        assertThat(runAndWait()).isEqualTo("rejected");
        assertThat(report()).contains("Status: rejected", "Error");
        assertThat(find("figures", JTabbedPane.class).isVisible()).isFalse();
    }

    @Test
    void advancedFieldsComeOnDemand() throws Exception {
        load("eight-schools");
        JCheckBox more = find("more.advanced", JCheckBox.class);
        assertThat(more.getText()).startsWith("More options");
        int hidden = visible(find("form", FormPanel.class));
        onSwing(() -> {
            more.doClick();
            return true;
        });
        assertThat(visible(find("form", FormPanel.class))).isGreaterThan(hidden);
    }

    private static int visible(Container in) {
        int count = 0;
        for (Component child : in.getComponents()) {
            count += child.isVisible() ? 1 : 0;
        }
        return count;
    }

    @Test
    void everyAnalysisGetsAForm() throws Exception {
        load("bcg");
        JComboBox<?> analyses = find("analysis", JComboBox.class);
        for (int i = 0; i < analyses.getItemCount(); i++) {
            choose("analysis", String.valueOf(analyses.getItemAt(i)));
            assertThat(find("form", FormPanel.class).form().id()).isEqualTo(analyses.getItemAt(i));
        }
    }

    @Test
    void instancesKeepNumbersTextsAndGaps() throws Exception {
        CSVLoader loader = new CSVLoader();
        loader.setSource(new ByteArrayInputStream(
                "Study,study,hr,n\nA,x,0.5 (0.2-1.1),\nB,y,,12\n".getBytes(StandardCharsets.UTF_8)));
        Dataset data = InstancesData.of(loader.getDataSet());
        assertThat(data.columns()).containsExactly("Study", "study_2", "hr", "n");
        assertThat(data.text("hr", 0)).isEqualTo("0.5 (0.2-1.1)");
        assertThat(data.text("hr", 1)).isEmpty();
        assertThat(data.numbers("n")).containsExactly(Double.NaN, 12);
    }
}

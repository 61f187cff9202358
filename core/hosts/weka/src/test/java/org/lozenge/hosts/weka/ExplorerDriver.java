package org.lozenge.hosts.weka;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JEditorPane;
import javax.swing.JFrame;
import javax.swing.JProgressBar;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;
import weka.core.Instances;
import weka.core.WekaPackageManager;
import weka.core.converters.ConverterUtils.DataSource;
import weka.gui.explorer.Explorer;

/**
 * Opens Weka's Explorer with the packages that are installed, and uses the tab as a person would. Runs in a JVM of its own
 * that has Weka alone on its class path, and so knows nothing of Lozenge but the names of widgets.
 */
final class ExplorerDriver {

    private ExplorerDriver() {}

    /** Arguments: the data, and the file for the picture of the window. Prints what it found. */
    public static void main(String[] arguments) {
        try {
            drive(arguments);
            System.exit(0);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            System.exit(1); // windows that are open would keep this JVM alive
        }
    }

    private static void drive(String[] arguments) throws Exception {
        WekaPackageManager.loadPackages(false);
        Instances instances = DataSource.read(arguments[0]);
        Explorer explorer = onSwing(Explorer::new);
        onSwing(() -> window(explorer));
        JTabbedPane tabs = explorer.getTabbedPane();
        int tab = tabs.indexOfTab("Meta-analysis");
        System.out.println("tab: " + tab);
        Component panel = tabs.getComponentAt(tab);
        System.out.println(
                "loader: " + panel.getClass().getClassLoader().getClass().getSimpleName());
        onSwing(() -> {
            explorer.getPreprocessPanel().setInstances(instances);
            tabs.setSelectedIndex(tab);
            return true;
        });
        System.out.println("enabled: " + tabs.isEnabledAt(tab));
        System.out.println(
                "analyses: " + find(panel, "analysis", JComboBox.class).getItemCount());
        System.out.println("status: " + run(panel));
        JEditorPane report = find(panel, "report", JEditorPane.class);
        System.out.println("report: "
                + onSwing(() -> report.getDocument()
                                .getText(0, report.getDocument().getLength()))
                        .replaceAll("\\s+", " "));
        System.out.println(
                "figure: " + find(panel, "figures", JTabbedPane.class).getTitleAt(0));
        Thread.sleep(300); // the window lays itself out
        onSwing(() -> picture(explorer, new File(arguments[1])));
    }

    private static JFrame window(Explorer explorer) {
        JFrame window = new JFrame("Weka Explorer");
        window.setContentPane(explorer);
        window.setPreferredSize(new Dimension(1240, 860));
        window.pack();
        window.setVisible(true);
        return window;
    }

    private static String run(Component panel) throws Exception {
        onSwing(() -> {
            find(panel, "run", JButton.class).doClick();
            return true;
        });
        long end = System.nanoTime() + 60_000_000_000L;
        while (onSwing(() -> find(panel, "cancel", JButton.class).isEnabled()) && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        return onSwing(() -> find(panel, "progress", JProgressBar.class).getString());
    }

    private static boolean picture(Component shown, File file) throws Exception {
        BufferedImage image = new BufferedImage(shown.getWidth(), shown.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        shown.printAll(graphics);
        graphics.dispose();
        return ImageIO.write(image, "png", file);
    }

    private static <T> T onSwing(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        SwingUtilities.invokeAndWait(task);
        return task.get();
    }

    private static <C extends Component> C find(Component in, String name, Class<C> type) {
        if (name.equals(in.getName()) && type.isInstance(in)) {
            return type.cast(in);
        }
        if (in instanceof Container container) {
            for (Component child : container.getComponents()) {
                C found = find(child, name, type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}

package org.lozenge.hosts.weka;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.nio.file.Path;
import javax.swing.JFileChooser;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import org.lozenge.workbench.figure.Figure;

/** A figure as large as fits, and a menu to save it. */
final class FigurePanel extends JPanel {

    private static final double SCREEN = 4.0 / 3; // pixels per point
    private static final int MARGIN = 8;

    private final transient Figure figure;

    FigurePanel(Figure figure, String id) {
        this.figure = figure;
        setName("figure." + id);
        setToolTipText("Right-click to save as SVG, PNG or PDF");
        getAccessibleContext().setAccessibleDescription(figure.description());
        setPreferredSize(new Dimension((int) (figure.width() * SCREEN), (int) (figure.height() * SCREEN)));
        JPopupMenu menu = new JPopupMenu();
        JMenuItem save = new JMenuItem("Save figure\u2026");
        save.addActionListener(event -> save(id));
        menu.add(save);
        setComponentPopupMenu(menu);
    }

    private void save(String id) {
        JFileChooser chooser = new JFileChooser();
        chooser.setSelectedFile(Path.of(id + ".svg").toFile());
        if (chooser.showSaveDialog(this) == JFileChooser.APPROVE_OPTION) {
            try {
                figure.save(chooser.getSelectedFile().toPath());
            } catch (RuntimeException e) {
                JOptionPane.showMessageDialog(this, e.getMessage(), "Not saved", JOptionPane.ERROR_MESSAGE);
            }
        }
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D own = (Graphics2D) graphics.create();
        try {
            own.setColor(Color.WHITE);
            own.fillRect(0, 0, getWidth(), getHeight());
            own.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            own.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            own.translate(MARGIN, MARGIN);
            figure.paint(own, Math.max(1, getWidth() - 2 * MARGIN), Math.max(1, getHeight() - 2 * MARGIN));
        } finally {
            own.dispose();
        }
    }
}

package org.lozenge.workbench.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.XYPlot;

/**
 * The picture of a plot, ready to be written. Immutable; may be used by several threads.
 *
 * <pre>{@code
 * Figure figure = Figure.of(plot);
 * figure.save(Path.of("forest.png"));                 // .svg, .png (300 dpi) or .pdf
 * String inline = figure.svg();                       // for a web page
 * figure.paint(graphics, panel.getWidth(), panel.getHeight());
 * }</pre>
 *
 * <p>The same plot and options give the same SVG bytes on every machine, JDK and locale.
 */
public final class Figure {

    private static final int USUAL_DPI = 300;

    private final Scene scene;
    private final String idPrefix;
    private final List<Message> messages;

    private Figure(Scene scene, String idPrefix, List<Message> messages) {
        this.scene = scene;
        this.idPrefix = idPrefix;
        this.messages = List.copyOf(messages);
    }

    /** Returns whether an item of a result can be drawn: a {@link ForestPlot} or an {@link XYPlot}. */
    public static boolean canDraw(ResultItem item) {
        return item instanceof ForestPlot || item instanceof XYPlot;
    }

    /**
     * Returns the picture of a plot in colour at full width.
     *
     * @throws IllegalArgumentException if the item cannot be drawn
     */
    public static Figure of(ResultItem item) {
        return of(item, FigureOptions.defaults());
    }

    /**
     * Returns the picture of a plot at full width.
     *
     * @throws IllegalArgumentException if the item cannot be drawn
     */
    public static Figure of(ResultItem item, Theme theme) {
        return of(item, FigureOptions.defaults().theme(theme));
    }

    /**
     * Returns the picture of a plot.
     *
     * @throws IllegalArgumentException if the item cannot be drawn, or if the options set a log axis to limits that are
     *     not above 0
     */
    public static Figure of(ResultItem item, FigureOptions options) {
        Objects.requireNonNull(options, "options");
        List<Message> messages = new ArrayList<>();
        Scene scene = scene(item, options, messages);
        messages.addAll(MissingGlyphs.in(scene));
        return new Figure(scene, options.idPrefix().orElse(item.id()), messages);
    }

    private static Scene scene(ResultItem item, FigureOptions options, List<Message> messages) {
        if (item instanceof ForestPlot forest) {
            return ForestLayout.scene(forest, options, messages);
        }
        if (item instanceof XYPlot plot) {
            return XYLayout.scene(plot, options, messages);
        }
        throw new IllegalArgumentException("'" + item.id() + "' is a "
                + item.getClass().getSimpleName() + ", not a plot; a figure can be made of a ForestPlot or an XYPlot");
    }

    /** Returns the shapes of the picture with their places, for renderers of one's own. */
    public Scene scene() {
        return scene;
    }

    /** Returns the width in points. */
    public double width() {
        return scene.width();
    }

    /** Returns the height in points. */
    public double height() {
        return scene.height();
    }

    /** Returns the picture in words: what the plot says of itself, or sentences made of its numbers. */
    public String description() {
        return scene.description();
    }

    /**
     * Returns what the user should know about the picture: columns left out, a page wider than asked for, points that
     * could not be shown, characters that the font lacks.
     */
    public List<Message> messages() {
        return messages;
    }

    /** Returns the picture as an SVG element without an XML declaration, for files and for HTML. */
    public String svg() {
        return SvgCanvas.write(scene, idPrefix);
    }

    /**
     * Returns the picture as a PNG file that states its resolution.
     *
     * @param dpi pixels per inch, 36 to 1200; journals ask for 300 or more
     */
    public byte[] png(int dpi) {
        if (dpi < 36 || dpi > 1200) {
            throw new IllegalArgumentException("The resolution must be from 36 to 1200 dpi, but is " + dpi);
        }
        return PngFile.write(scene, dpi);
    }

    /** Returns the picture as a PDF file of one page. */
    public byte[] pdf() {
        return PdfFile.write(scene);
    }

    /**
     * Paints the picture on a Java2D surface, as large as fits into the given size, in its middle.
     *
     * @param graphics left unchanged but for what is painted
     * @param width in the units of the graphics context
     * @param height in the units of the graphics context
     */
    public void paint(Graphics2D graphics, double width, double height) {
        double scale = Math.min(width / scene.width(), height / scene.height());
        Graphics2D own = (Graphics2D) graphics.create();
        try {
            own.translate((width - scale * scene.width()) / 2, (height - scale * scene.height()) / 2);
            own.scale(scale, scale);
            InkCanvas.of(scene).paint(own, new Rectangle2D.Double(0, 0, scene.width(), scene.height()));
        } finally {
            own.dispose();
        }
    }

    /**
     * Writes the picture into a file. It appears under its name only when it is complete; an older file is replaced.
     *
     * @param file its name ends in {@code .svg}, {@code .png} (300 dpi) or {@code .pdf}
     * @throws IllegalArgumentException if the name has another ending
     * @throws UncheckedIOException if the file cannot be written; no part of it is left behind
     */
    public void save(Path file) {
        byte[] bytes = bytes(file);
        Path name = Objects.requireNonNull(file.getFileName(), "file name");
        Path part = file.resolveSibling("." + name + "." + Long.toHexString(System.nanoTime()) + ".part");
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            move(part, file);
        } catch (IOException e) {
            discard(part, e);
            throw new UncheckedIOException(
                    "The figure cannot be written to " + file + ": " + e + ". Check the folder and its permissions.",
                    e);
        }
    }

    private byte[] bytes(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".svg")) {
            return svg().getBytes(StandardCharsets.UTF_8);
        }
        if (name.endsWith(".png")) {
            return png(USUAL_DPI);
        }
        if (name.endsWith(".pdf")) {
            return pdf();
        }
        throw new IllegalArgumentException("The format of a figure follows from the ending of its file, but '"
                + file.getFileName() + "' ends in none of .svg, .png and .pdf");
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path part, IOException cause) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}

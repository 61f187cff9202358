/**
 * Plot data becomes a picture.
 *
 * <pre>{@code
 * Figure figure = Figure.of(plot, FigureOptions.defaults().theme(Theme.MONO));
 * figure.save(Path.of("forest.svg"));
 * }</pre>
 *
 * <p>The way has three stages. A layout ({@code ForestLayout}, {@code XYLayout}) turns a {@link
 * org.lozenge.plugin.ForestPlot} or {@link org.lozenge.plugin.XYPlot} into a {@link Scene}: lines, boxes, circles and
 * texts with places in points and colours from a {@link Theme}. A {@link Canvas} draws the scene: as SVG with a small
 * writer of our own, on any Java2D surface, or with PDFBox as PDF. A host may take any stage: hand over plot data, walk
 * a scene with a canvas of its own, or take the bytes.
 *
 * <p>Texts are measured with the widths of the bundled Liberation Sans, read from the font file without AWT. So the same
 * plot gives the same SVG bytes on every machine, and a text that fits in one picture fits in all of them. Pixels and
 * PDF pages draw that font's own outlines.
 *
 * <p>Imports the plot data of {@code org.lozenge.plugin} and rendering libraries, nothing else of the workbench.
 */
package org.lozenge.workbench.figure;

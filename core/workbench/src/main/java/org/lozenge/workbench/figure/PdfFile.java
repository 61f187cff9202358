package org.lozenge.workbench.figure;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;

/**
 * Writes a scene as a PDF of one page, with the bundled font embedded as far as it is used.
 *
 * <p>Texts can be searched and copied; those with characters that the font lacks are drawn as outlines. The same scene
 * gives the same bytes: the file holds no date and its id comes from its text.
 */
final class PdfFile implements Canvas {

    /** Readers need not show larger pages. */
    private static final double LARGEST_PAGE = 14_400;

    /** How far the control points of a quarter of a circle stand from its ends. */
    private static final double CIRCLE = 0.5522847498307936;

    private final PDPageContentStream out;
    private final PDType0Font regular;
    private final PDType0Font bold;
    private final TextOutlines outlines = new TextOutlines();
    private final Map<Float, PDExtendedGraphicsState> transparencies = new TreeMap<>();

    private PdfFile(PDDocument document, PDPageContentStream out) throws IOException {
        this.out = out;
        this.regular = font(document, false);
        this.bold = font(document, true);
    }

    /** Returns the file. */
    static byte[] write(Scene scene) {
        try (PDDocument document = new PDDocument()) {
            document.setDocumentId((long) scene.hashCode());
            document.setDocumentInformation(information(scene));
            document.getDocumentCatalog().setLanguage("en");
            double scale = Math.min(1, LARGEST_PAGE / Math.max(scene.width(), scene.height()));
            float width = (float) (scene.width() * scale);
            float height = (float) (scene.height() * scale);
            PDPage page = new PDPage(new PDRectangle(width, height));
            document.addPage(page);
            try (PDPageContentStream stream = new PDPageContentStream(document, page)) {
                stream.transform(new Matrix((float) scale, 0, 0, (float) -scale, 0, height));
                PdfFile canvas = new PdfFile(document, stream);
                canvas.box(new Point(0, 0), scene.width(), scene.height(), Style.filled(scene.background()));
                scene.draw(canvas);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("The figure cannot be written as PDF", e);
        }
    }

    private static PDDocumentInformation information(Scene scene) {
        PDDocumentInformation information = new PDDocumentInformation();
        information.setTitle(scene.title());
        information.setSubject(scene.description());
        information.setCreator("Lozenge");
        return information;
    }

    private static PDType0Font font(PDDocument document, boolean isBold) throws IOException {
        try (InputStream in = Typeface.of(isBold).stream()) {
            return PDType0Font.load(document, in, true);
        }
    }

    /** A step of drawing that PDFBox may refuse. */
    private interface Step {
        void run() throws IOException;
    }

    private static void draw(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void path(List<Point> points, boolean closed, Style style) {
        draw(() -> {
            out.moveTo((float) points.get(0).x(), (float) points.get(0).y());
            for (Point point : points.subList(1, points.size())) {
                out.lineTo((float) point.x(), (float) point.y());
            }
            if (closed) {
                out.closePath();
            }
            paint(style);
        });
    }

    @Override
    public void box(Point corner, double width, double height, Style style) {
        draw(() -> {
            out.addRect((float) corner.x(), (float) corner.y(), (float) width, (float) height);
            paint(style);
        });
    }

    @Override
    public void circle(Point centre, double radius, Style style) {
        draw(() -> {
            double[] cosine = {1, 0, -1, 0, 1};
            double[] sine = {0, 1, 0, -1, 0};
            out.moveTo((float) (centre.x() + radius), (float) centre.y());
            for (int i = 0; i < 4; i++) {
                double x1 = centre.x() + radius * (cosine[i] - CIRCLE * sine[i]);
                double y1 = centre.y() + radius * (sine[i] + CIRCLE * cosine[i]);
                double x3 = centre.x() + radius * cosine[i + 1];
                double y3 = centre.y() + radius * sine[i + 1];
                double x2 = x3 + radius * CIRCLE * sine[i + 1];
                double y2 = y3 - radius * CIRCLE * cosine[i + 1];
                out.curveTo((float) x1, (float) y1, (float) x2, (float) y2, (float) x3, (float) y3);
            }
            out.closePath();
            paint(style);
        });
    }

    /** Fills and outlines the path drawn so far. */
    private void paint(Style style) throws IOException {
        boolean fills = style.fill() != Style.NONE;
        boolean strokes = style.stroke() != Style.NONE;
        out.setGraphicsStateParameters(transparency((float) style.opacity()));
        if (strokes) {
            out.setStrokingColor(red(style.stroke()), green(style.stroke()), blue(style.stroke()));
            out.setLineWidth((float) style.width());
            out.setLineDashPattern(
                    style.dash() > 0 ? new float[] {(float) style.dash(), (float) style.gap()} : new float[0], 0);
        }
        if (fills) {
            out.setNonStrokingColor(red(style.fill()), green(style.fill()), blue(style.fill()));
        }
        if (fills && strokes) {
            out.fillAndStroke();
        } else if (fills) {
            out.fill();
        } else {
            out.stroke();
        }
    }

    private PDExtendedGraphicsState transparency(float opacity) {
        return transparencies.computeIfAbsent(opacity, value -> {
            PDExtendedGraphicsState state = new PDExtendedGraphicsState();
            state.setNonStrokingAlphaConstant(value);
            state.setStrokingAlphaConstant(value);
            return state;
        });
    }

    private static float red(int rgb) {
        return ((rgb >> 16) & 0xFF) / 255f;
    }

    private static float green(int rgb) {
        return ((rgb >> 8) & 0xFF) / 255f;
    }

    private static float blue(int rgb) {
        return (rgb & 0xFF) / 255f;
    }

    @Override
    public void words(Shape.Words words) {
        draw(() -> {
            int colour = words.style().colour();
            out.setGraphicsStateParameters(transparency(1));
            out.setNonStrokingColor(red(colour), green(colour), blue(colour));
            if (isPlain(words)) {
                show(words);
            } else {
                outline(outlines.of(words));
            }
        });
    }

    private static boolean isPlain(Shape.Words words) {
        String text = words.text();
        return Typeface.of(words.style().bold()).has(text)
                && text.codePoints().noneMatch(FigureText::combines)
                && !Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    private void show(Shape.Words words) throws IOException {
        TextStyle style = words.style();
        double back = switch (style.anchor()) {
            case START -> 0;
            case MIDDLE -> words.length() / 2;
            case END -> words.length();
        };
        float x = (float) (words.at().x() - (style.upwards() ? 0 : back));
        float y = (float) (words.at().y() + (style.upwards() ? back : 0));
        out.beginText();
        out.setFont(style.bold() ? bold : regular, (float) style.size());
        out.setTextMatrix(style.upwards() ? new Matrix(0, -1, -1, 0, x, y) : new Matrix(1, 0, 0, -1, x, y));
        out.showText(words.text());
        out.endText();
    }

    private void outline(Path2D path) throws IOException {
        double[] c = new double[6];
        Point last = new Point(0, 0);
        for (PathIterator it = path.getPathIterator(null); !it.isDone(); it.next()) {
            int kind = it.currentSegment(c);
            switch (kind) {
                case PathIterator.SEG_MOVETO -> out.moveTo((float) c[0], (float) c[1]);
                case PathIterator.SEG_LINETO -> out.lineTo((float) c[0], (float) c[1]);
                case PathIterator.SEG_QUADTO -> quadratic(last, c);
                case PathIterator.SEG_CUBICTO ->
                    out.curveTo((float) c[0], (float) c[1], (float) c[2], (float) c[3], (float) c[4], (float) c[5]);
                default -> out.closePath();
            }
            if (kind != PathIterator.SEG_CLOSE) {
                int end = kind == PathIterator.SEG_CUBICTO ? 4 : kind == PathIterator.SEG_QUADTO ? 2 : 0;
                last = new Point(c[end], c[end + 1]);
            }
        }
        out.fill();
    }

    /** Draws a quadratic curve as the cubic one that is equal to it. */
    private void quadratic(Point from, double[] c) throws IOException {
        out.curveTo(
                (float) (from.x() + 2 * (c[0] - from.x()) / 3),
                (float) (from.y() + 2 * (c[1] - from.y()) / 3),
                (float) (c[2] + 2 * (c[0] - c[2]) / 3),
                (float) (c[3] + 2 * (c[1] - c[3]) / 3),
                (float) c[2],
                (float) c[3]);
    }

    @Override
    public void begin(String tooltip) {
        // a page of PDF has no tooltips
    }

    @Override
    public void end() {
        // see begin
    }
}

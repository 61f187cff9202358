package org.lozenge.workbench.figure;

import java.util.List;

/**
 * Writes a scene as SVG 1.1: the same bytes on every machine.
 *
 * <p>Numbers have at most two decimals. The text is safe inside HTML: every text is escaped, there is no script, no
 * style element and no reference to anything outside. Texts with characters that the bundled font lacks carry their
 * measured length, so that a wider fallback font cannot push them over their neighbours.
 */
final class SvgCanvas implements Canvas {

    private static final String FONT = "Liberation Sans, Arial, Helvetica, sans-serif";
    private static final double BODY = 8;

    private final StringBuilder out = new StringBuilder(16_384);

    private SvgCanvas() {}

    /** Returns a scene as an SVG element whose ids start with the given prefix. */
    static String write(Scene scene, String idPrefix) {
        SvgCanvas canvas = new SvgCanvas();
        canvas.open(scene, idPrefix);
        scene.draw(canvas);
        canvas.out.append("</g>\n</svg>\n");
        return canvas.out.toString();
    }

    private void open(Scene scene, String id) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
        number(scene.width()).append("pt\" height=\"");
        number(scene.height()).append("pt\" viewBox=\"0 0 ");
        number(scene.width()).append(' ');
        number(scene.height()).append("\" role=\"img\" aria-labelledby=\"");
        out.append(id).append("-title ").append(id).append("-desc\">\n<title id=\"");
        out.append(id).append("-title\">");
        escape(scene.title()).append("</title>\n<desc id=\"").append(id).append("-desc\">");
        escape(scene.description()).append("</desc>\n<g font-family=\"").append(FONT);
        out.append("\" font-size=\"8\" text-rendering=\"geometricPrecision\">\n");
        box(new Point(0, 0), scene.width(), scene.height(), Style.filled(scene.background()));
    }

    @Override
    public void path(List<Point> points, boolean closed, Style style) {
        if (points.size() == 2 && !closed) {
            line(points.get(0), points.get(1), style);
            return;
        }
        out.append(closed ? "<polygon points=\"" : "<polyline points=\"");
        for (int i = 0; i < points.size(); i++) {
            if (i > 0) {
                out.append(' ');
            }
            number(points.get(i).x()).append(',');
            number(points.get(i).y());
        }
        out.append('"');
        style(style);
    }

    private void line(Point from, Point to, Style style) {
        out.append("<line x1=\"");
        number(from.x()).append("\" y1=\"");
        number(from.y()).append("\" x2=\"");
        number(to.x()).append("\" y2=\"");
        number(to.y()).append('"');
        style(style);
    }

    @Override
    public void box(Point corner, double width, double height, Style style) {
        out.append("<rect x=\"");
        number(corner.x()).append("\" y=\"");
        number(corner.y()).append("\" width=\"");
        number(width).append("\" height=\"");
        number(height).append('"');
        style(style);
    }

    @Override
    public void circle(Point centre, double radius, Style style) {
        out.append("<circle cx=\"");
        number(centre.x()).append("\" cy=\"");
        number(centre.y()).append("\" r=\"");
        number(radius).append('"');
        style(style);
    }

    private void style(Style style) {
        out.append(" fill=\"").append(colour(style.fill())).append('"');
        if (style.stroke() != Style.NONE) {
            out.append(" stroke=\"").append(colour(style.stroke())).append("\" stroke-width=\"");
            number(style.width()).append('"');
        }
        if (style.dash() > 0) {
            out.append(" stroke-dasharray=\"");
            number(style.dash()).append(' ');
            number(style.gap()).append('"');
        }
        if (style.opacity() < 1) {
            out.append(" opacity=\"");
            number(style.opacity()).append('"');
        }
        out.append("/>\n");
    }

    @Override
    public void words(Shape.Words words) {
        TextStyle style = words.style();
        out.append("<text x=\"");
        number(words.at().x()).append("\" y=\"");
        number(words.at().y()).append('"');
        if (style.upwards()) {
            out.append(" transform=\"rotate(-90 ");
            number(words.at().x()).append(' ');
            number(words.at().y()).append(")\"");
        }
        type(style);
        if (!Typeface.of(style.bold()).has(words.text())) {
            out.append(" textLength=\"");
            number(words.length()).append("\" lengthAdjust=\"spacingAndGlyphs\"");
        }
        out.append('>');
        escape(words.text()).append("</text>\n");
    }

    private void type(TextStyle style) {
        if (style.size() != BODY) {
            out.append(" font-size=\"");
            number(style.size()).append('"');
        }
        if (style.bold()) {
            out.append(" font-weight=\"bold\"");
        }
        switch (style.anchor()) {
            case START -> {}
            case MIDDLE -> out.append(" text-anchor=\"middle\"");
            case END -> out.append(" text-anchor=\"end\"");
        }
        out.append(" fill=\"").append(colour(style.colour())).append('"');
    }

    @Override
    public void begin(String tooltip) {
        out.append("<g><title>");
        escape(tooltip).append("</title>\n");
    }

    @Override
    public void end() {
        out.append("</g>\n");
    }

    private static String colour(int rgb) {
        if (rgb == Style.NONE) {
            return "none";
        }
        String hex = Integer.toHexString(rgb & 0xFFFFFF);
        return "#" + "0".repeat(6 - hex.length()) + hex;
    }

    /** Writes a coordinate with at most two decimals; by hand, because formatters differ between locales. */
    private StringBuilder number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths < 0) {
            out.append('-');
        }
        long size = Math.abs(hundredths);
        out.append(size / 100);
        long rest = size % 100;
        if (rest != 0) {
            out.append('.').append(rest / 10);
            if (rest % 10 != 0) {
                out.append(rest % 10);
            }
        }
        return out;
    }

    private StringBuilder escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out;
    }
}

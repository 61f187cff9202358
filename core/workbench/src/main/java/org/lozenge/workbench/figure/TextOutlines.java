package org.lozenge.workbench.figure;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Outlines of lines of text: in the bundled font, and with the host's fonts for characters that it lacks.
 *
 * <p>A piece in a host font is narrowed where it would pass the width that the layout gave it. A character that no font
 * can draw becomes a question mark. Right-to-left text is put in reading order. One object is used by one thread.
 */
final class TextOutlines {

    /** A stretch of characters that one font draws in one direction. */
    private record Run(String text, boolean bundled, boolean rightToLeft) {}

    private static final int HOST_SIZE = 100;
    private static final String BRACKETS = "()[]{}<>«»";
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private final GlyphOutlines regular = new GlyphOutlines(Typeface.of(false));
    private final GlyphOutlines bold = new GlyphOutlines(Typeface.of(true));

    /** Returns the outline of a line of text in its place on the page. */
    Path2D of(Shape.Words words) {
        TextStyle style = words.style();
        double length = words.length();
        double start = switch (style.anchor()) {
            case START -> 0;
            case MIDDLE -> -length / 2;
            case END -> -length;
        };
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        AffineTransform pen =
                AffineTransform.getTranslateInstance(words.at().x(), words.at().y());
        if (style.upwards()) {
            pen.quadrantRotate(3);
        }
        pen.translate(start, 0);
        pen.scale(style.size(), style.size());
        for (Run run : runs(words.text(), style.bold())) {
            double advance = run.bundled() ? bundled(run, style.bold(), pen, outline) : host(run, style, pen, outline);
            pen.translate(advance, 0);
        }
        return outline;
    }

    private static List<Run> runs(String text, boolean bold) {
        if (!Bidi.requiresBidi(text.toCharArray(), 0, text.length())) {
            return split(text, bold, false);
        }
        Bidi bidi = new Bidi(text, Bidi.DIRECTION_LEFT_TO_RIGHT);
        Run[][] pieces = new Run[bidi.getRunCount()][];
        byte[] levels = new byte[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            levels[i] = (byte) bidi.getRunLevel(i);
            boolean backwards = levels[i] % 2 == 1;
            String piece = text.substring(bidi.getRunStart(i), bidi.getRunLimit(i));
            pieces[i] = split(piece, bold, backwards).toArray(Run[]::new);
        }
        Bidi.reorderVisually(levels, 0, pieces, 0, pieces.length);
        List<Run> runs = new ArrayList<>();
        for (Run[] piece : pieces) {
            runs.addAll(List.of(piece));
        }
        return runs;
    }

    /** Returns the runs of one direction in the order in which they stand from left to right. */
    private static List<Run> split(String text, boolean bold, boolean rightToLeft) {
        Typeface face = Typeface.of(bold);
        List<Run> runs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); ) {
            int next = i + Character.charCount(text.codePointAt(i));
            boolean ends = next >= text.length()
                    || (face.has(text.codePointAt(next)) != face.has(text.codePointAt(i))
                            && !FigureText.combines(text.codePointAt(next)));
            if (ends) {
                String piece = text.substring(start, next);
                runs.add(rightToLeft ? backwards(piece, face) : new Run(piece, face.has(piece), false));
                start = next;
            }
            i = next;
        }
        if (rightToLeft) {
            Collections.reverse(runs);
        }
        return runs;
    }

    private static Run backwards(String piece, Typeface face) {
        return face.has(piece)
                ? new Run(mirrored(new StringBuilder(piece).reverse()), true, false)
                : new Run(piece, false, true);
    }

    private static String mirrored(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            int bracket = BRACKETS.indexOf(text.charAt(i));
            if (bracket >= 0) {
                text.setCharAt(i, BRACKETS.charAt(bracket ^ 1));
            }
        }
        return text.toString();
    }

    private double bundled(Run run, boolean isBold, AffineTransform pen, Path2D out) {
        GlyphOutlines outlines = isBold ? bold : regular;
        Typeface face = Typeface.of(isBold);
        AffineTransform place = new AffineTransform(pen);
        double sum = 0;
        for (int i = 0; i < run.text().length(); ) {
            int codePoint = run.text().codePointAt(i);
            if (Character.getType(codePoint) != Character.FORMAT) {
                out.append(outlines.of(codePoint).getPathIterator(place), false);
            }
            double advance = face.advance(codePoint);
            place.translate(advance, 0);
            sum += advance;
            i += Character.charCount(codePoint);
        }
        return sum;
    }

    private static double host(Run run, TextStyle style, AffineTransform pen, Path2D out) {
        double room = Typeface.of(style.bold()).width(run.text(), 1);
        GlyphVector glyphs = hostGlyphs(run, style.bold());
        double advance = Math.abs(glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX()) / HOST_SIZE;
        double narrowed = advance > room ? room / advance : 1;
        AffineTransform place = new AffineTransform(pen);
        place.translate((room - advance * narrowed) / 2, 0);
        place.scale(narrowed / HOST_SIZE, 1.0 / HOST_SIZE);
        out.append(glyphs.getOutline().getPathIterator(place), false);
        return room;
    }

    private static GlyphVector hostGlyphs(Run run, boolean isBold) {
        Font font = new Font(Font.SANS_SERIF, isBold ? Font.BOLD : Font.PLAIN, HOST_SIZE);
        StringBuilder text = new StringBuilder();
        run.text().codePoints().forEach(c -> text.appendCodePoint(font.canDisplay(c) ? c : '?'));
        char[] chars = text.toString().toCharArray();
        int direction = run.rightToLeft() ? Font.LAYOUT_RIGHT_TO_LEFT : Font.LAYOUT_LEFT_TO_RIGHT;
        return font.layoutGlyphVector(EXACT, chars, 0, chars.length, direction);
    }
}

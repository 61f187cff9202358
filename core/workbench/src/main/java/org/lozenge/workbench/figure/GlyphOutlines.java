package org.lozenge.workbench.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Outlines of the glyphs of a {@link Typeface}, one em to the unit, y downwards.
 *
 * <p>Drawing outlines instead of asking AWT for a font gives the same pixels on every machine, whatever font engine it
 * has, and works on machines without any fonts. One object is used by one thread.
 *
 * @see <a href="https://learn.microsoft.com/typography/opentype/spec/glyf">OpenType specification: glyf, loca</a>
 */
final class GlyphOutlines {

    private static final int ON_CURVE = 1;
    private static final int X_SHORT = 2;
    private static final int Y_SHORT = 4;
    private static final int REPEAT = 8;
    private static final int X_SAME_OR_POSITIVE = 16;
    private static final int Y_SAME_OR_POSITIVE = 32;

    private static final int WORDS = 1;
    private static final int OFFSETS = 2;
    private static final int ONE_SCALE = 8;
    private static final int MORE = 32;
    private static final int TWO_SCALES = 64;
    private static final int MATRIX = 128;

    /** Parts of composite glyphs are not nested deeper in any sound font. */
    private static final int DEEPEST = 8;

    private final Typeface face;
    private final ByteBuffer font;
    private final int loca;
    private final int glyf;
    private final boolean longOffsets;
    private final Map<Integer, Path2D> known = new HashMap<>();

    GlyphOutlines(Typeface face) {
        this.face = face;
        this.font = face.bytes();
        this.loca = face.table("loca");
        this.glyf = face.table("glyf");
        this.longOffsets = font.getShort(face.table("head") + 50) != 0;
    }

    /** Returns the outline of a character that the font has; not to be changed. */
    Path2D of(int codePoint) {
        return known.computeIfAbsent(face.glyph(codePoint), glyph -> {
            Path2D outline = glyph(glyph, 0);
            outline.transform(AffineTransform.getScaleInstance(1 / face.unitsPerEm(), -1 / face.unitsPerEm()));
            return outline;
        });
    }

    private Path2D glyph(int glyph, int depth) {
        int start = offset(glyph);
        if (start == offset(glyph + 1) || depth > DEEPEST) {
            return new Path2D.Double();
        }
        int contours = font.getShort(glyf + start);
        int body = glyf + start + 10;
        return contours >= 0 ? simple(body, contours) : composite(body, depth);
    }

    private int offset(int glyph) {
        return longOffsets ? font.getInt(loca + 4 * glyph) : 2 * unsigned(loca + 2 * glyph);
    }

    private int unsigned(int at) {
        return font.getShort(at) & 0xFFFF;
    }

    private Path2D composite(int start, int depth) {
        Path2D outline = new Path2D.Double();
        int at = start;
        int flags;
        do {
            flags = unsigned(at);
            int part = unsigned(at + 2);
            at += 4;
            boolean words = (flags & WORDS) != 0;
            double dx = words ? font.getShort(at) : font.get(at);
            double dy = words ? font.getShort(at + 2) : font.get(at + 1);
            at += words ? 4 : 2;
            boolean shifted = (flags & OFFSETS) != 0;
            double[] m = matrix(flags, at);
            at += matrixLength(flags);
            AffineTransform place = new AffineTransform(m[0], m[1], m[2], m[3], shifted ? dx : 0, shifted ? dy : 0);
            outline.append(glyph(part, depth + 1).getPathIterator(place), false);
        } while ((flags & MORE) != 0);
        return outline;
    }

    private static int matrixLength(int flags) {
        if ((flags & MATRIX) != 0) {
            return 8;
        }
        if ((flags & TWO_SCALES) != 0) {
            return 4;
        }
        return (flags & ONE_SCALE) != 0 ? 2 : 0;
    }

    private double[] matrix(int flags, int at) {
        return switch (matrixLength(flags)) {
            case 8 -> new double[] {fraction(at), fraction(at + 2), fraction(at + 4), fraction(at + 6)};
            case 4 -> new double[] {fraction(at), 0, 0, fraction(at + 2)};
            case 2 -> new double[] {fraction(at), 0, 0, fraction(at)};
            default -> new double[] {1, 0, 0, 1};
        };
    }

    private double fraction(int at) {
        return font.getShort(at) / 16384.0;
    }

    private Path2D simple(int start, int contours) {
        if (contours == 0) {
            return new Path2D.Double();
        }
        int points = unsigned(start + 2 * (contours - 1)) + 1;
        int at = start + 2 * contours;
        at += 2 + unsigned(at);
        int[] flags = new int[points];
        for (int i = 0; i < points; i++) {
            flags[i] = font.get(at++);
            if ((flags[i] & REPEAT) != 0) {
                for (int copies = font.get(at++) & 0xFF; copies > 0; copies--) {
                    flags[i + 1] = flags[i];
                    i++;
                }
            }
        }
        int[] x = new int[points];
        at = coordinates(at, flags, X_SHORT, X_SAME_OR_POSITIVE, x);
        int[] y = new int[points];
        coordinates(at, flags, Y_SHORT, Y_SAME_OR_POSITIVE, y);
        return contours(start, contours, flags, x, y);
    }

    private int coordinates(int start, int[] flags, int isShort, int sameOrPositive, int[] out) {
        int at = start;
        int value = 0;
        for (int i = 0; i < flags.length; i++) {
            boolean set = (flags[i] & sameOrPositive) != 0;
            if ((flags[i] & isShort) != 0) {
                int step = font.get(at++) & 0xFF;
                value += set ? step : -step;
            } else if (!set) {
                value += font.getShort(at);
                at += 2;
            }
            out[i] = value;
        }
        return at;
    }

    private Path2D contours(int start, int contours, int[] flags, int[] x, int[] y) {
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        int first = 0;
        for (int i = 0; i < contours; i++) {
            int last = unsigned(start + 2 * i);
            contour(outline, first, last, flags, x, y);
            first = last + 1;
        }
        return outline;
    }

    /** Adds a closed curve of quadratic pieces; between two control points lies a point of the curve half way. */
    private static void contour(Path2D outline, int first, int last, int[] flags, int[] x, int[] y) {
        int count = last - first + 1;
        if (count < 2) {
            return;
        }
        int begin = first;
        while (begin < last && (flags[begin] & ON_CURVE) == 0) {
            begin++;
        }
        outline.moveTo(x[begin], y[begin]);
        for (int i = 1; i <= count; i++) {
            int point = first + (begin - first + i) % count;
            if ((flags[point] & ON_CURVE) != 0) {
                outline.lineTo(x[point], y[point]);
                continue;
            }
            int next = first + (begin - first + i + 1) % count;
            boolean ends = (flags[next] & ON_CURVE) != 0;
            outline.quadTo(
                    x[point],
                    y[point],
                    ends ? x[next] : (x[point] + x[next]) / 2.0,
                    ends ? y[next] : (y[point] + y[next]) / 2.0);
            i += ends ? 1 : 0;
        }
        outline.closePath();
    }
}

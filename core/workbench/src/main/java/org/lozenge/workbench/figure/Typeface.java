package org.lozenge.workbench.figure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A cut of Liberation Sans, read from its TrueType file without AWT: which characters it has and how wide they are.
 *
 * <p>Characters that the font lacks get a width that a fallback font will rarely pass: East Asian characters one em,
 * emoji 1.3 em, others three quarters of an em, and nothing for characters that combine with the one before.
 *
 * @see <a href="https://learn.microsoft.com/typography/opentype/spec/otff">OpenType specification: cmap, hhea, hmtx</a>
 */
final class Typeface {

    /** Loaded when the first text is measured. */
    private static final class Loaded {
        static final Typeface REGULAR = new Typeface("LiberationSans-Regular.ttf");
        static final Typeface BOLD = new Typeface("LiberationSans-Bold.ttf");
    }

    /** The part of the "cmap" table for the Basic Multilingual Plane in Unicode on Windows. */
    private static final int WINDOWS_UNICODE = (3 << 16) | 1;

    private final String file;
    private final ByteBuffer font;
    private final int segments;
    private final int segmentCount;
    private final int metrics;
    private final int metricsCount;
    private final double unitsPerEm;

    private Typeface(String file) {
        this.file = file;
        this.font = ByteBuffer.wrap(bytes(file)).asReadOnlyBuffer();
        this.unitsPerEm = unsigned(table("head") + 18);
        this.metrics = table("hmtx");
        this.metricsCount = unsigned(table("hhea") + 34);
        this.segments = characterMap();
        this.segmentCount = unsigned(segments + 6) / 2;
    }

    /** Returns the bold or the regular cut. */
    static Typeface of(boolean bold) {
        return bold ? Loaded.BOLD : Loaded.REGULAR;
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Typeface.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The font " + file + " is missing from the workbench's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The font " + file + " cannot be read from the workbench's jar", e);
        }
    }

    /** Returns the file's bytes as a stream. */
    InputStream stream() {
        InputStream in = Typeface.class.getResourceAsStream(file);
        if (in == null) {
            throw new IllegalStateException("The font " + file + " is missing from the workbench's jar");
        }
        return in;
    }

    /** Returns the file's bytes for readers of other tables; read only, positions are absolute. */
    ByteBuffer bytes() {
        return font;
    }

    /** Returns the size of the grid on which glyphs are drawn. */
    double unitsPerEm() {
        return unitsPerEm;
    }

    /** Returns where a table starts in the file. */
    int table(String tag) {
        int wanted = ByteBuffer.wrap(tag.getBytes(StandardCharsets.US_ASCII)).getInt();
        int tables = unsigned(4);
        for (int i = 0; i < tables; i++) {
            int entry = 12 + 16 * i;
            if (font.getInt(entry) == wanted) {
                return font.getInt(entry + 8);
            }
        }
        throw new IllegalStateException("The font " + file + " has no table '" + tag + "'");
    }

    private int characterMap() {
        int cmap = table("cmap");
        int maps = unsigned(cmap + 2);
        for (int i = 0; i < maps; i++) {
            int entry = cmap + 4 + 8 * i;
            int start = cmap + font.getInt(entry + 4);
            if (font.getInt(entry) == WINDOWS_UNICODE && unsigned(start) == 4) {
                return start;
            }
        }
        throw new IllegalStateException("The font " + file + " has no Unicode character map of format 4");
    }

    /** Returns the glyph of a character; 0 if the font has none. */
    int glyph(int codePoint) {
        if (codePoint > 0xFFFF) {
            return 0;
        }
        int low = 0;
        int high = segmentCount - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (unsigned(segments + 14 + 2 * middle) < codePoint) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return glyph(codePoint, low);
    }

    private int glyph(int codePoint, int segment) {
        int starts = segments + 16 + 2 * segmentCount;
        int start = unsigned(starts + 2 * segment);
        if (codePoint < start) {
            return 0;
        }
        int delta = unsigned(starts + 2 * segmentCount + 2 * segment);
        int offsetAt = starts + 4 * segmentCount + 2 * segment;
        int offset = unsigned(offsetAt);
        if (offset == 0) {
            return (codePoint + delta) & 0xFFFF;
        }
        int glyph = unsigned(offsetAt + offset + 2 * (codePoint - start));
        return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
    }

    /** Returns whether the font can draw a character; always true for characters that are not drawn. */
    boolean has(int codePoint) {
        return glyph(codePoint) != 0 || Character.getType(codePoint) == Character.FORMAT;
    }

    /** Returns whether the font can draw a whole text. */
    boolean has(String text) {
        return text.codePoints().allMatch(this::has);
    }

    /** Returns the length of a text in the unit of the size. */
    double width(String text, double size) {
        double sum = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            sum += advance(codePoint);
            i += Character.charCount(codePoint);
        }
        return sum * size;
    }

    /** Returns the advance of a character as a fraction of the size of the type. */
    double advance(int codePoint) {
        if (FigureText.combines(codePoint)) {
            return 0;
        }
        int glyph = glyph(codePoint);
        return glyph == 0 ? guess(codePoint) : unsigned(metrics + 4 * Math.min(glyph, metricsCount - 1)) / unitsPerEm;
    }

    private static double guess(int codePoint) {
        if (codePoint >= 0x1F000 && codePoint < 0x20000) {
            return 1.3;
        }
        return FigureText.isWide(codePoint) ? 1 : 0.75;
    }

    private int unsigned(int at) {
        return font.getShort(at) & 0xFFFF;
    }
}

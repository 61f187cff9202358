package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypefaceTest {

    private static TrueTypeFont reference(boolean bold) throws IOException {
        return new TTFParser().parse(new RandomAccessReadBuffer(Typeface.of(bold).stream()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void widthsOfAllCharactersAgreeWithFontBox(boolean bold) throws IOException {
        Typeface face = Typeface.of(bold);
        try (TrueTypeFont font = reference(bold)) {
            CmapLookup map = font.getUnicodeCmapLookup();
            int compared = 0;
            for (int c = 32; c < 0xFFFF; c++) {
                int glyph = map.getGlyphId(c);
                assertEquals(glyph, face.glyph(c), "glyph of U+" + Integer.toHexString(c));
                if (glyph != 0 && !FigureText.combines(c)) {
                    compared++;
                    double width = font.getAdvanceWidth(glyph) / (double) font.getUnitsPerEm();
                    assertEquals(width, face.advance(c), 0, "width of U+" + Integer.toHexString(c));
                }
            }
            assertThat(compared).isGreaterThan(2000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void outlinesOfAllCharactersAgreeWithFontBox(boolean bold) throws IOException {
        GlyphOutlines outlines = new GlyphOutlines(Typeface.of(bold));
        try (TrueTypeFont font = reference(bold)) {
            CmapLookup map = font.getUnicodeCmapLookup();
            for (int c = 33; c < 0xFFFF; c++) {
                int glyph = map.getGlyphId(c);
                if (glyph != 0 && font.getGlyph().getGlyph(glyph) != null) {
                    Path2D expected = font.getGlyph().getGlyph(glyph).getPath();
                    assertSameBox(c, expected.getBounds2D(), outlines.of(c).getBounds2D());
                    assertSameInside(c, expected, outlines.of(c));
                }
            }
        }
    }

    private static void assertSameBox(int c, Rectangle2D expected, Rectangle2D actual) {
        String name = "outline of U+" + Integer.toHexString(c);
        double unit = 2048;
        // FontBox rounds the point between two control points to a whole unit, and shifts scaled parts by whole units
        double tolerance = 2.0;
        assertEquals(expected.getMinX(), unit * actual.getMinX(), tolerance, name);
        assertEquals(expected.getMaxX(), unit * actual.getMaxX(), tolerance, name);
        assertEquals(expected.getMinY(), -unit * actual.getMaxY(), tolerance, name);
        assertEquals(expected.getMaxY(), -unit * actual.getMinY(), tolerance, name);
    }

    /** Compares on a coarse grid which points lie inside; a few near the edge may differ by rounding. */
    private static void assertSameInside(int c, Path2D expected, Path2D actual) {
        Rectangle2D box = expected.getBounds2D();
        int differences = 0;
        for (int i = 1; i < 12; i++) {
            for (int j = 1; j < 12; j++) {
                double x = box.getX() + box.getWidth() * i / 12.3;
                double y = box.getY() + box.getHeight() * j / 12.3;
                differences += expected.contains(x, y) == actual.contains(x / 2048, -y / 2048) ? 0 : 1;
            }
        }
        assertThat(differences).as("outline of U+" + Integer.toHexString(c)).isLessThanOrEqualTo(2);
    }

    @Test
    void textIsAsWideAsItsCharacters() {
        // Liberation Sans has the widths of Arial: digits 1139, space 569, full stop 569 of 2048 units
        assertEquals(8 * (3 * 1139 + 569) / 2048.0, Typeface.of(false).width("0.49", 8), 1e-12);
        assertEquals(0, Typeface.of(false).width("", 8));
    }

    @Test
    void boldIsWider() {
        assertThat(Typeface.of(true).width("Random effects", 8))
                .isGreaterThan(Typeface.of(false).width("Random effects", 8));
    }

    @Test
    void charactersWithoutGlyphHaveAWidth() {
        Typeface face = Typeface.of(false);
        assertThat(face.has("試")).isFalse();
        assertEquals(10, face.width("試", 10), 0);
        assertEquals(13, face.width("🙂", 10), 0);
        assertEquals(7.5, face.width("د", 10), 0);
    }

    @Test
    void combiningCharactersTakeNoRoom() {
        Typeface face = Typeface.of(false);
        assertEquals(face.width("b", 10), face.width("b\u0302\u0335", 10), 0);
        assertEquals(face.width("b", 10), face.width("b\u200D", 10), 0);
    }

    @Test
    void hasTheCharactersOfFigures() {
        String used = "−–—…τχ²³±≤≥×→←∞†‡§µαβ";
        assertThat(Typeface.of(false).has(used)).isTrue();
        assertThat(Typeface.of(true).has(used)).isTrue();
    }
}

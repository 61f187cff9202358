package org.lozenge.workbench.figure;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Texts of any origin made fit for a picture: cleaned, broken into lines, shortened. Widths are in points. */
final class FigureText {

    private static final String ELLIPSIS = "…";
    private static final String COMPARISONS = "=<>≤≥≠";
    private static final int REPLACEMENT = 0xFFFD;

    private FigureText() {}

    /**
     * Returns a text as one line that can stand in XML and in a font.
     *
     * <p>Composed to NFC; every run of white space and line breaks becomes one space; control characters, lone
     * surrogates and noncharacters become U+FFFD; marks that force the direction of text are dropped, because they
     * could make a label read as something else.
     */
    static String clean(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(composed.length());
        composed.codePoints().forEach(codePoint -> append(out, codePoint));
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == ' ') {
            end--;
        }
        return out.substring(0, end);
    }

    private static void append(StringBuilder out, int codePoint) {
        if (isSpace(codePoint)) {
            if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        } else if (!forcesDirection(codePoint)) {
            out.appendCodePoint(isLegal(codePoint) ? codePoint : REPLACEMENT);
        }
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }

    private static boolean isSpace(int codePoint) {
        return codePoint == ' '
                || within(codePoint, '\t', '\r')
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }

    private static boolean forcesDirection(int codePoint) {
        return within(codePoint, 0x202A, 0x202E) || within(codePoint, 0x2066, 0x2069) || codePoint == 0xFEFF;
    }

    private static boolean isLegal(int codePoint) {
        boolean control = codePoint < 0x20 || within(codePoint, 0x7F, 0x9F);
        boolean surrogate = within(codePoint, 0xD800, 0xDFFF);
        boolean noncharacter = within(codePoint, 0xFDD0, 0xFDEF) || (codePoint & 0xFFFE) == 0xFFFE;
        return !control && !surrogate && !noncharacter;
    }

    /** Returns whether a character is drawn over the one before it or not at all. */
    static boolean combines(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT;
    }

    /** Returns whether a character fills a square, as in Chinese, Japanese and Korean. */
    static boolean isWide(int codePoint) {
        return within(codePoint, 0x1100, 0x115F)
                || within(codePoint, 0x2E80, 0xA4CF)
                || within(codePoint, 0xAC00, 0xD7A3)
                || within(codePoint, 0xF900, 0xFAFF)
                || within(codePoint, 0xFE30, 0xFE6F)
                || within(codePoint, 0xFF00, 0xFF60)
                || codePoint >= 0x20000;
    }

    /** Returns a text on one line, cut short with an ellipsis where it is too long. */
    static String fit(String text, TextStyle style, double width) {
        Typeface face = Typeface.of(style.bold());
        if (face.width(text, style.size()) <= width) {
            return text;
        }
        double room = width - face.width(ELLIPSIS, style.size());
        return text.substring(0, prefix(text, face, style.size(), room)).stripTrailing() + ELLIPSIS;
    }

    /**
     * Returns a text broken into lines at spaces, inside a word only where the word alone is too long.
     *
     * @param most number of lines at most, above 0; the last one ends in an ellipsis when there is more
     * @return at least one line
     */
    static List<String> wrap(String text, TextStyle style, double width, int most) {
        Typeface face = Typeface.of(style.bold());
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (lines.size() < most - 1 && face.width(rest, style.size()) > width) {
            int end = lineEnd(rest, face, style.size(), width);
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(fit(rest, style, width));
        return lines;
    }

    private static int lineEnd(String text, Typeface face, double size, double width) {
        int hard = Math.max(prefix(text, face, size, width), firstCluster(text));
        for (int i = hard; i > 0; i--) {
            if (text.charAt(i) == ' ' && !bindsTogether(text, i)) {
                return i;
            }
        }
        return hard;
    }

    /** Returns whether a space stands before or after a sign of comparison, as in {@code P = 0.03}. */
    private static boolean bindsTogether(String text, int space) {
        return COMPARISONS.indexOf(text.charAt(space - 1)) >= 0
                || (space + 1 < text.length() && COMPARISONS.indexOf(text.charAt(space + 1)) >= 0);
    }

    /** Returns how many chars fit, never splitting a character from what combines with it. */
    private static int prefix(String text, Typeface face, double size, double width) {
        double sum = 0;
        int whole = 0;
        boolean joined = false;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!joined && !combines(codePoint)) {
                whole = i;
            }
            sum += face.advance(codePoint) * size;
            if (sum > width) {
                return whole;
            }
            joined = codePoint == 0x200D;
            i += Character.charCount(codePoint);
        }
        return text.length();
    }

    private static int firstCluster(String text) {
        int end = Character.charCount(text.codePointAt(0));
        while (end < text.length() && combines(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }
}

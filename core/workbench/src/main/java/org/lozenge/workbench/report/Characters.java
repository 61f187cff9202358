package org.lozenge.workbench.report;

/** Characters that no output may pass on from the data. */
final class Characters {

    /** What stands for a character that was taken out. */
    static final int REPLACEMENT = 0xFFFD;

    private Characters() {}

    /**
     * Returns whether a code point is a control character (other than tab and line ends), a lone surrogate, not a
     * character at all, or one that reorders the text around it.
     */
    static boolean isUnsafe(int c) {
        if (c == '\t' || c == '\n' || c == '\r') {
            return false;
        }
        boolean reorders = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
        boolean nonCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return Character.isISOControl(c) || isSurrogate(c) || c == 0x2028 || c == 0x2029 || reorders || nonCharacter;
    }

    /** Returns a text with every unsafe character replaced. */
    static String safe(String text) {
        if (text.codePoints().noneMatch(Characters::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(isUnsafe(c) ? REPLACEMENT : c));
        return safe.toString();
    }

    /** Returns a text with lone surrogates replaced, so that it can be encoded; everything else stays. */
    static String encodable(String text) {
        if (text.codePoints().noneMatch(Characters::isSurrogate)) {
            return text;
        }
        StringBuilder encodable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> encodable.appendCodePoint(isSurrogate(c) ? REPLACEMENT : c));
        return encodable.toString();
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}

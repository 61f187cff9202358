package org.lozenge.workbench.table;

import java.util.Locale;

/** The rules for the text of a cell: what surrounds it, when it is missing, and how a message shows it. */
public final class CellText {

    private static final int SHOWN = 60;

    private CellText() {}

    /** Returns the text without surrounding white space, no-break spaces and byte order marks included. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
    }

    /**
     * Returns whether a cell holds no value: it is empty or reads {@code NA}, as R writes it. All other texts that may
     * mean a missing value ({@code .}, {@code n/a}, {@code null}) are texts: in a column of numbers they are reported.
     *
     * @param stripped a text without surrounding white space
     */
    public static boolean isMissing(String stripped) {
        return stripped.isEmpty() || stripped.equals("NA");
    }

    /**
     * Returns the text in quotes for a message: characters that cannot be seen by their code point, and long texts cut.
     */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("'");
        int[] codePoints = text.codePoints().limit(SHOWN + 1L).toArray();
        for (int i = 0; i < Math.min(SHOWN, codePoints.length); i++) {
            append(out, codePoints[i]);
        }
        return out.append(codePoints.length > SHOWN ? "…'" : "'").toString();
    }

    private static void append(StringBuilder out, int c) {
        int kind = Character.getType(c);
        boolean unseen = Character.isISOControl(c)
                || (c != ' ' && Character.isSpaceChar(c))
                || kind == Character.FORMAT
                || kind == Character.SURROGATE
                || kind == Character.PRIVATE_USE
                || kind == Character.UNASSIGNED;
        if (unseen) {
            out.append(String.format(Locale.ROOT, "<U+%04X>", c));
        } else {
            out.appendCodePoint(c);
        }
    }
}

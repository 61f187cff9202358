package org.lozenge.analyses.formula;

import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.NumberText;

/** The text of a formula and how far it has been read. */
final class FormulaText {

    /** So much of a formula is shown around the place where it goes wrong. */
    private static final int SHOWN = 60;

    /** Parentheses and functions within each other; deeper ones would exhaust the stack. */
    private static final int MAX_NESTED = 100;

    private final String option;
    private final String text;
    private int at;
    private int nested;

    FormulaText(String option, String text) {
        this.option = option;
        this.text = text;
    }

    /** Takes a sign if it comes next, white space aside. */
    boolean take(char sign) {
        if (peek() != sign) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char sign) {
        if (!take(sign)) {
            throw fault("'" + sign + "' is missing " + where());
        }
    }

    /** Notes that something stands within something else, up to {@link #leave}. */
    void enter() {
        nested++;
        if (nested > MAX_NESTED) {
            throw fault("more than " + MAX_NESTED + " parentheses or signs stand within each other");
        }
    }

    void leave() {
        nested--;
    }

    /** The next sign that is not white space; 0 at the end. */
    char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    int position() {
        peek();
        return at;
    }

    /** What was read since a position, with single spaces. */
    String since(int start) {
        return text.substring(start, at).strip().replaceAll("\\s+", " ").replace("`", "");
    }

    boolean isName() {
        char next = peek();
        return next == '`' || isNameStart(next);
    }

    boolean isNumber() {
        char next = peek();
        return Character.isDigit(next)
                || (next == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)));
    }

    private boolean isNameStart(char c) {
        boolean point = c == '.' && (at + 1 >= text.length() || !Character.isDigit(text.charAt(at + 1)));
        return Character.isLetter(c) || c == '_' || point;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    /** A name, in backticks or not. */
    String name() {
        if (peek() == '`') {
            return quoted('`');
        }
        if (!isName()) {
            throw fault("a column name is missing " + where());
        }
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    double number() {
        int start = position();
        while (at < text.length() && isNumberPart(start)) {
            at++;
        }
        String printed = text.substring(start, at);
        return NumberText.parse(printed)
                .orElseThrow(
                        () -> fault("'" + printed + "' is no number; names that start with a digit need `backticks`"));
    }

    private boolean isNumberPart(int start) {
        char c = text.charAt(at);
        boolean sign = (c == '+' || c == '-') && at > start && "eE".indexOf(text.charAt(at - 1)) >= 0;
        return isNamePart(c) || sign;
    }

    /** A word, a number or a text in quotation marks. */
    String word() {
        char next = peek();
        if (next == '"' || next == '\'') {
            return quoted(next);
        }
        if (isNumber()) {
            int start = at;
            number();
            return text.substring(start, at);
        }
        return name();
    }

    private String quoted(char mark) {
        int end = text.indexOf(mark, at + 1);
        if (end < 0) {
            throw fault("the sign " + mark + " is not closed");
        }
        String name = text.substring(at + 1, end);
        at = end + 1;
        if (name.isEmpty()) {
            throw fault("nothing stands between the signs " + mark + mark);
        }
        return name;
    }

    private String where() {
        return peek() == 0 ? "at the end" : "before '" + next() + "'";
    }

    private String next() {
        String rest = text.substring(at).strip();
        return rest.length() <= SHOWN ? rest : rest.substring(0, SHOWN) + " …";
    }

    AnalysisException unexpected() {
        char next = peek();
        if (isName() && at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            return fault("a sign such as + is missing " + where()
                    + "; a name with spaces stands between backticks, such as `" + withSpaces() + "`");
        }
        if (next == '~') {
            return fault("there is only a right side, the moderators; effects come from their own columns");
        }
        return fault(next == 0 ? "something is missing at the end" : "'" + next + "' is not understood " + where());
    }

    /** The words around the place, up to signs. */
    private String withSpaces() {
        int start = at;
        while (start > 0 && isWordy(text.charAt(start - 1))) {
            start--;
        }
        int end = at;
        while (end < text.length() && isWordy(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end).strip();
    }

    private static boolean isWordy(char c) {
        return isNamePart(c) || Character.isWhitespace(c);
    }

    /** A part of the text, cut to so many characters. */
    private String shown(int from, int length) {
        int to = Math.min(text.length(), from + length);
        return (from > 0 ? "… " : "") + text.substring(from, to) + (to < text.length() ? " …" : "");
    }

    AnalysisException fault(String what) {
        String around = shown(text.length() <= 2 * SHOWN ? 0 : Math.max(0, at - SHOWN), 2 * SHOWN);
        return new AnalysisException(
                "formula",
                "Option '" + option + "' is '" + around + "', but " + what + " (at character " + (at + 1) + ")"
                        + ". Write terms such as ~ dose + alloc, ~ dose * alloc, ~ poly(year, 2), ~ log(n) - 1.");
    }
}

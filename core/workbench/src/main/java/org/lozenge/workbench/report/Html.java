package org.lozenge.workbench.report;

/** The escaper of HTML text and attribute values. */
final class Html {

    private Html() {}

    /** Returns a text that means itself in an element or a quoted attribute. */
    static String text(String raw) {
        String safe = Characters.safe(raw);
        StringBuilder html = new StringBuilder(safe.length() + 16);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '`' -> html.append("&#96;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}

package org.lozenge.workbench.plugins;

/** A plugin, or one of its analyses, is refused. */
final class BadPluginException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;

    BadPluginException(String code, String text) {
        super(text);
        this.code = code;
        this.text = text;
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }
}

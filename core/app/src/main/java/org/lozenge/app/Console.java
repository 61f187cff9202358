package org.lozenge.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Message.Severity;

/**
 * Where a command reads and writes. Writes UTF-8 whatever the platform's charset is, and never loses a failure to write:
 * {@link java.io.PrintStream} would.
 */
final class Console {

    /**
     * What the program was started in.
     *
     * @param outIsTerminal whether standard output is a terminal
     * @param errIsTerminal whether standard error is a terminal
     * @param columns width of the terminal
     * @param colour whether a terminal may get colours
     * @param debug whether faults of Lozenge or a plugin show where they happened
     */
    record Setting(boolean outIsTerminal, boolean errIsTerminal, int columns, boolean colour, boolean debug) {

        /** Neither output is a terminal. */
        static final Setting PLAIN = new Setting(false, false, 100, false, false);
    }

    /** Standard output cannot be written. */
    static final class WriteException extends UncheckedIOException {

        private static final long serialVersionUID = 1L;

        WriteException(IOException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final Setting setting;

    Console(InputStream in, OutputStream out, OutputStream err, Setting setting) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.setting = setting;
    }

    InputStream in() {
        return in;
    }

    Setting setting() {
        return setting;
    }

    /**
     * Writes a result.
     *
     * @throws WriteException if it cannot be written
     */
    void print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new WriteException(e);
        }
    }

    /** Tells the user something that is not a result. If even that cannot be written, there is nobody to tell. */
    @SuppressWarnings("EmptyCatch")
    void tell(String line) {
        try {
            err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // nobody listens
        }
    }

    /** Rewrites the current line of the terminal, for progress. */
    @SuppressWarnings("EmptyCatch")
    void rewriteLine(String text) {
        try {
            err.write(("\r\u001b[K" + text).getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // nobody listens
        }
    }

    /** Tells messages, one a line: {@code error: text [code]}. */
    void tell(List<Message> messages) {
        messages.forEach(
                message -> tell(word(message.severity()) + ": " + clean(message.text()) + " [" + message.code() + "]"));
    }

    private String word(Severity severity) {
        String word = severity == Severity.INFO ? "note" : severity.name().toLowerCase(Locale.ROOT);
        if (!setting.errIsTerminal || !setting.colour) {
            return word;
        }
        String colour = severity == Severity.ERROR ? "31" : severity == Severity.WARNING ? "33" : "34";
        return "\u001b[1;" + colour + "m" + word + "\u001b[0m";
    }

    /** Takes out control characters: messages quote the user's data. */
    static String clean(String text) {
        return text.codePoints()
                .map(c -> c == '\t' || c == '\r' ? ' ' : c)
                .map(c -> c != '\n' && Character.isISOControl(c) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

package org.lozenge.app;

import java.util.List;
import org.lozenge.plugin.Message;

/** Something in the data or the call of a script must be mended. The message says what; the stack trace is empty. */
public final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScriptException(List<Message> messages) {
        this(String.join("\n", messages.stream().map(Message::text).toList()));
    }

    ScriptException(String text) {
        super(text, null, false, false);
    }
}

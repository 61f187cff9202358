package org.lozenge.workbench.table;

import java.util.List;
import org.lozenge.plugin.Message;

/**
 * A source cannot be read as a table. Carries one or more errors, each of which names the source, the place (row, line,
 * column), the offending value and what to do.
 */
public final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Message> messages;

    /** One or more errors. */
    public InputException(List<Message> messages) {
        super(String.join("\n", messages.stream().map(Message::text).toList()));
        this.messages = List.copyOf(messages);
    }

    /** One error. */
    InputException(String code, String text, int... rows) {
        this(List.of(Message.error(code, text).at(rows)));
    }

    /** Returns the errors in the order of the source. */
    public List<Message> messages() {
        return messages;
    }
}

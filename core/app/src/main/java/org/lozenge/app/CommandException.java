package org.lozenge.app;

import java.util.List;
import org.lozenge.plugin.Message;

/** Ends a command with messages and an exit status. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Message> messages;

    CommandException(int status, List<Message> messages) {
        super(String.join("\n", messages.stream().map(Message::text).toList()));
        this.status = status;
        this.messages = List.copyOf(messages);
    }

    /** The call must be mended. */
    static CommandException mend(String code, String text) {
        return new CommandException(ExitStatus.MEND, List.of(Message.error(code, text)));
    }

    int status() {
        return status;
    }

    List<Message> messages() {
        return messages;
    }
}

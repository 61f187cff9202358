package org.lozenge.app;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.report.ReportFolder.FolderInUseException;
import org.lozenge.workbench.table.InputException;

/** Something in the data or the call of a script must be mended. The message says what; the stack trace is empty. */
public final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScriptException(List<Message> messages) {
        this(String.join("\n", messages.stream().map(Message::text).toList()));
    }

    ScriptException(String text) {
        super(text, null, false, false);
    }

    /** Runs a step and turns what a user can mend into a message without a stack trace. */
    static <T> T guard(Supplier<T> step) {
        try {
            return step.get();
        } catch (InputException e) {
            throw new ScriptException(e.messages());
        } catch (CommandException e) {
            throw new ScriptException(e.messages());
        } catch (UncheckedIOException | FolderInUseException | IllegalArgumentException | NoSuchElementException e) {
            throw new ScriptException(String.valueOf(e.getMessage()));
        }
    }
}

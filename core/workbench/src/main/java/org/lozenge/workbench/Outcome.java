package org.lozenge.workbench;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Message;

/** How a run ended. Holds no object of the plugin but its result, so that a plugin can be unloaded. */
public sealed interface Outcome {

    /** Returns what was run on what. */
    Provenance provenance();

    /** Returns what the user should know, in the order in which it was found. */
    List<Message> messages();

    /** Returns the status as scripts know it: {@code ok}, {@code rejected}, {@code failed} or {@code cancelled}. */
    default String status() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the result.
     *
     * @throws IllegalStateException if there is none; the message says why
     */
    default AnalysisResult get() {
        throw new IllegalStateException("The run of '" + provenance().analysis() + "' gave no result (" + status()
                + "): "
                + String.join("; ", messages().stream().map(Message::text).toList()));
    }

    /** Returns what there is to show: the result, or what a cancelled run had done of it. */
    default Optional<AnalysisResult> available() {
        return Optional.empty();
    }

    /**
     * The analysis returned a result. With a split by column, the result holds a section per group, each with a status of
     * its own.
     *
     * @param provenance what was run on what
     * @param result the result
     * @param messages notes and warnings
     */
    record Ok(Provenance provenance, AnalysisResult result, List<Message> messages) implements Outcome {
        /** Copies the messages. */
        public Ok {
            Objects.requireNonNull(result, "result");
            messages = List.copyOf(messages);
        }

        @Override
        public AnalysisResult get() {
            return result;
        }

        @Override
        public Optional<AnalysisResult> available() {
            return Optional.of(result);
        }
    }

    /**
     * The data or the call must be mended; the messages say how.
     *
     * @param provenance what was to be run, as far as it is known
     * @param messages at least one error
     */
    record Rejected(Provenance provenance, List<Message> messages) implements Outcome {
        /** Copies the messages. */
        public Rejected {
            messages = List.copyOf(messages);
        }
    }

    /**
     * The analysis broke. That is a fault of its plugin, not of the data.
     *
     * @param provenance what was run; names the plugin and its version
     * @param trace the stack trace as text, for a report to the plugin's author
     * @param messages what was reported before, and last an error that says what broke
     */
    record Failed(Provenance provenance, String trace, List<Message> messages) implements Outcome {
        /** Copies the messages. */
        public Failed {
            messages = List.copyOf(messages);
        }
    }

    /**
     * The user stopped the run, or it passed its deadline. Some analyses then return what is done; their messages say how
     * much that is. It is no result in the sense of {@link #get}, which throws.
     *
     * @param provenance what was run
     * @param available what was done, if the analysis returned it
     * @param messages what was reported before, and last what stopped it
     */
    record Cancelled(Provenance provenance, Optional<AnalysisResult> available, List<Message> messages)
            implements Outcome {
        /** Copies the messages. */
        public Cancelled {
            messages = List.copyOf(messages);
        }
    }
}

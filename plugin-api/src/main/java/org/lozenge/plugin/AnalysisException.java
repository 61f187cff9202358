package org.lozenge.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something in the data or the options keeps the analysis from running, and the user can mend it.
 *
 * <p>Carries one or more {@linkplain Message messages} of severity {@link Message.Severity#ERROR}; an analysis that
 * checks many rows reports all faults at once. The host shows the messages without a stack trace.
 */
public class AnalysisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Message> messages;

    /**
     * One fault.
     *
     * @param code a stable identifier in kebab case, such as {@code ci-order}
     * @param text what is wrong, where, the offending value and what to do
     * @param rows the 1-based data rows concerned, if any
     */
    public AnalysisException(String code, String text, int... rows) {
        this(List.of(Message.error(code, text).at(rows)));
    }

    /**
     * Several faults.
     *
     * @param messages at least one message; other severities than {@link Message.Severity#ERROR} are shown beside the
     *     errors
     */
    public AnalysisException(List<Message> messages) {
        super(String.join("\n", messages.stream().map(Message::text).toArray(String[]::new)));
        this.messages = List.copyOf(messages);
        if (messages.stream().noneMatch(m -> m.severity() == Message.Severity.ERROR)) {
            throw new IllegalArgumentException("An AnalysisException needs at least one message of severity ERROR");
        }
    }

    /** Returns the code of the first error. */
    public String code() {
        return errors().findFirst().orElseThrow().code();
    }

    /** Returns all messages in the order in which they were given. */
    public List<Message> messages() {
        return messages;
    }

    private Stream<Message> errors() {
        return messages.stream().filter(m -> m.severity() == Message.Severity.ERROR);
    }

    /** Returns the 1-based data rows that the messages name, in ascending order without repetition. */
    public int[] rows() {
        return Arrays.stream(messages.stream()
                        .flatMapToInt(m -> m.rows().stream().mapToInt(Integer::intValue))
                        .toArray())
                .sorted()
                .distinct()
                .toArray();
    }
}

package org.lozenge.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A named part of a result with items of its own, so that a review of several outcomes is one result. Sections may hold
 * sections.
 *
 * @param id unique within the result or section that holds it
 * @param title heading
 * @param status how this part ended; {@link Status#OK} unless the part failed while others went on
 * @param items the parts, in reading order; ids unique
 * @param messages what the reader should know about this part
 */
public record Section(String id, String title, Status status, List<ResultItem> items, List<Message> messages)
        implements ResultItem {

    /** How a part of a result ended. */
    public enum Status {
        /** With a result. */
        OK,
        /** Not run: the messages say what to mend. */
        REJECTED,
        /** The analysis failed. */
        FAILED,
        /** Stopped by the user or by its deadline. */
        CANCELLED
    }

    /** Copies the lists and checks the ids. */
    public Section {
        Ids.check(id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(status, "status");
        items = List.copyOf(items);
        messages = List.copyOf(messages);
        Ids.checkUnique(items.stream().map(ResultItem::id).toList(), "items of section '" + id + "'");
    }

    /** Returns a section that ended well. */
    public static Section of(String id, String title, ResultItem... items) {
        return new Section(id, title, Status.OK, List.of(items), List.of());
    }

    /** Returns this section with one more item. */
    public Section with(ResultItem item) {
        List<ResultItem> more = new ArrayList<>(items);
        more.add(item);
        return new Section(id, title, status, more, messages);
    }

    /** Returns this section with one more message. */
    public Section with(Message message) {
        List<Message> more = new ArrayList<>(messages);
        more.add(message);
        return new Section(id, title, status, items, more);
    }

    /**
     * Returns the item with this id.
     *
     * @throws java.util.NoSuchElementException if there is none, or if it is of another type
     */
    public <R extends ResultItem> R item(String itemId, Class<R> type) {
        return AnalysisResult.find(items, itemId, type);
    }

    /** Returns a table of contents: id, kind and title of each item. */
    @Override
    public Table toTable() {
        Tablesaw.load();
        return Table.create(
                id,
                StringColumn.create("id", items.stream().map(ResultItem::id)),
                StringColumn.create(
                        "type", items.stream().map(item -> item.getClass().getSimpleName())),
                StringColumn.create("title", items.stream().map(ResultItem::title)));
    }
}

package org.lozenge.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** What an analysis returns: its parts in reading order. Immutable. */
public final class AnalysisResult {

    private final List<ResultItem> items;

    private AnalysisResult(List<ResultItem> items) {
        this.items = List.copyOf(items);
        Ids.checkUnique(this.items.stream().map(ResultItem::id).toList(), "items of the result");
    }

    /**
     * Returns a result of these parts.
     *
     * @throws IllegalArgumentException if two items share an id
     */
    public static AnalysisResult of(ResultItem... items) {
        return new AnalysisResult(List.of(items));
    }

    /**
     * Returns a result of these parts.
     *
     * @throws IllegalArgumentException if two items share an id
     */
    public static AnalysisResult of(List<? extends ResultItem> items) {
        return new AnalysisResult(List.copyOf(items));
    }

    /** Returns this result with one more part at its end. */
    public AnalysisResult with(ResultItem item) {
        List<ResultItem> more = new ArrayList<>(items);
        more.add(item);
        return new AnalysisResult(more);
    }

    /** Returns the parts in reading order. */
    public List<ResultItem> items() {
        return items;
    }

    /**
     * Returns the part with this id.
     *
     * @param id the item's id
     * @param type the kind that is expected
     * @throws NoSuchElementException if there is no such item or it is of another kind; the message lists what there is
     */
    public <R extends ResultItem> R item(String id, Class<R> type) {
        return find(items, id, type);
    }

    static <R extends ResultItem> R find(List<ResultItem> items, String id, Class<R> type) {
        for (ResultItem item : items) {
            if (item.id().equals(id)) {
                if (!type.isInstance(item)) {
                    throw new NoSuchElementException("Item '" + id + "' is a "
                            + item.getClass().getSimpleName() + ", not a " + type.getSimpleName());
                }
                return type.cast(item);
            }
        }
        throw new NoSuchElementException("There is no item '" + id + "'; items: "
                + items.stream().map(ResultItem::id).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnalysisResult that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return Objects.hash(items);
    }

    @Override
    public String toString() {
        return "AnalysisResult" + items.stream().map(ResultItem::id).toList();
    }
}

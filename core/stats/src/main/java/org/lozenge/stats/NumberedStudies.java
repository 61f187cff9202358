package org.lozenge.stats;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** The names {@code 1}, {@code 2}, … of studies that have none, made when asked for. */
final class NumberedStudies extends AbstractList<String> implements RandomAccess {

    private final int size;

    NumberedStudies(int size) {
        this.size = size;
    }

    @Override
    public String get(int index) {
        return Integer.toString(Objects.checkIndex(index, size) + 1);
    }

    @Override
    public int size() {
        return size;
    }
}

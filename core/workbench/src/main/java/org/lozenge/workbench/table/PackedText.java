package org.lozenge.workbench.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts, one behind the other in UTF-8. A table of ten million cells takes 4 bytes a cell beside its characters this
 * way, where strings would take 50.
 */
final class PackedText implements Cells {

    private final byte[] bytes;
    private final int[] ends;
    private final boolean printed;

    private PackedText(byte[] bytes, int[] ends, boolean printed) {
        this.bytes = bytes;
        this.ends = ends;
        this.printed = printed;
    }

    @Override
    public int size() {
        return ends.length;
    }

    @Override
    public String text(int row) {
        int start = row == 0 ? 0 : ends[row - 1];
        return new String(bytes, start, ends[row] - start, StandardCharsets.UTF_8);
    }

    /** Returns whether some text has this character of ASCII. */
    boolean has(char c) {
        for (byte b : bytes) {
            if (b == c) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isPrinted() {
        return printed;
    }

    /** Collects texts from top to bottom. */
    static final class Builder {
        private byte[] bytes = new byte[64];
        private int[] ends = new int[16];
        private int used;
        private int size;
        private boolean printed = true;

        int size() {
            return size;
        }

        /** Says that some cell was a stored number, whose printed digits are unknown. */
        void notPrinted() {
            printed = false;
        }

        void add(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            reserve(encoded.length);
            System.arraycopy(encoded, 0, bytes, used, encoded.length);
            close(used + encoded.length);
        }

        void add(char[] chars, int offset, int length) {
            reserve(length);
            for (int i = 0; i < length; i++) {
                char c = chars[offset + i];
                if (c >= 0x80) {
                    add(new String(chars, offset, length));
                    return;
                }
                bytes[used + i] = (byte) c;
            }
            close(used + length);
        }

        private void reserve(int length) {
            if (bytes.length - used < length) {
                bytes = Arrays.copyOf(bytes, Math.max(used + length, bytes.length + (bytes.length >> 1)));
            }
        }

        private void close(int end) {
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, size + (size >> 1));
            }
            used = end;
            ends[size++] = end;
        }

        /** Returns the first cells; the builder is of no use afterwards. */
        PackedText build(int rows) {
            int end = rows == 0 ? 0 : ends[rows - 1];
            return new PackedText(Arrays.copyOf(bytes, end), Arrays.copyOf(ends, rows), printed);
        }
    }
}

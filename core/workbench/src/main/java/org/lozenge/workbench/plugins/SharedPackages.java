package org.lozenge.workbench.plugins;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The packages whose classes plugins take from the host, so that a table or a result means the same to both: the
 * contract, Tablesaw, and the two libraries that Tablesaw's public methods name. Everything else a plugin brings itself.
 */
final class SharedPackages {

    private static final List<String> PREFIXES =
            List.of("org.lozenge.plugin.", "tech.tablesaw.", "it.unimi.dsi.fastutil.", "org.roaringbitmap.");

    private static final byte[][] STARTS = PREFIXES.stream()
            .map(prefix -> prefix.replace('.', '/').getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private SharedPackages() {}

    /** Returns whether a class, given by its name with dots, belongs to the host. */
    static boolean contain(String className) {
        return PREFIXES.stream().anyMatch(className::startsWith);
    }

    /** Returns whether bytes of a class file are the name of a class that belongs to the host. */
    static boolean startAt(byte[] bytes, int from, int length) {
        for (byte[] start : STARTS) {
            if (length > start.length && Arrays.equals(bytes, from, from + start.length, start, 0, start.length)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a class, given by its name with slashes, belongs to the host. */
    static boolean containPath(String internalName) {
        return contain(internalName.replace('/', '.'));
    }
}

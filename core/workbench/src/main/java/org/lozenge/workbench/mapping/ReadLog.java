package org.lozenge.workbench.mapping;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notes which roles and options an analysis asked for. Safe for use by several threads. */
public final class ReadLog {

    private final Set<String> roles = ConcurrentHashMap.newKeySet();
    private final Set<String> options = ConcurrentHashMap.newKeySet();
    private volatile boolean everything;

    /** A log without entries. */
    public ReadLog() {}

    void role(String name) {
        roles.add(name);
    }

    void option(String name) {
        options.add(name);
    }

    /** Notes that the whole table was asked for, in which every role may have been read. */
    void everyRole() {
        everything = true;
    }

    boolean hasRole(String name) {
        return everything || roles.contains(name);
    }

    boolean hasOption(String name) {
        return options.contains(name);
    }
}

package org.lozenge.workbench.testkit;

import java.util.Locale;

/** What {@link PluginCheck} looks at. Later versions may add to it. */
public enum Check {
    /** The specification is the same every time, has a title and labels, and its suggestions are allowed. */
    SPECIFICATION("the specification is pure and complete"),
    /** The specification breaks no call that the checked-in one allowed. */
    SNAPSHOT("no call of the snapshot is broken"),
    /** The analysis runs on the data. */
    RUN("it runs on the data"),
    /** Every role that was mapped is read in some run. */
    DEAD_ROLES("every role is read"),
    /** Every option is read in some run. */
    DEAD_OPTIONS("every option is read"),
    /** Every value of every option ends with a result or a rejection. */
    OPTION_VALUES("no value of an option breaks it"),
    /** The same seed gives the same outcome. */
    DETERMINISM("the same seed gives the same outcome"),
    /** Eight runs at once give that outcome too. */
    CONCURRENCY("eight runs at once give it too"),
    /** Few rows, missing, infinite, constant and extreme cells end with a result or a rejection. */
    DEGENERATE_DATA("poor data do not break it"),
    /** A run that is cancelled ends within a second. */
    CANCELLATION("a cancelled run ends within a second"),
    /** The data stay as they were. */
    UNCHANGED_INPUT("the data stay as they were"),
    /** Ids are unique, and tables of one name have the same columns. */
    IDS("ids are unique"),
    /** The result reads back from JSON as it was. */
    JSON("the result survives JSON"),
    /** Rows in another order give the same numbers. */
    ROW_ORDER("the order of rows does not matter"),
    /** No run changes the locale, the time zone or the standard streams, or leaves threads behind. */
    JVM_STATE("the program is left as it was");

    private final String meaning;

    Check(String meaning) {
        this.meaning = meaning;
    }

    /** Returns its name as users write it, such as {@code row-order}. */
    public String token() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what holds if it passes, in words. */
    public String meaning() {
        return meaning;
    }
}

package org.lozenge.plugin;

import java.util.List;
import tech.tablesaw.api.Table;

/**
 * What the host gives to a run: the rows that can be used, by role, and the options. An immutable snapshot; hosts
 * implement it, plugins never do.
 *
 * <p>Rows in which a used role lacks a value have been dropped (and reported), except for {@linkplain Role#sparse()
 * sparse} roles, which keep such rows, and for the name of a study. A cell is missing if it is empty or
 * reads {@code NA}. Arrays are fresh copies in the order of the user's table, all of length
 * {@link #rows()}.
 */
public interface Inputs {

    /** Returns the number of rows. */
    int rows();

    /** Returns whether columns are mapped to this role. */
    boolean has(Role role);

    /** Returns the value of an option: what the user chose, else its default. */
    <T> T get(Param<T> param);

    /** Returns whether the user (or a script) set this option. */
    boolean isSet(Param<?> param);

    /**
     * Returns the numbers of a role's first column; NaN where a sparse role lacks one.
     *
     * @throws IllegalStateException if nothing is mapped to the role or it is not of kind {@link Role.Kind#NUMBER}
     */
    double[] numbers(Role role);

    /** Returns the numbers of one of the columns of a role that takes many. */
    double[] numbers(Role role, String column);

    /**
     * Returns the texts of a role's first column exactly as printed in the source ({@code 0.10}, {@code <0.001}),
     * without surrounding white space; empty where a sparse role lacks one. Roles of any kind have texts. For
     * {@link Roles#STUDY} with nothing mapped, or in rows that have no name, {@code row 7}.
     */
    String[] strings(Role role);

    /** Returns the texts of one of the columns of a role that takes many. */
    String[] strings(Role role, String column);

    /**
     * Returns whether the texts of a role stand as the source printed them. False where the host got numbers, not text:
     * then trailing zeros are unknown, and nothing may be concluded from the number of digits.
     */
    boolean isPrinted(Role role);

    /** Returns the names of the columns that are mapped to a role; empty for none. */
    List<String> columns(Role role);

    /** Returns for each row its 1-based row in the user's table (the row below the header is row 1), for messages. */
    int[] sourceRows();

    /** Returns the name of the data, such as {@code trials.csv}, for messages and methods paragraphs. */
    String source();

    /**
     * Returns the used rows with all columns of the user's table, as a private copy: the door to Tablesaw. Costly on
     * first use. An analysis that makes Tablesaw columns without it calls {@link Tablesaw#load()} first.
     */
    Table table();
}

package org.lozenge.analyses.formula;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.lozenge.plugin.NumberText;

/** What cells that are no numbers look like to a person. */
public final class CellTexts {

    /** Such as 0,5 or 1 000 or 12.5%. */
    private static final Pattern OTHER_NUMBER =
            Pattern.compile("[-+−]?(\\d+,\\d+|\\d{1,3}([ ,.]\\d{3})+([.,]\\d+)?|\\d+([.,]\\d+)?\\s*%)");

    /** Such as 2001-03-04, 4.3.2001 or 03/2001. */
    private static final Pattern DATE = Pattern.compile("\\d{1,4}[-./]\\d{1,2}([-./]\\d{1,4})?([T ].*)?");

    private CellTexts() {}

    /** Returns whether all cells are numbers to a person, some of them with a decimal comma, a separator or a percent sign. */
    public static boolean areNumbersWrittenOtherwise(String... cells) {
        return Arrays.stream(cells)
                        .allMatch(cell -> OTHER_NUMBER.matcher(cell).matches()
                                || NumberText.parse(cell).isPresent())
                && Arrays.stream(cells).anyMatch(cell -> NumberText.parse(cell).isEmpty());
    }

    /** Returns what to do about such a cell, a sentence without an end. */
    public static String otherwise(String cell) {
        return "'" + cell
                + "' looks like a number with a decimal comma, a separator or a percent sign. Write numbers with a"
                + " decimal point and without units, or take the column as categories with";
    }

    /** Returns whether all cells are dates. */
    public static boolean areDates(String... cells) {
        return Arrays.stream(cells).allMatch(cell -> DATE.matcher(cell).matches());
    }

    /** Returns what to do about dates: a sentence with a space before it; empty if the cells are none. */
    public static String ifDates(String... cells) {
        return areDates(cells) ? " These are dates: write them as numbers, such as the year, in a column." : "";
    }
}

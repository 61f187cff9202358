package org.lozenge.stats.survival;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lozenge.stats.survival.FieldProblem.Severity;
import org.lozenge.stats.survival.ReportedResult.Assumed;
import org.lozenge.stats.survival.ReportedResult.Cells;

/**
 * Reads the printed cells of a report into a {@link ReportedResult}.
 *
 * <p>Blank cells and {@code NA} are absent fields. Everything else must follow the grammar of its field; what does not
 * becomes a {@link FieldProblem}, and the remaining fields are read all the same.
 *
 * <p>A confidence level may be a percentage or a fraction: {@code 95}, {@code 95%}, {@code 0.95}, {@code 95.4}. Levels
 * below 50 % are refused, because 0.05 is an error probability typed for a level.
 */
public final class ReportReader {

    private static final Set<String> NOT_REACHED =
            Set.of("nr", "ne", "n.r.", "not reached", "not estimable", "not yet reached", "\u221e", "inf");

    private static final Pattern CREDIBLE = Pattern.compile("(?i).*(cri|credible|hdi|hpd|posterior).*");

    private static final Pattern WITH_INTERVAL = Pattern.compile("(?<ratio>[^\\s(\\[]+)\\s*[(\\[]\\s*"
            + "(?:(?<level>\\d[\\d.]*\\s*%)\\s*(?:(?i:CI|confidence interval))?\\s*[:,;]?\\s*)?"
            + "(?<low>\\d[\\d.,\u00b7]*?)\\s*(?:to|[-\u2010-\u2015,;])\\s*(?<high>\\d[\\d.,\u00b7]*)\\s*[)\\]]");

    private static final Pattern UNIT =
            Pattern.compile("(?i)(?<number>.*?)\\s*(?<unit>mos?|months?|y|yrs?|years?|w|wks?|weeks?|d|days?)\\.?");

    private final double level;
    private final Sides sides;
    private final Contrast contrast;

    /**
     * A reader with settings for what a row does not state.
     *
     * @param level confidence level as a fraction, at least 0.5 and below 1
     * @param sides sidedness of P values
     * @param contrast direction of the ratios
     */
    public ReportReader(double level, Sides sides, Contrast contrast) {
        if (!(level >= 0.5 && level < 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Confidence level must be at least 0.5 and below 1, but is %s", level));
        }
        this.level = level;
        this.sides = Objects.requireNonNull(sides, "sides");
        this.contrast = Objects.requireNonNull(contrast, "contrast");
    }

    /** A reader for 95 % intervals, two-sided P values and ratios of treatment over control. */
    public static ReportReader standard() {
        return new ReportReader(0.95, Sides.TWO, Contrast.TREATMENT_CONTROL);
    }

    /**
     * Reads one row.
     *
     * @param printed the cells as printed; absent fields may be missing from the map or blank
     * @return what could be read, with the problems of what could not
     */
    public ReportedResult read(Map<ReportField, String> printed) {
        Cells cells = new Cells();
        Map<ReportField, String> present = new EnumMap<>(ReportField.class);
        printed.forEach((field, text) -> {
            if (!text.isBlank() && !text.strip().equals("NA")) {
                present.put(field, text.strip());
            }
        });
        splitInterval(present);
        present.forEach((field, text) -> readCell(cells, field, text));
        checkUnits(cells, present);
        return new ReportedResult(
                cells,
                readSides(cells, present),
                readLevel(cells),
                readChoice(cells, present, ReportField.DIRECTION, Contrast::read)
                        .orElse(contrast),
                readChoice(cells, present, ReportField.FAVOURS, Arm::read));
    }

    /** A ratio with its interval in one cell, such as {@code 0.71 (0.58–0.87)}, becomes three fields. */
    private static void splitInterval(Map<ReportField, String> present) {
        boolean alone = !present.containsKey(ReportField.CI_LOW) && !present.containsKey(ReportField.CI_HIGH);
        Matcher cell = WITH_INTERVAL.matcher(present.getOrDefault(ReportField.HR, ""));
        if (!alone || !cell.matches()) {
            return;
        }
        present.put(ReportField.HR, cell.group("ratio"));
        present.put(ReportField.CI_LOW, cell.group("low"));
        present.put(ReportField.CI_HIGH, cell.group("high"));
        if (cell.group("level") != null) {
            present.putIfAbsent(ReportField.CI_LEVEL, cell.group("level"));
        }
    }

    private static void readCell(Cells cells, ReportField field, String text) {
        try {
            switch (field.kind()) {
                case P -> cells.p = Optional.of(PrintedP.parse(text));
                case COUNT -> {
                    PrintedCount count = PrintedCount.parse(text);
                    cells.counts.put(field, count);
                    cells.numbers.put(field, count.number());
                }
                case MEDIAN -> {
                    if (!NOT_REACHED.contains(text.toLowerCase(Locale.ROOT))) {
                        cells.numbers.put(field, checked(field, PrintedNumber.parse(withoutUnit(text))));
                    }
                }
                case LEVEL -> cells.numbers.put(field, level(text));
                case RATIO, NUMBER, POSITIVE, NOT_NEGATIVE, FRACTION ->
                    cells.numbers.put(field, checked(field, PrintedNumber.parse(withoutUnit(field, text))));
                case SIDES, ARM, CONTRAST -> {}
            }
            cells.texts.put(field, text);
        } catch (ImpossibleValueException e) {
            problem(cells, field, text, e, Severity.WARNING);
        } catch (IllegalArgumentException e) {
            boolean sideNote = field.kind() == ReportField.Kind.MEDIAN || field == ReportField.TIME;
            problem(cells, field, text, e, sideNote ? Severity.WARNING : Severity.ERROR);
        }
    }

    private static void problem(
            Cells cells, ReportField field, String text, IllegalArgumentException e, Severity severity) {
        cells.problems.add(new FieldProblem(field, text, String.valueOf(e.getMessage()), severity));
    }

    private static PrintedNumber checked(ReportField field, PrintedNumber number) {
        boolean fraction = field.kind() == ReportField.Kind.FRACTION;
        if (number.percent() && !fraction) {
            throw new IllegalArgumentException(
                    "'" + number.text() + "' is a percentage, which the " + field.label() + " cannot be");
        }
        boolean positive = switch (field.kind()) {
            case RATIO, POSITIVE, MEDIAN -> true;
            default -> false;
        };
        if (positive && !(number.value() > 0)) {
            throw new IllegalArgumentException("the " + field.label() + " must be above 0, but is " + number.text());
        }
        if (field.kind() == ReportField.Kind.NOT_NEGATIVE && number.value() < 0) {
            throw new IllegalArgumentException("the " + field.label() + " cannot be negative, but is " + number.text());
        }
        if (fraction && !(number.fraction() >= 0 && number.fraction() <= 1)) {
            throw new ImpossibleValueException("the " + field.label() + " must lie between 0 and 1, but is "
                    + number.text() + "; write a percentage with its sign, as in 91%");
        }
        return number;
    }

    /** The level as a fraction, whichever way it is printed; whole percentages are exact. */
    private static PrintedNumber level(String text) {
        if (CREDIBLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is a credible interval, which is not a confidence interval; "
                            + "leave it out, or write its level alone to read it as one");
        }
        PrintedNumber printed = PrintedNumber.parse(text.replaceFirst("(?i)\\s*(?:CI|confidence interval)$", ""));
        boolean percent = printed.percent() || printed.value() >= 1;
        double level = percent && !printed.percent()
                ? PrintedNumber.parse(printed.text() + "%").fraction()
                : printed.fraction();
        double halfUnit = percent ? printed.halfUnit() / 100 : printed.halfUnit();
        if (!(level >= 0.5 && level < 1)) {
            throw new IllegalArgumentException("a confidence level lies between 50 and 100 percent, but is '" + text
                    + "'; write 95 or 0.95 for a 95% interval");
        }
        boolean whole = halfUnit >= 0.005 || Math.abs(100 * level - Math.rint(100 * level)) < 1e-9;
        return new PrintedNumber(text, level, whole ? 0 : halfUnit, false);
    }

    private Assumed<Span> readLevel(Cells cells) {
        PrintedNumber stated = cells.numbers.get(ReportField.CI_LEVEL);
        return stated == null
                ? new Assumed<>(new Span(level, level, level), false)
                : new Assumed<>(new Span(stated.low(), stated.value(), Math.min(stated.high(), 1)), true);
    }

    private Assumed<Sides> readSides(Cells cells, Map<ReportField, String> present) {
        Optional<Sides> column = readChoice(cells, present, ReportField.P_SIDED, Sides::read);
        Optional<Sides> beside = cells.p.flatMap(PrintedP::sides);
        if (column.isPresent() && beside.isPresent() && !column.equals(beside)) {
            cells.problems.add(new FieldProblem(
                    ReportField.P_SIDED,
                    present.getOrDefault(ReportField.P_SIDED, ""),
                    "the cell of the P value says " + beside.get().label() + ", this one says "
                            + column.get().label() + "; make them agree",
                    Severity.ERROR));
        }
        if (cells.p.filter(p -> p.kind() == PrintedP.Kind.NOT_SIGNIFICANT).isPresent()) {
            return new Assumed<>(Sides.TWO, true); // the words mean the two-sided 5 % level
        }
        Optional<Sides> stated = beside.isPresent() ? beside : column;
        return new Assumed<>(stated.orElse(sides), stated.isPresent());
    }

    private static <T> Optional<T> readChoice(
            Cells cells, Map<ReportField, String> present, ReportField field, Function<String, Optional<T>> reader) {
        String text = present.get(field);
        if (text == null) {
            return Optional.empty();
        }
        Optional<T> choice = reader.apply(text);
        if (choice.isEmpty()) {
            cells.texts.remove(field);
            cells.problems.add(new FieldProblem(field, text, remedy(field, text), Severity.ERROR));
        }
        return choice;
    }

    private static String remedy(ReportField field, String text) {
        String tokens = switch (field.kind()) {
            case SIDES -> "1 or 2";
            case ARM -> "treatment or control";
            default -> "treatment/control or control/treatment";
        };
        return "'" + text + "' is not understood; write " + tokens + ", or leave the cell empty";
    }

    private static void checkUnits(Cells cells, Map<ReportField, String> present) {
        String treatment = unit(present.getOrDefault(ReportField.MEDIAN_T, ""));
        String control = unit(present.getOrDefault(ReportField.MEDIAN_C, ""));
        boolean numbers =
                cells.numbers.containsKey(ReportField.MEDIAN_T) && cells.numbers.containsKey(ReportField.MEDIAN_C);
        if (numbers && !treatment.equals(control)) {
            String text = String.valueOf(cells.texts.remove(ReportField.MEDIAN_C));
            cells.numbers.remove(ReportField.MEDIAN_C);
            cells.problems.add(new FieldProblem(
                    ReportField.MEDIAN_C,
                    text,
                    "'" + text + "' and the median with treatment, '" + present.get(ReportField.MEDIAN_T)
                            + "', are in different units; write both in one unit",
                    Severity.WARNING));
        }
    }

    private static String withoutUnit(ReportField field, String text) {
        return field == ReportField.TIME ? withoutUnit(text) : text;
    }

    private static String withoutUnit(String text) {
        var m = UNIT.matcher(text);
        return m.matches() ? m.group("number") : text;
    }

    /** The first letter of a unit of time, which tells months, years, weeks and days apart. */
    private static String unit(String text) {
        var m = UNIT.matcher(text);
        return m.matches() ? m.group("unit").substring(0, 1).toLowerCase(Locale.ROOT) : "";
    }
}

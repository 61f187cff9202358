package org.lozenge.analyses.reports;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a trial was analysed, as far as its report says: four independent clues, none of which need be there.
 *
 * @param label the words of the report; empty for none
 * @param day data cut-off as a day number that grows with time, from a full date or a month and year
 * @param months median follow-up in months
 * @param year year of the analysis or of the report
 * @param stage rank of words such as interim, primary and final
 * @param monthsPerUnit months in the unit of the row's times
 */
public record CutOff(
        String label,
        OptionalDouble day,
        OptionalDouble months,
        OptionalDouble year,
        OptionalDouble stage,
        double monthsPerUnit) {

    /** The clues by which analyses of one trial can be put in order, the most direct one first. */
    public enum Clue {
        /** Date of the data cut-off. */
        DAY("data cut-off") {
            @Override
            public OptionalDouble of(CutOff cutOff) {
                return cutOff.day;
            }
        },
        /** Median follow-up. */
        MONTHS("median follow-up") {
            @Override
            public OptionalDouble of(CutOff cutOff) {
                return cutOff.months;
            }
        },
        /** Year of the report or of the analysis. */
        YEAR("year of report") {
            @Override
            public OptionalDouble of(CutOff cutOff) {
                return cutOff.year;
            }
        },
        /** Words such as interim and final. */
        STAGE("name of the analysis") {
            @Override
            public OptionalDouble of(CutOff cutOff) {
                return cutOff.stage;
            }
        };

        private final String label;

        Clue(String label) {
            this.label = label;
        }

        /** Returns what a report says by this clue; empty if nothing. */
        public abstract OptionalDouble of(CutOff cutOff);

        /** Returns whether reports with the same value are about the same analysis. */
        public boolean isExact() {
            return this == DAY || this == MONTHS;
        }

        /** Returns the name of the clue in a sentence. */
        public String label() {
            return label;
        }
    }

    private static final Pattern ISO_DATE = Pattern.compile("\\b((?:19|20)\\d\\d)-(\\d\\d?)(?:-(\\d\\d?))?\\b");
    private static final String MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";
    private static final Pattern MONTH_FIRST =
            Pattern.compile("\\b" + MONTH + "\\s*(?:(\\d\\d?)(?:st|nd|rd|th)?\\s*,?\\s+)?,?\\s*((?:19|20)\\d\\d)\\b");
    private static final Pattern DAY_FIRST =
            Pattern.compile("\\b(\\d\\d?)(?:st|nd|rd|th)?[\\s.-]+" + MONTH + "[\\s.,-]*((?:19|20)\\d\\d)\\b");
    private static final Pattern YEAR = Pattern.compile("\\b((?:19|20)\\d\\d)\\b");
    private static final Pattern DURATION =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*-?\\s*(months?|mos?|m|years?|yrs?|y|weeks?|wks?|w|days?|d)\\b");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";

    private record Stage(String word, double rank) {}

    /** The first word that is found counts, so longer names stand before the shorter ones they hold. */
    private static final List<Stage> STAGES = List.of(
            new Stage("first interim", 1),
            new Stage("1st interim", 1),
            new Stage("second interim", 3),
            new Stage("2nd interim", 3),
            new Stage("second planned interim", 3),
            new Stage("third interim", 4),
            new Stage("3rd interim", 4),
            new Stage("preliminary", 0),
            new Stage("interim", 2),
            new Stage("final", 8),
            new Stage("definitive", 8),
            new Stage("long-term", 7),
            new Stage("long term", 7),
            new Stage("extended", 7),
            new Stage("mature", 7),
            new Stage("updated", 6),
            new Stage("update", 6),
            new Stage("follow-up", 6),
            new Stage("primary", 5));

    /**
     * Reads what a report says about its analysis.
     *
     * @param cutoff text of the analysis, such as {@code 2011-10-01}, {@code 2018 final, FU 67 mo} or empty
     * @param followUp median follow-up as printed, such as {@code 45} or {@code 12.5 years}; empty for none
     * @param unit unit of a follow-up without one; months when empty
     * @param year year of the report as printed; empty for none
     * @param report name of the report, searched for a year when {@code year} is empty
     */
    public static CutOff read(String cutoff, String followUp, String unit, String year, String report) {
        String text = cutoff.toLowerCase(Locale.ROOT).replace('\u2013', '-').replace('\u2011', '-');
        OptionalDouble months = followUp(followUp.toLowerCase(Locale.ROOT), unit);
        return new CutOff(
                cutoff,
                day(text),
                months.isPresent() ? months : duration(text),
                first(year(year), year(text), year(report)),
                STAGES.stream()
                        .filter(stage -> text.contains(stage.word))
                        .mapToDouble(Stage::rank)
                        .findFirst(),
                monthsPer(unit));
    }

    private static OptionalDouble first(OptionalDouble... clues) {
        for (OptionalDouble clue : clues) {
            if (clue.isPresent()) {
                return clue;
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble day(String text) {
        Matcher iso = ISO_DATE.matcher(text);
        if (iso.find()) {
            return day(iso.group(1), Integer.parseInt(iso.group(2)), iso.group(3));
        }
        Matcher dayFirst = DAY_FIRST.matcher(text);
        if (dayFirst.find()) {
            return day(dayFirst.group(3), month(dayFirst.group(2)), dayFirst.group(1));
        }
        Matcher monthFirst = MONTH_FIRST.matcher(text);
        return monthFirst.find()
                ? day(monthFirst.group(3), month(monthFirst.group(1)), monthFirst.group(2))
                : OptionalDouble.empty();
    }

    private static int month(String word) {
        return MONTHS.indexOf(word.substring(0, 3)) / 4 + 1;
    }

    /** A month without a day counts as its first day. Only the order matters, so all months may have 31 days. */
    private static OptionalDouble day(String year, int month, String dayOrNull) {
        int day = dayOrNull == null ? 1 : Integer.parseInt(dayOrNull);
        boolean possible = month >= 1 && month <= 12 && day >= 1 && day <= 31;
        return possible
                ? OptionalDouble.of((Integer.parseInt(year) * 12 + month - 1) * 31 + day)
                : OptionalDouble.empty();
    }

    /** Returns the year of a day number. */
    static double yearOf(double day) {
        return Math.floor((day - 1) / (12 * 31));
    }

    private static OptionalDouble followUp(String text, String unit) {
        OptionalDouble withUnit = duration(text);
        if (withUnit.isPresent()) {
            return withUnit;
        }
        Matcher number = NUMBER.matcher(text);
        return number.find()
                ? OptionalDouble.of(Double.parseDouble(number.group()) * monthsPer(unit))
                : OptionalDouble.empty();
    }

    private static OptionalDouble duration(String text) {
        Matcher duration = DURATION.matcher(text);
        return duration.find()
                ? OptionalDouble.of(Double.parseDouble(duration.group(1)) * monthsPer(duration.group(2)))
                : OptionalDouble.empty();
    }

    /** Returns the months in a unit of time, such as {@code years}, {@code wk} or {@code days}; a blank one is a month. */
    public static double monthsPer(String unit) {
        String first =
                unit.isBlank() ? "m" : unit.strip().toLowerCase(Locale.ROOT).substring(0, 1);
        return switch (first) {
            case "y" -> 12;
            case "w" -> 12 / 52.1775;
            case "d" -> 12 / 365.2425;
            default -> 1;
        };
    }

    private static OptionalDouble year(String text) {
        Matcher year = YEAR.matcher(text);
        return year.find() ? OptionalDouble.of(Double.parseDouble(year.group())) : OptionalDouble.empty();
    }

    /** Returns whether two reports may be about the same analysis: neither date nor follow-up says otherwise. */
    public boolean mayEqual(CutOff other) {
        return mayEqual(day, other.day) && mayEqual(months, other.months);
    }

    private static boolean mayEqual(OptionalDouble a, OptionalDouble b) {
        return a.isEmpty() || b.isEmpty() || a.equals(b);
    }

    /** Returns the analysis in words: what the report calls it, else its follow-up, else nothing. */
    public String words() {
        if (!label.isEmpty()) {
            return label;
        }
        return months.isPresent() ? "median follow-up " + Phrases.number(months.getAsDouble()) + " months" : "";
    }
}

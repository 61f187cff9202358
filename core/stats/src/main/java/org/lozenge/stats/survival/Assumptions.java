package org.lozenge.stats.survival;

/** The sentences with which a route says what it took for granted. */
final class Assumptions {

    private Assumptions() {}

    static String level(ReportedResult report) {
        return report.levelStated() ? "" : "Level of the interval not stated: read as " + percent(report.level()) + ".";
    }

    static String sides(ReportedResult report) {
        return report.sidesStated()
                ? ""
                : "Sidedness of P not stated: read as " + report.sides().label() + ".";
    }

    static String join(String... sentences) {
        return String.join(
                " ",
                java.util.Arrays.stream(sentences)
                        .filter(sentence -> !sentence.isEmpty())
                        .toList());
    }

    static String percent(double level) {
        return Digits.significant(100 * level, 6) + "%";
    }
}

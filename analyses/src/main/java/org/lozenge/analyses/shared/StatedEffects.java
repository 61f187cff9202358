package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lozenge.analyses.shared.EffectCells.CellException;
import org.lozenge.analyses.shared.EffectCells.Kind;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.WaldStatistics;
import org.lozenge.stats.survival.Sides;

/**
 * Effects that a table states itself, row by row, in the first of these forms that the row has in full: effect and
 * standard error, effect and variance, ratio and interval, effect and interval, O − E and V, effect or ratio and P value.
 */
final class StatedEffects {

    private static final List<List<Kind>> WAYS = List.of(
            List.of(Kind.EFFECT, Kind.SE),
            List.of(Kind.EFFECT, Kind.VARIANCE),
            List.of(Kind.RATIO, Kind.LOW, Kind.HIGH),
            List.of(Kind.EFFECT, Kind.LOW, Kind.HIGH),
            List.of(Kind.O_MINUS_E, Kind.V),
            List.of(Kind.EFFECT, Kind.P),
            List.of(Kind.RATIO, Kind.P));

    private final Inputs in;
    private final EffectCells cells;
    private final List<List<Kind>> ways;
    private final String[] studies;
    private final int[] sourceRows;
    private final List<Message> warnings = new ArrayList<>();

    StatedEffects(Inputs in, Measure measure) {
        this.in = in;
        this.cells = new EffectCells(in);
        this.studies = in.strings(EffectRoles.STUDY);
        this.sourceRows = in.sourceRows();
        boolean ratios = measure.isRatio() || measure.equals(Measure.GENERIC);
        this.ways = WAYS.stream()
                .filter(way -> ratios || !(way.contains(Kind.RATIO) || way.contains(Kind.O_MINUS_E)))
                .toList();
    }

    EffectCells cells() {
        return cells;
    }

    /** Warnings about the rows read so far. */
    List<Message> warnings() {
        return warnings;
    }

    /** Whether the columns of any form are mapped. */
    boolean isMapped() {
        return ways.stream().anyMatch(way -> way.stream().allMatch(cells::isMapped));
    }

    /** Whether no cell of a row could hold a part of an effect. */
    boolean isBlank(int i) {
        return ways.stream().flatMap(List::stream).noneMatch(kind -> cells.has(kind, i));
    }

    /** Whether a row has all cells of a form that starts from the effect itself. */
    boolean isDirect(int i) {
        return way(i).filter(way -> way.contains(Kind.EFFECT)).isPresent();
    }

    private Optional<List<Kind>> way(int i) {
        return ways.stream().filter(kinds -> cells.has(kinds, i)).findFirst();
    }

    /**
     * Reads a row.
     *
     * @return its effect; empty if cells are missing
     * @throws CellException if a cell cannot be right
     * @throws NotEstimableException if possible cells give no standard error
     */
    Optional<EffectRow> read(int i) {
        return way(i).map(way -> read(i, way));
    }

    private EffectRow read(int i, List<Kind> way) {
        if (way.contains(Kind.O_MINUS_E)) {
            double v = positive(Kind.V, i, "the variance of O − E", "v-not-positive");
            return row(i, cells.number(Kind.O_MINUS_E, i).value() / v, 1 / v, false);
        }
        if (way.contains(Kind.SE)) {
            double se = positive(Kind.SE, i, "a standard error", "se-not-positive");
            return row(i, cells.number(Kind.EFFECT, i).value(), se * se, true);
        }
        if (way.contains(Kind.VARIANCE)) {
            double v = positive(Kind.VARIANCE, i, "a sampling variance", "variance-not-positive");
            return row(i, cells.number(Kind.EFFECT, i).value(), v, true);
        }
        return way.contains(Kind.P) ? ofP(i, way.get(0)) : ofInterval(i, way.get(0));
    }

    private EffectRow ofInterval(int i, Kind estimate) {
        PrintedInterval interval = new PrintedInterval(cells, i, estimate, in.get(ReportParams.CI_LEVEL));
        interval.asymmetry().ifPresent(text -> warn("ci-asymmetric", i, text + "."));
        interval.imprecision().ifPresent(text -> warn("se-imprecise", i, text + "."));
        double se = interval.standardError();
        return row(i, interval.y(), se * se, estimate == Kind.EFFECT);
    }

    private EffectRow ofP(int i, Kind estimate) {
        double value = cells.number(estimate, i).value();
        if (estimate == Kind.RATIO && !(value > 0)) {
            throw PrintedInterval.notPositive(estimate, cells.text(estimate, i));
        }
        double y = estimate == Kind.RATIO ? StrictMath.log(value) : value;
        double se = WaldStatistics.fromP(y, twoSided(i), Double.POSITIVE_INFINITY);
        return row(i, y, se * se, estimate == Kind.EFFECT);
    }

    private double twoSided(int i) {
        String text = cells.text(Kind.P, i);
        if (text.matches("\\s*[<>≤≥].*")) {
            throw new NotEstimableException("the P value '" + text + "' is only a bound, which gives no standard error;"
                    + " give the interval or the standard error.");
        }
        double p = cells.number(Kind.P, i).value();
        if (!(p >= 0 && p <= 1)) {
            throw new CellException(
                    "bad-cell", Kind.P, "a P value lies between 0 and 1, but this is " + text + "; correct the cell");
        }
        if (p == 0 || p == 1) {
            throw new NotEstimableException(
                    "a P value of " + text + " gives no standard error; give the interval or" + " the standard error.");
        }
        return in.get(ReportParams.P_SIDED) == Sides.ONE ? 2 * Math.min(p, 1 - p) : p;
    }

    private double positive(Kind kind, int i, String what, String code) {
        double value = cells.number(kind, i).value();
        if (!(value > 0)) {
            throw new CellException(
                    code,
                    kind,
                    what + " must be above 0, but this is " + cells.text(kind, i) + "; correct the cell, or"
                            + " remove the row");
        }
        return value;
    }

    private EffectRow row(int i, double y, double v, boolean given) {
        return new EffectRow(i, sourceRows[i], studies[i], y, v, given);
    }

    private void warn(String code, int i, String text) {
        boolean named = !studies[i].equals("row " + sourceRows[i]);
        String place = in.source() + ", row " + sourceRows[i] + (named ? " (" + studies[i] + ")" : "");
        warnings.add(Message.warning(code, place + ": " + text).at(sourceRows[i]));
    }

    /** What a row that holds something lacks for the form that it is nearest to. */
    String lacking(int i) {
        List<Kind> nearest = ways.get(0);
        for (List<Kind> way : ways) {
            nearest = score(way, i) > score(nearest, i) ? way : nearest;
        }
        return nearest.stream()
                        .filter(kind -> !cells.has(kind, i))
                        .map(kind -> cells.isMapped(kind)
                                ? "column '" + cells.column(kind) + "' is empty"
                                : "there is no column for " + cells.column(kind))
                        .collect(Collectors.joining(" and "))
                + ".";
    }

    /** How near a row is to a form: cells it has, then columns the table has; a P value is the last resort. */
    private double score(List<Kind> way, int i) {
        double present = way.stream().filter(kind -> cells.has(kind, i)).count();
        double mapped = way.stream().filter(cells::isMapped).count();
        double resort = way.contains(Kind.P) ? 0.1 : 0;
        return present / way.size() + mapped / way.size() / 1000 - resort;
    }

    /** The names of all mapped columns. */
    Stream<String> columns() {
        return cells.columns();
    }
}

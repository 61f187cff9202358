package org.lozenge.workbench.figure;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lozenge.plugin.Scale;

/**
 * Chooses the ticks of an axis, and its ends where they may move.
 *
 * <p>Linear axes tick at 1, 2 or 5 times a power of ten. Log axes tick at 1, 2 and 5 of each decade, beyond three
 * decades at powers of ten only, and below a threefold range like linear ones. Of all such series the densest is taken
 * whose labels leave room between each other.
 */
final class AxisFit {

    /** Series with more labels than this look crowded even where they fit. */
    private static final int MOST = 8;

    /** An end moves outwards to the next tick when that lengthens the axis by at most this share of its length. */
    private static final double SNAP = 0.16;

    private static final double THREEFOLD = 1.1;
    private static final double THREE_DECADES = 3.02 * 2.302585092994046;

    private final Scale scale;
    private final double from;
    private final double to;
    private final ToDoubleFunction<String> extent;

    /**
     * @param from place of the low end
     * @param to place of the high end
     * @param extent room that a label takes along the axis, with the gap to its neighbour
     */
    AxisFit(Scale scale, double from, double to, ToDoubleFunction<String> extent) {
        this.scale = scale;
        this.from = from;
        this.to = to;
        this.extent = extent;
    }

    /**
     * Checks limits that a user has set.
     *
     * @throws IllegalArgumentException if a log axis cannot show them
     */
    static void check(Scale scale, FigureOptions.Limits limits, String plot) {
        if (scale == Scale.LOG && !(limits.low() > 0)) {
            throw new IllegalArgumentException("The axis of plot '" + plot
                    + "' is logarithmic, so its limits must be above 0, but are " + limits.low() + " and "
                    + limits.high());
        }
    }

    /** Returns an axis that covers the range; its ends move outwards to a tick where one is near. */
    Axis around(double low, double high) {
        return choose(low, high, true);
    }

    /** Returns an axis with exactly these ends. */
    Axis exactly(double low, double high) {
        return choose(low, high, false);
    }

    private Axis choose(double low, double high, boolean snap) {
        List<Axis> crowded = new ArrayList<>();
        for (Series series : series(low, high)) {
            Axis axis = axis(series, low, high, snap);
            if (axis.ticks().size() <= MOST + 2 && fits(axis)) {
                return axis;
            }
            if (axis.ticks().size() >= 2 || crowded.isEmpty()) {
                crowded.add(axis);
            }
        }
        return thin(crowded.get(crowded.size() - 1));
    }

    private Axis axis(Series series, double low, double high, boolean snap) {
        List<BigDecimal> all = series.over(low, high);
        double start = snap ? snapped(low, all.get(0).doubleValue(), low, high) : low;
        double end = snap ? snapped(high, all.get(all.size() - 1).doubleValue(), low, high) : high;
        List<Tick> ticks = new ArrayList<>();
        for (BigDecimal value : all) {
            double tick = value.doubleValue();
            if (tick >= start && tick <= end) {
                ticks.add(new Tick(tick, series.label(value), isPowerOfTen(value)));
            }
        }
        return new Axis(scale, start, end, from, to, ticks);
    }

    private double snapped(double end, double tick, double low, double high) {
        double length = Axis.along(scale, high) - Axis.along(scale, low);
        double step = Math.abs(Axis.along(scale, tick) - Axis.along(scale, end));
        return step <= SNAP * length ? tick : end;
    }

    private boolean fits(Axis axis) {
        List<Tick> ticks = axis.ticks();
        for (int i = 1; i < ticks.size(); i++) {
            if (crowded(axis, ticks.get(i - 1), ticks.get(i))) {
                return false;
            }
        }
        return ticks.size() >= 2;
    }

    private boolean crowded(Axis axis, Tick left, Tick right) {
        double room = Math.abs(axis.at(right.value()) - axis.at(left.value()));
        return room < (extent.applyAsDouble(left.label()) + extent.applyAsDouble(right.label())) / 2;
    }

    /** Takes away labels that would touch the label before; powers of ten are kept first. */
    private Axis thin(Axis axis) {
        List<Tick> kept = new ArrayList<>();
        for (Tick tick : axis.ticks()) {
            if (tick.decade() && !touchesAny(axis, kept, tick)) {
                kept.add(tick);
            }
        }
        for (Tick tick : axis.ticks()) {
            if (kept.size() < 2 && !touchesAny(axis, kept, tick)) {
                kept.add(tick);
            }
        }
        List<Tick> ticks = axis.ticks().stream()
                .map(tick -> kept.contains(tick) ? tick : tick.bare())
                .toList();
        return new Axis(scale, axis.low(), axis.high(), from, to, ticks);
    }

    private boolean touchesAny(Axis axis, List<Tick> kept, Tick tick) {
        return kept.stream().anyMatch(other -> crowded(axis, other, tick));
    }

    private static boolean isPowerOfTen(BigDecimal value) {
        return value.stripTrailingZeros().unscaledValue().equals(BigInteger.ONE);
    }

    /** Returns the series to try, the densest first. */
    private List<Series> series(double low, double high) {
        double range = Axis.along(scale, high) - Axis.along(scale, low);
        List<Series> series = new ArrayList<>();
        if (scale == Scale.LOG && range > THREE_DECADES) {
            for (int step : new int[] {1, 2, 3, 5, 10, 20, 50, 100, 200}) {
                series.add(new Decades(step));
            }
        } else if (scale == Scale.LOG && range > THREEFOLD) {
            series.add(new OneTwoFive());
        } else {
            int exponent = exponent(high - low);
            for (int power = exponent - 1; power <= exponent; power++) {
                for (int mantissa : new int[] {1, 2, 5}) {
                    series.add(new Steps(BigDecimal.valueOf(mantissa).scaleByPowerOfTen(power), scale));
                }
            }
        }
        return series;
    }

    private static int exponent(double value) {
        BigDecimal exact = new BigDecimal(value);
        return exact.precision() - exact.scale() - 1;
    }

    /** An endless series of tick values. */
    private interface Series {
        /** Returns the values within a range and the next one beyond each of its ends, ascending. */
        List<BigDecimal> over(double low, double high);

        String label(BigDecimal value);
    }

    /** Multiples of a step. */
    private record Steps(BigDecimal step, Scale scale) implements Series {
        @Override
        public List<BigDecimal> over(double low, double high) {
            BigDecimal first = new BigDecimal(low).divide(step, 0, RoundingMode.FLOOR);
            BigDecimal last = new BigDecimal(high).divide(step, 0, RoundingMode.CEILING);
            List<BigDecimal> values = new ArrayList<>();
            for (BigDecimal i = first; i.compareTo(last) <= 0; i = i.add(BigDecimal.ONE)) {
                if (scale == Scale.LINEAR || i.signum() > 0) {
                    values.add(i.multiply(step));
                }
            }
            return values;
        }

        @Override
        public String label(BigDecimal value) {
            if (scale == Scale.LOG || value.signum() == 0 || value.abs().doubleValue() >= 1e6 || step.scale() > 6) {
                return FigureNumbers.plain(value);
            }
            return FigureNumbers.minus(value.setScale(Math.max(0, step.scale()), RoundingMode.UNNECESSARY)
                    .toPlainString());
        }
    }

    /** Every so many powers of ten. */
    private record Decades(int step) implements Series {
        @Override
        public List<BigDecimal> over(double low, double high) {
            int first = Math.floorDiv(exponent(low), step) * step;
            List<BigDecimal> values = new ArrayList<>();
            for (int power = first; values.isEmpty() || last(values) < high; power += step) {
                values.add(BigDecimal.ONE.scaleByPowerOfTen(power));
            }
            return values;
        }

        @Override
        public String label(BigDecimal value) {
            return FigureNumbers.plain(value);
        }
    }

    /** One, two and five of each power of ten. */
    private record OneTwoFive() implements Series {
        @Override
        public List<BigDecimal> over(double low, double high) {
            List<BigDecimal> values = new ArrayList<>();
            for (int power = exponent(low); values.isEmpty() || last(values) < high; power++) {
                for (int mantissa : new int[] {1, 2, 5}) {
                    values.add(BigDecimal.valueOf(mantissa).scaleByPowerOfTen(power));
                }
            }
            while (values.size() > 2 && values.get(1).doubleValue() <= low) {
                values.remove(0);
            }
            while (values.size() > 2 && values.get(values.size() - 2).doubleValue() >= high) {
                values.remove(values.size() - 1);
            }
            return values;
        }

        @Override
        public String label(BigDecimal value) {
            return FigureNumbers.plain(value);
        }
    }

    private static double last(List<BigDecimal> values) {
        return values.get(values.size() - 1).doubleValue();
    }
}

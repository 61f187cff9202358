package org.lozenge.analyses.kaplanmeier;

import java.util.stream.IntStream;

/** Times at which numbers at risk are listed when nobody says which: five to ten steps of 1, 2, 3, 5 or 6 times ten. */
final class RoundTimes {

    private static final double[] STEPS = {1, 2, 3, 5, 6, 10};

    private RoundTimes() {}

    static double[] upTo(double end) {
        if (!(end > 0)) {
            return new double[] {0};
        }
        double power = 1;
        while (power * 10 <= end / 5) {
            power *= 10;
        }
        while (power > end / 5) {
            power /= 10;
        }
        double step = power;
        for (double s : STEPS) {
            if (s * power <= end / 5) {
                step = s * power;
            }
        }
        double chosen = step;
        return IntStream.rangeClosed(0, (int) Math.floor(end / chosen * (1 + 1e-12)))
                .mapToDouble(i -> i * chosen)
                .toArray();
    }
}

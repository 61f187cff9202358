package org.lozenge.stats.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class QuadraticFormTest {

    private static QuadraticForm equal(int k) {
        double[] ones = new double[k];
        Arrays.fill(ones, 1);
        return new QuadraticForm(ones, ones);
    }

    private static void close(double expected, double actual) {
        assertEquals(expected, actual, 1e-12 * expected);
    }

    /** mpmath 1.3, 40 digits, from the eigenvalues; core/stats/validation/quadratic-form.py. */
    @Test
    void matchesFortyDigits() {
        double[] a = {1, .5, .2, .1};
        double[] s = {3, 1, 2, 5};
        close(0.22313016014842982893, new QuadraticForm(new double[] {1, 1, 1}, new double[] {2, 2, 2}).upperTail(6));
        QuadraticForm three = new QuadraticForm(new double[] {1, 2, 3}, new double[] {1, 1, 1});
        close(0.32714929108539353482, three.upperTail(4));
        close(0.67285070891460646518, three.lowerTail(4));
        close(0.93514806311079452596, new QuadraticForm(a, s).upperTail(.3));
        close(0.064851936889205474043, new QuadraticForm(a, s).lowerTail(.3));
        close(1.2711826603852682615e-9, new QuadraticForm(a, s).upperTail(60));
        close(
                0.18641541280628322126,
                new QuadraticForm(new double[] {1, 1e-3, 1e-4}, new double[] {1, 1000, 2e4}).upperTail(5));
    }

    /** From 40-digit eigenvalues and a contour with 64-bit mantissas; the end of quadratic-form.py. */
    @Test
    void keepsItsPrecisionInFarTails() {
        QuadraticForm form = new QuadraticForm(new double[] {1, .5, .2, .1}, new double[] {3, 1, 2, 5});
        double[][] upper = {{200, 6.67080618278923e-29}, {600, 1.7215917779950203e-83}, {1000, 5.946604912658345e-138}};
        double[][] lower = {
            {1e-10, 4.568673704677056e-16}, {1e-40, 4.5686737049047306e-61}, {1e-60, 4.568673704904741e-91}
        };
        for (double[] row : upper) {
            assertEquals(row[1], form.upperTail(row[0]), 1e-11 * row[1]);
        }
        for (double[] row : lower) {
            assertEquals(row[1], form.lowerTail(row[0]), 1e-11 * row[1]);
        }
    }

    @Test
    void isChiSquaredWhenAllAreAlike() {
        for (int k : new int[] {2, 3, 5, 40, 1000}) {
            for (double share : new double[] {1e-8, 1e-3, .3, .9, 1.1, 3, 20}) {
                double x = share * (k - 1);
                double upper = ChiSquared.upperTail(x, k - 1);
                double lower = ChiSquared.lowerTail(x, k - 1);
                assertEquals(upper, equal(k).upperTail(x), 1e-11 * upper, k + " " + x);
                assertEquals(lower, equal(k).lowerTail(x), 1e-11 * lower + 1e-300, k + " " + x);
            }
        }
    }

    @RepeatedTest(30)
    void followsTheUnitAndAddsUp(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int k = 2 + random.nextInt(12);
        double[] a = random.doubles(k, .01, 1).toArray();
        double[] s = random.doubles(k, .01, 10).toArray();
        QuadraticForm form = new QuadraticForm(a, s);
        double x = form.mean() * (.1 + 3 * random.nextDouble());
        double upper = form.upperTail(x);
        assertEquals(1, upper + form.lowerTail(x), 1e-13);
        double[] scaled = Arrays.stream(s).map(v -> 1e20 * v).toArray();
        assertEquals(upper, new QuadraticForm(a, scaled).upperTail(1e20 * x), 1e-11 * upper);
        assertTrue(form.upperTail(1.01 * x) < upper);
    }

    @Test
    void holdsOverHundredsOfDecades() {
        double[] a = {1, 1e-150, 1e-75};
        for (double t = 1; t < 1e150; t *= 1e10) {
            double p = new QuadraticForm(a, new double[] {t, 1e150 + t, 1 + t}).lowerTail(4.67);
            assertTrue(p > 0 && p < 1, t + " " + p);
        }
    }

    @Test
    void knowsTheEnds() {
        assertEquals(1, equal(3).upperTail(0));
        assertEquals(0, equal(3).lowerTail(-1));
        assertEquals(0, equal(3).upperTail(Double.POSITIVE_INFINITY));
        assertEquals(1, equal(3).lowerTail(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(equal(3).upperTail(Double.NaN)));
        double[] one = {1};
        assertThrows(IllegalArgumentException.class, () -> new QuadraticForm(one, one));
    }
}

package org.lozenge.stats.glmm;

/**
 * The non-central hypergeometric family: the events of the first arm, given those of both, with η the log odds ratio.
 *
 * <pre>{@code
 * P(a) ∝ C(n₁, a) C(n₂, m − a) e^(aη),   a = max(0, m − n₂) … min(n₁, m)
 * }</pre>
 *
 * <p>Terms are summed from the mode outwards by the ratio of neighbours until they no longer count, so that a term costs two
 * multiplications, and a wide support only the part of it that has any probability. Counts are taken from the mode at η = 0.
 *
 * @see <a href="https://doi.org/10.1198/000313001753272547">Liao and Rosen (2001), Am. Stat. 55, 366–369</a>
 */
final class HypergeometricCumulant implements Cumulant {

    /** A term below this share of the largest adds nothing, even if a long geometric tail follows it. */
    private static final double NEGLIGIBLE = 1e-19;

    private final double n1;
    private final double n2;
    private final double events;
    private final int low;
    private final int high;
    private final int centre;

    /** Ratio of the probability of the next count to that of this one, at η = 0. */
    private final double[] ratio;

    /** Logarithm of the probability of a count, relative to that of the centre, at η = 0. */
    private final double[] logTerm;

    /**
     * The family of a table with given margins.
     *
     * @param n1 size of the first arm
     * @param n2 size of the second arm
     * @param events events in both
     */
    HypergeometricCumulant(int n1, int n2, int events) {
        this.n1 = n1;
        this.n2 = n2;
        this.events = events;
        this.low = Math.max(0, events - n2);
        this.high = Math.min(n1, events);
        int size = high - low + 1;
        ratio = new double[size];
        for (int i = 0; i < size - 1; i++) {
            int j = low + i;
            ratio[i] = ((double) (n1 - j) * (events - j)) / ((j + 1.0) * (n2 - events + j + 1.0));
        }
        centre = mode(1);
        logTerm = new double[size];
        accumulate(1, size - 1 - (centre - low));
        accumulate(-1, centre - low);
    }

    /** Adds logarithms of ratios outwards from the centre, with compensation. */
    private void accumulate(int step, int count) {
        int at = centre - low;
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < count; i++) {
            double log = step > 0 ? StrictMath.log(ratio[at]) : -StrictMath.log(ratio[at - 1]);
            double next = sum + log;
            lost += Math.abs(sum) >= Math.abs(log) ? (sum - next) + log : (log - next) + sum;
            sum = next;
            at += step;
            logTerm[at] = sum + lost;
        }
    }

    /** The most probable count: the root of a quadratic, moved to where the ratios of neighbours pass 1. */
    private int mode(double odds) {
        if (!(odds > 0)) {
            return low;
        }
        if (Double.isInfinite(odds)) {
            return high;
        }
        double a = odds - 1;
        double b = -((n1 + events + 2) * odds + n2 - events);
        double c = (n1 + 1) * (events + 1) * odds;
        // Numerically stable form of the root that lies in the support.
        double discriminant = Math.sqrt(Math.max(0, b * b - 4 * a * c));
        double root = 2 * c / (-b + discriminant);
        // Squares overflow for odds beyond 1e150, where the mode is an end of the support.
        double nearest = Double.isNaN(root) ? (odds > 1 ? high : low) : Math.floor(root);
        int j = (int) Math.max(low, Math.min(high, nearest));
        while (j < high && ratio[j - low] * odds > 1) {
            j++;
        }
        while (j > low && ratio[j - 1 - low] * odds < 1) {
            j--;
        }
        return j;
    }

    /** The count from which statistics are taken. */
    int centre() {
        return centre;
    }

    /** The least possible count. */
    int low() {
        return low;
    }

    /** The largest possible count. */
    int high() {
        return high;
    }

    /** The logarithm of the probability of a count at η = 0, relative to that of the centre. */
    double logTerm(int count) {
        return logTerm[count - low];
    }

    @Override
    public void at(double eta, double[] out) {
        double odds = StrictMath.exp(eta);
        int mode = mode(odds);
        int top = mode - low;
        double s0 = 1;
        double s1 = 0;
        double s2 = 0;
        double term = 1;
        for (int i = top; i < ratio.length - 1 && term > NEGLIGIBLE; i++) {
            term *= odds * ratio[i];
            double d = i + 1 - top;
            s0 += term;
            s1 += term * d;
            s2 += term * d * d;
        }
        term = 1;
        for (int i = top - 1; i >= 0 && term > NEGLIGIBLE; i--) {
            term /= odds * ratio[i];
            double d = i - top;
            s0 += term;
            s1 += term * d;
            s2 += term * d * d;
        }
        double mean = s1 / s0;
        out[0] = logTerm[top] + (mode - centre) * eta + StrictMath.log(s0);
        out[1] = mode - centre + mean;
        out[2] = Math.max(0, s2 / s0 - mean * mean);
    }

    @Override
    public int end(double y) {
        double count = y + centre;
        return count == low ? -1 : count == high ? 1 : 0;
    }
}

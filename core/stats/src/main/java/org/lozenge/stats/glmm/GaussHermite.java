package org.lozenge.stats.glmm;

/**
 * The Gauss–Hermite rule with n points: {@code ∫ g(t) dt ≈ Σ wⱼ g(tⱼ)}, with weights that contain e^(t²).
 *
 * <p>Points are the zeros of the orthonormal Hermite function ψₙ, found between changes of its sign; weights are the
 * Christoffel numbers {@code 1 / Σ ψₘ(tⱼ)²}, sums of positive terms.
 */
final class GaussHermite {

    /** Beyond this the outermost functions underflow. */
    static final int MAX_POINTS = 300;

    private static final double FIRST = 1 / Math.sqrt(Math.sqrt(Math.PI));
    private static final double ROOT_TWO = Math.sqrt(2);

    private final double[] t;
    private final double[] weight;

    /**
     * Computes a rule.
     *
     * @param n number of points, from 1 to {@value #MAX_POINTS}
     */
    GaussHermite(int n) {
        t = new double[n];
        weight = new double[n];
        double step = 0.4 / Math.sqrt(2.0 * n + 1);
        int found = n / 2;
        // An odd rule has a point at 0; the search starts beyond it.
        double from = n % 2 == 1 ? step / 2 : 0;
        double before = last(n, from);
        int count = 0;
        for (double x = from + step; count < found; x += step) {
            double value = last(n, x);
            if (before < 0 != value < 0) {
                double root = refine(n, x - step, x);
                t[n - found + count] = root;
                t[found - 1 - count] = -root;
                count++;
            }
            before = value;
        }
        for (int j = 0; j < n; j++) {
            weight[j] = 1 / squares(n, t[j]);
        }
    }

    private static double last(int n, double x) {
        double previous = 0;
        double current = FIRST * StrictMath.exp(-x * x / 2);
        for (int m = 0; m < n; m++) {
            double next = x * ROOT_TWO / Math.sqrt(m + 1.0) * current - Math.sqrt(m / (m + 1.0)) * previous;
            previous = current;
            current = next;
        }
        return current;
    }

    private static double squares(int n, double x) {
        double previous = 0;
        double current = FIRST * StrictMath.exp(-x * x / 2);
        double sum = current * current;
        for (int m = 0; m < n - 1; m++) {
            double next = x * ROOT_TWO / Math.sqrt(m + 1.0) * current - Math.sqrt(m / (m + 1.0)) * previous;
            previous = current;
            current = next;
            sum += current * current;
        }
        return sum;
    }

    /** Bisection, then secants that stay within the bracket. */
    private static double refine(int n, double from, double to) {
        double low = from;
        double high = to;
        double atLow = last(n, low);
        double atHigh = last(n, high);
        for (int i = 0; i < 80 && high - low > 4e-16 * high; i++) {
            double secant = low - atLow * (high - low) / (atHigh - atLow);
            double x = i % 3 == 2 || !(secant > low && secant < high) ? (low + high) / 2 : secant;
            double value = last(n, x);
            if (value == 0) {
                return x;
            }
            if (value < 0 == atLow < 0) {
                low = x;
                atLow = value;
            } else {
                high = x;
                atHigh = value;
            }
        }
        return (low + high) / 2;
    }

    int size() {
        return t.length;
    }

    double point(int j) {
        return t[j];
    }

    /** Writes e^(c t) and e^(−c t) for each point. */
    void exponentials(double c, double[] rising, double[] falling) {
        // Points are symmetric.
        for (int low = 0, high = t.length - 1; low <= high; low++, high--) {
            rising[high] = StrictMath.exp(c * t[high]);
            rising[low] = 1 / rising[high];
            falling[low] = rising[high];
            falling[high] = rising[low];
        }
    }

    double weight(int j) {
        return weight[j];
    }
}

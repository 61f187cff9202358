package org.lozenge.stats.sensitivity;

import java.util.Optional;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * All subsets under a common effect or by DerSimonian–Laird, from tables of partial sums.
 *
 * <p>The studies are cut into a first and a second part. The sums over each subset of the first part stand in a table
 * (each entry is one of half as many studies plus a study); those over the second part are the same for a whole block of
 * subsets, so that all sums of a block are additions of a number to a row, which the processor does several at a time.
 * The sums with τ² cannot be tabulated; they run over the studies, each of which is in runs of neighbouring subsets.
 */
final class GoshSums {

    private static final int FIRST_PART = 10;

    /** A difference that is a smaller share of what it is taken from has lost too many digits. */
    private static final double LOST = 1e-3;

    private final int k;
    private final int first;
    private final boolean random;
    private final EffectSizes effects;
    private final double centre;
    private final double unit;
    private final double[] v;
    private final double[] d;
    private final double[] count;
    private final double[] w;
    private final double[] wd;
    private final double[] wdd;
    private final double[] ww;

    GoshSums(EffectSizes effects, boolean random) {
        this.effects = effects;
        this.random = random;
        this.k = effects.k();
        this.first = Math.min(k, FIRST_PART);
        WeightedSums all = new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, k);
        all.evaluateMean(0);
        this.centre = all.mean();
        this.v = effects.v().toArray();
        this.d = new double[k];
        double smallest = v[0];
        for (int i = 0; i < k; i++) {
            d[i] = effects.y().get(i) - centre;
            smallest = Math.min(smallest, v[i]);
        }
        this.unit = smallest;
        int entries = 1 << first;
        this.count = new double[entries];
        this.w = new double[entries];
        this.wd = new double[entries];
        this.wdd = new double[entries];
        this.ww = new double[entries];
        for (int i = 1; i < entries; i++) {
            int study = Integer.numberOfTrailingZeros(Integer.highestOneBit(i));
            int rest = i - (1 << study);
            double weight = unit / v[study];
            count[i] = count[rest] + 1;
            w[i] = w[rest] + weight;
            wd[i] = wd[rest] + weight * d[study];
            wdd[i] = wdd[rest] + weight * d[study] * d[study];
            ww[i] = ww[rest] + weight * weight;
        }
    }

    long block() {
        return 1L << first;
    }

    /** Works on blocks of subsets as the bits of their numbers say, the empty one included. */
    ParallelBlocks.Worker worker(GoshSubsets result) {
        Optional<Tau2Estimator> estimator = random ? Optional.of(new DerSimonianLaird()) : Optional.empty();
        Block block = new Block(result, new GoshFits(effects, estimator));
        return (from, to) -> block.fill((int) from);
    }

    /** The numbers of one block of subsets. Belongs to one thread. */
    private final class Block {
        private final GoshSubsets result;
        private final GoshFits fits;
        private final double[] q = new double[1 << first];
        private final double[] tau2 = new double[1 << first];
        private final double[] i2 = new double[1 << first];
        private final double[] sumW = new double[1 << first];
        private final double[] sumWD = new double[1 << first];
        private final double[] kept = new double[1 << first];

        Block(GoshSubsets result, GoshFits fits) {
            this.result = result;
            this.fits = fits;
        }

        void fill(int start) {
            double n0 = 0;
            double w0 = 0;
            double wd0 = 0;
            double wdd0 = 0;
            double ww0 = 0;
            for (int study = first; study < k; study++) {
                if ((start >>> study & 1) != 0) {
                    double weight = unit / v[study];
                    n0++;
                    w0 += weight;
                    wd0 += weight * d[study];
                    wdd0 += weight * d[study] * d[study];
                    ww0 += weight * weight;
                }
            }
            if (random) {
                moments(n0, w0, wd0, wdd0, ww0);
                weigh(start);
            } else {
                common(n0, w0, wd0, wdd0);
            }
            store(start, (int) n0);
        }

        private void common(double n0, double w0, double wd0, double wdd0) {
            for (int i = 0; i < q.length; i++) {
                double sw = w[i] + w0;
                double sd = wd[i] + wd0;
                double all = wdd[i] + wdd0;
                double cochran = all - sd / sw * sd;
                double df = count[i] + n0 - 1;
                sumW[i] = sw;
                sumWD[i] = sd;
                kept[i] = cochran / all;
                double scaled = cochran / unit;
                q[i] = scaled;
                i2[i] = Math.max(0, 1 - df / scaled);
            }
        }

        private void moments(double n0, double w0, double wd0, double wdd0, double ww0) {
            for (int i = 0; i < q.length; i++) {
                double sw = w[i] + w0;
                double sd = wd[i] + wd0;
                double all = wdd[i] + wdd0;
                double inverse = 1 / sw;
                double cochran = all - sd * inverse * sd;
                double trace = sw - (ww[i] + ww0) * inverse;
                double df = count[i] + n0 - 1;
                double scaled = cochran / unit;
                double between = Math.max(0, (scaled - df) * unit / trace);
                kept[i] = Math.min(cochran / all, trace * inverse);
                q[i] = scaled;
                tau2[i] = between;
                i2[i] = between / (between + df * unit / trace);
                sumW[i] = 0;
                sumWD[i] = 0;
            }
        }

        /** The sums with the weights that τ² gives: a study is in every other run of subsets. */
        private void weigh(int start) {
            for (int study = 0; study < k; study++) {
                if (study >= first) {
                    if ((start >>> study & 1) != 0) {
                        addStudy(study, 0, q.length);
                    }
                } else {
                    int run = 1 << study;
                    for (int from = run; from < q.length; from += 2 * run) {
                        addStudy(study, from, from + run);
                    }
                }
            }
        }

        private void addStudy(int study, int from, int to) {
            double variance = v[study];
            double distance = d[study];
            double one = unit;
            for (int i = from; i < to; i++) {
                double weight = one / (variance + tau2[i]);
                sumW[i] += weight;
                sumWD[i] += weight * distance;
            }
        }

        private void store(int start, int n0) {
            for (int i = start == 0 ? 1 : 0; i < q.length; i++) {
                int subset = start + i - 1;
                int studies = (int) count[i] + n0;
                // Negated, so that NaN is computed anew as well.
                if (!(kept[i] > LOST)) {
                    fits.fit(subset, result);
                } else {
                    result.set(subset, studies, centre + sumWD[i] / sumW[i], q[i], random ? tau2[i] : 0, i2[i]);
                }
            }
        }
    }
}

package org.lozenge.analyses.reports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.lozenge.stats.numeric.Normal;

/** A trial with patients, followed to several cut-offs and printed as reports print. */
final class SimulatedTrial {

    /** What one cut-off shows of one endpoint. */
    record View(double hr, double se, long[] events, double[] median, double[] s12, double[] s24) {}

    final String name;
    final int[] n = new int[2];
    final double accrual;
    final double[] cutOffs;
    private final double[][] entry = new double[2][];
    private final double[][] progression = new double[2][];
    private final double[][] death = new double[2][];

    SimulatedTrial(String name, Random random) {
        this.name = name;
        n[0] = 60 + random.nextInt(350);
        n[1] = random.nextInt(4) == 0 ? Math.max(40, n[0] / 2) : n[0] + random.nextInt(9) - 4;
        accrual = 12 + 24 * random.nextDouble();
        double first = accrual + 8 + 20 * random.nextDouble();
        cutOffs = new double[] {first, first + 10 + 20 * random.nextDouble()};
        double hazard = 0.02 + 0.05 * random.nextDouble();
        double effect = Math.exp(-0.9 + 1.1 * random.nextDouble());
        for (int arm = 0; arm < 2; arm++) {
            entry[arm] = new double[n[arm]];
            progression[arm] = new double[n[arm]];
            death[arm] = new double[n[arm]];
            for (int i = 0; i < n[arm]; i++) {
                entry[arm][i] = accrual * random.nextDouble();
                double h = hazard * (arm == 0 ? effect : 1);
                double before = exponential(random, h / 6);
                progression[arm][i] = exponential(random, h);
                death[arm][i] =
                        before < progression[arm][i] ? before : progression[arm][i] + exponential(random, hazard);
            }
        }
    }

    private static double exponential(Random random, double hazard) {
        return -Math.log(1 - random.nextDouble()) / hazard;
    }

    double followUp(int cutOff) {
        double[] all = new double[n[0] + n[1]];
        int k = 0;
        for (double[] arm : entry) {
            for (double time : arm) {
                all[k++] = cutOffs[cutOff] - time;
            }
        }
        Arrays.sort(all);
        return all[all.length / 2];
    }

    View view(String endpoint, int cutOff) {
        double[][] time = new double[2][];
        boolean[][] event = new boolean[2][];
        long[] events = new long[2];
        for (int arm = 0; arm < 2; arm++) {
            time[arm] = new double[n[arm]];
            event[arm] = new boolean[n[arm]];
            for (int i = 0; i < n[arm]; i++) {
                double end = cutOffs[cutOff] - entry[arm][i];
                double d = death[arm][i];
                double p = progression[arm][i];
                double t =
                        endpoint.equals("OS") ? d : endpoint.equals("TTP") ? (p < d ? p : Double.NaN) : Math.min(p, d);
                boolean censoredByDeath = Double.isNaN(t);
                event[arm][i] = !censoredByDeath && t <= end;
                time[arm][i] = censoredByDeath ? Math.min(d, end) : Math.min(t, end);
                events[arm] += event[arm][i] ? 1 : 0;
            }
        }
        double[] score = score(time, event);
        return new View(
                Math.exp(score[0] / score[1]),
                1 / Math.sqrt(score[1]),
                events,
                new double[] {median(time[0], event[0]), median(time[1], event[1])},
                new double[] {survival(time[0], event[0], 12), survival(time[1], event[1], 12)},
                new double[] {survival(time[0], event[0], 24), survival(time[1], event[1], 24)});
    }

    /** Log-rank O − E and V of the treatment arm. */
    private static double[] score(double[][] time, boolean[][] event) {
        double[][] sorted = {time[0].clone(), time[1].clone()};
        Arrays.sort(sorted[0]);
        Arrays.sort(sorted[1]);
        double oe = 0;
        double v = 0;
        for (int arm = 0; arm < 2; arm++) {
            for (int i = 0; i < time[arm].length; i++) {
                if (event[arm][i]) {
                    double r0 = atRisk(sorted[0], time[arm][i]);
                    double r1 = atRisk(sorted[1], time[arm][i]);
                    oe += (arm == 0 ? 1 : 0) - r0 / (r0 + r1);
                    v += r0 * r1 / ((r0 + r1) * (r0 + r1));
                }
            }
        }
        return new double[] {oe, v};
    }

    private static double atRisk(double[] sorted, double t) {
        int at = Arrays.binarySearch(sorted, t);
        return sorted.length - (at < 0 ? -at - 1 : at);
    }

    private static double survival(double[] time, boolean[] event, double at) {
        double[] sorted = time.clone();
        Arrays.sort(sorted);
        double s = 1;
        for (int i = 0; i < time.length; i++) {
            if (event[i] && time[i] <= at) {
                s *= 1 - 1 / atRisk(sorted, time[i]);
            }
        }
        return s;
    }

    /** The event times fall in order until the curve has lost half. */
    private static double median(double[] time, boolean[] event) {
        double[] sorted = time.clone();
        Arrays.sort(sorted);
        double[] events = IntStream.range(0, time.length)
                .filter(i -> event[i])
                .mapToDouble(i -> time[i])
                .sorted()
                .toArray();
        double s = 1;
        for (double t : events) {
            s *= 1 - 1 / atRisk(sorted, t);
            if (s <= 0.5) {
                return t;
            }
        }
        return Double.NaN;
    }

    static String round(double value, int decimals) {
        return Double.isNaN(value)
                ? "NR"
                : new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    static String p(View view) {
        double p = Normal.twoSided(Math.log(view.hr) / view.se);
        return p < 0.001 ? "<0.001" : p < 0.0095 ? round(p, 3) : round(p, 2);
    }

    static String limit(View view, int side, int decimals) {
        return round(Math.exp(Math.log(view.hr) + side * 1.959963984540054 * view.se), decimals);
    }

    /** A row with the columns of {@link #HEAD}. */
    static final String HEAD =
            "study,nct,report,publication,year,endpoint,cutoff,follow_up,treatment,control,hr,ci_low,"
                    + "ci_high,ci_level,p,p_sided,events_t,events_c,n_t,n_c,time,survival_t,survival_c,median_t,median_c";

    String row(String report, String kind, int cutOff, String endpoint, String figures) {
        return String.format(
                Locale.ROOT,
                "%s,NCT%08d,%s,%s,%d,%s,%s,%s,drug,placebo,%s",
                name,
                Math.abs(name.hashCode()) % 100000000,
                report,
                kind,
                2015 + 2 * cutOff,
                endpoint,
                kind.equals("news") ? "" : date(cutOff),
                kind.equals("news") ? "" : round(followUp(cutOff), 1),
                figures);
    }

    String date(int cutOff) {
        int months = (int) Math.floor(cutOffs[cutOff] - cutOffs[0]);
        return String.format(Locale.ROOT, "%d-%02d-01", 2014 + months / 12, 1 + months % 12);
    }

    String effect(View v, int decimals) {
        return round(v.hr, decimals) + "," + limit(v, -1, decimals) + "," + limit(v, 1, decimals) + ",95," + p(v)
                + ",2,";
    }

    String counts(View v) {
        return v.events[0] + "," + v.events[1] + "," + n[0] + "," + n[1] + ",";
    }

    String medians(View v) {
        return round(v.median[0], 1) + "," + round(v.median[1], 1);
    }

    String curve(double time, double[] s) {
        return ",,,,,,,,,," + round(time, 0) + "," + round(100 * s[0], 0) + "%," + round(100 * s[1], 0) + "%,,";
    }

    /** Everything that its documents print, all of it true. */
    String honest(Random random) {
        StringBuilder rows = new StringBuilder();
        for (int cutOff = 0; cutOff < 2; cutOff++) {
            String paper = name + " paper " + (cutOff + 1);
            for (String endpoint : new String[] {"PFS", "OS"}) {
                View v = view(endpoint, cutOff);
                if (v.events[0] < 2 || v.events[1] < 2) {
                    continue;
                }
                add(rows, row(paper, "paper", cutOff, endpoint, effect(v, 2) + counts(v) + ",,," + medians(v)));
                if (random.nextBoolean()) {
                    add(
                            rows,
                            row(
                                    name + " abstract",
                                    "abstract",
                                    cutOff,
                                    endpoint,
                                    effect(v, random.nextBoolean() ? 2 : 3) + ",," + n[0] + "," + n[1] + ",,,,,"));
                }
                double reached = cutOffs[cutOff] - accrual;
                if (reached > 12) {
                    add(rows, row(paper, "paper", cutOff, endpoint, curve(12, v.s12)));
                }
                if (reached > 24) {
                    add(rows, row(paper, "paper", cutOff, endpoint, curve(24, v.s24)));
                }
                if (cutOff == 0 && random.nextInt(3) == 0) {
                    add(
                            rows,
                            row(
                                    name + " news",
                                    "news",
                                    cutOff,
                                    endpoint,
                                    round(v.hr, 2) + ",,,,,,,,,,,,," + medians(v)));
                }
            }
        }
        return rows.toString();
    }

    private static void add(StringBuilder rows, String row) {
        rows.append(row).append('\n');
    }
}

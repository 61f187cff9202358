package org.lozenge.stats.glmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.lozenge.stats.numeric.GammaFunction;

/**
 * The counts of all studies and the likelihood that is meant.
 *
 * <p>Studies whose probability does not depend on the effect are set aside ({@link #omitted()}): without events in both arms,
 * or with events only, the conditional and the fixed-baseline likelihoods are constant in the effect. With random baselines
 * such studies tell about the baselines, and are kept. Log-likelihoods contain all constants.
 *
 * <p>Immutable.
 */
public final class GlmmData {

    /** The largest arm of an exact conditional model. */
    public static final int MAX_ARM = 1_000_000_000;

    /** The largest number of counts that an exact conditional model may have for one study: they are tabulated. */
    public static final int MAX_SUPPORT = 1_000_000;

    private final boolean twoArms;
    private final GlmmModel model;
    private final List<StudyTerms> studies;
    private final double[] start;
    private final double[] baselineStart;
    private final int[] used;
    private final int[] omitted;
    private final Design design;

    private GlmmData(boolean twoArms, GlmmModel model, Builder b) {
        this.twoArms = twoArms;
        this.model = model;
        this.studies = List.copyOf(b.studies);
        this.start = b.start.stream().mapToDouble(Double::doubleValue).toArray();
        this.baselineStart =
                b.baseline.stream().mapToDouble(Double::doubleValue).toArray();
        this.used = b.used.stream().mapToInt(Integer::intValue).toArray();
        this.omitted = b.omitted.stream().mapToInt(Integer::intValue).toArray();
        this.design = Design.ofOnes(studies.size());
    }

    private GlmmData(GlmmData old, List<StudyTerms> studies, Design design) {
        this.twoArms = old.twoArms;
        this.model = old.model;
        this.studies = List.copyOf(studies);
        this.start = old.start;
        this.baselineStart = old.baselineStart;
        this.used = old.used;
        this.omitted = old.omitted;
        this.design = design;
    }

    /** Collects studies. */
    private static final class Builder {
        private final List<StudyTerms> studies = new ArrayList<>();
        private final List<Double> start = new ArrayList<>();
        private final List<Double> baseline = new ArrayList<>();
        private final List<Integer> used = new ArrayList<>();
        private final List<Integer> omitted = new ArrayList<>();

        void add(int i, StudyTerms study, double effect, double base) {
            studies.add(study);
            start.add(effect);
            baseline.add(base);
            used.add(i);
        }
    }

    // ---- factories

    /**
     * Returns the data of two-by-two tables, whose effect is the log odds ratio.
     *
     * @param model the likelihood
     * @param coding how the effect is divided between the arms; only unconditional models with random effects depend on it
     * @param events1 events in the first arms; whole numbers for {@link GlmmModel#CM_EL}
     * @param n1 sizes of the first arms, above 0
     * @param events2 events in the second arms
     * @param n2 sizes of the second arms, above 0
     * @return the data
     * @throws IllegalArgumentException if numbers are impossible, with the number of the study
     */
    public static GlmmData oddsRatio(
            GlmmModel model, GlmmCoding coding, double[] events1, double[] n1, double[] events2, double[] n2) {
        Objects.requireNonNull(coding, "coding");
        sameLength(events1, n1, events2, n2);
        Builder b = new Builder();
        for (int i = 0; i < events1.length; i++) {
            checkEvents(i, events1[i], n1[i]);
            checkEvents(i, events2[i], n2[i]);
            double all = events1[i] + events2[i];
            boolean constant = all == 0 || (all == n1[i] + n2[i] && model != GlmmModel.CM_AL);
            if (constant && model != GlmmModel.UM_RS) {
                b.omitted.add(i);
                continue;
            }
            double effect = StrictMath.log((events1[i] + 0.5)
                    * (n2[i] - events2[i] + 0.5)
                    / ((n1[i] - events1[i] + 0.5) * (events2[i] + 0.5)));
            double base = StrictMath.log((all + 0.5) / (n1[i] + n2[i] - all + 0.5));
            b.add(i, table(model, coding, i, events1[i], n1[i], events2[i], n2[i]), effect, base);
        }
        return new GlmmData(true, model, b);
    }

    private static StudyTerms table(
            GlmmModel model, GlmmCoding coding, int i, double x1, double n1, double x2, double n2) {
        return switch (model) {
            case CM_EL -> exact(i, x1, n1, x2, n2);
            case CM_AL -> split(x1, x2, StrictMath.log(n1 / n2));
            case UM_FS, UM_RS ->
                new StudyTerms(
                        new double[] {x1, x2},
                        new Cumulant[] {new BinomialCumulant(n1), new BinomialCumulant(n2)},
                        new double[2],
                        new double[] {coding.first(), coding.second()},
                        logChoose(n1, x1) + logChoose(n2, x2),
                        binomialTop(x1, n1) + binomialTop(x2, n2));
        };
    }

    private static StudyTerms exact(int i, double x1, double n1, double x2, double n2) {
        for (double count : new double[] {x1, n1, x2, n2}) {
            if (count != Math.rint(count) || count > MAX_ARM) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Study %d: the exact conditional model needs whole numbers up to %d, but got %s",
                        i + 1,
                        MAX_ARM,
                        count));
            }
        }
        double support = Math.min(n1, x1 + x2) - Math.max(0, x1 + x2 - n2) + 1;
        if (support > MAX_SUPPORT) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Study %d: the exact conditional model would have to sum %.0f possible counts, more than %d; with so many"
                            + " events an unconditional model does as well",
                    i + 1,
                    support,
                    MAX_SUPPORT));
        }
        HypergeometricCumulant kappa = new HypergeometricCumulant((int) n1, (int) n2, (int) (x1 + x2));
        double y = x1 - kappa.centre();
        double constant = kappa.logTerm((int) x1);
        double top = 0;
        if (x1 > kappa.low() && x1 < kappa.high()) {
            double theta = OwnEffect.solve(kappa, y);
            double[] out = new double[3];
            kappa.at(theta, out);
            top = constant + y * theta - out[0];
        }
        return new StudyTerms(new double[] {y}, new Cumulant[] {kappa}, new double[1], new double[] {1}, constant, top);
    }

    private static StudyTerms split(double x1, double x2, double offset) {
        double m = x1 + x2;
        return new StudyTerms(
                new double[] {x1},
                new Cumulant[] {new BinomialCumulant(m)},
                new double[] {offset},
                new double[] {1},
                logChoose(m, x1),
                binomialTop(x1, m));
    }

    /**
     * Returns the data of events in person-time, whose effect is the log rate ratio.
     *
     * @param model the likelihood; {@link GlmmModel#CM_AL} is the same as {@link GlmmModel#CM_EL}, which is exact
     * @param coding how the effect is divided between the arms
     * @param events1 events in the first arms
     * @param time1 person-time of the first arms, above 0
     * @param events2 events in the second arms
     * @param time2 person-time of the second arms, above 0
     * @return the data
     * @throws IllegalArgumentException if numbers are impossible, with the number of the study
     */
    public static GlmmData rateRatio(
            GlmmModel model, GlmmCoding coding, double[] events1, double[] time1, double[] events2, double[] time2) {
        Objects.requireNonNull(coding, "coding");
        sameLength(events1, time1, events2, time2);
        Builder b = new Builder();
        for (int i = 0; i < events1.length; i++) {
            checkRate(i, events1[i], time1[i]);
            checkRate(i, events2[i], time2[i]);
            double all = events1[i] + events2[i];
            if (all == 0 && model != GlmmModel.UM_RS) {
                b.omitted.add(i);
                continue;
            }
            double effect =
                    StrictMath.log((events1[i] + 0.5) / time1[i]) - StrictMath.log((events2[i] + 0.5) / time2[i]);
            double base = StrictMath.log((all + 0.5) / (time1[i] + time2[i]));
            StudyTerms study = model.isConditional()
                    ? split(events1[i], events2[i], StrictMath.log(time1[i] / time2[i]))
                    : poisson(coding, events1[i], time1[i], events2[i], time2[i]);
            b.add(i, study, effect, base);
        }
        return new GlmmData(true, model, b);
    }

    private static StudyTerms poisson(GlmmCoding coding, double x1, double t1, double x2, double t2) {
        return new StudyTerms(
                new double[] {x1, x2},
                new Cumulant[] {new PoissonCumulant(), new PoissonCumulant()},
                new double[] {StrictMath.log(t1), StrictMath.log(t2)},
                new double[] {coding.first(), coding.second()},
                -GammaFunction.log(x1 + 1) - GammaFunction.log(x2 + 1),
                poissonTop(x1) + poissonTop(x2));
    }

    /**
     * Returns the data of one group a study, whose effect is the logit of the proportion: the binomial-normal model.
     *
     * @param events numbers of events
     * @param n sizes of the groups, above 0
     * @return the data
     * @throws IllegalArgumentException if numbers are impossible, with the number of the study
     */
    public static GlmmData proportion(double[] events, double[] n) {
        sameLength(events, n);
        Builder b = new Builder();
        for (int i = 0; i < events.length; i++) {
            checkEvents(i, events[i], n[i]);
            StudyTerms study = new StudyTerms(
                    new double[] {events[i]},
                    new Cumulant[] {new BinomialCumulant(n[i])},
                    new double[1],
                    new double[] {1},
                    logChoose(n[i], events[i]),
                    binomialTop(events[i], n[i]));
            b.add(i, study, StrictMath.log((events[i] + 0.5) / (n[i] - events[i] + 0.5)), 0);
        }
        return new GlmmData(false, GlmmModel.UM_FS, b);
    }

    /**
     * Returns the data of one group a study, whose effect is the logarithm of the rate: the Poisson-normal model.
     *
     * @param events numbers of events
     * @param time person-time of the groups, above 0
     * @return the data
     * @throws IllegalArgumentException if numbers are impossible, with the number of the study
     */
    public static GlmmData rate(double[] events, double[] time) {
        sameLength(events, time);
        Builder b = new Builder();
        for (int i = 0; i < events.length; i++) {
            checkRate(i, events[i], time[i]);
            StudyTerms study = new StudyTerms(
                    new double[] {events[i]},
                    new Cumulant[] {new PoissonCumulant()},
                    new double[] {StrictMath.log(time[i])},
                    new double[] {1},
                    -GammaFunction.log(events[i] + 1),
                    poissonTop(events[i]));
            b.add(i, study, StrictMath.log((events[i] + 0.5) / time[i]), 0);
        }
        return new GlmmData(false, GlmmModel.UM_FS, b);
    }

    /**
     * Returns the data with moderators of the effect.
     *
     * @param x a row for each study as given to the factory, omitted ones included; all columns of the design, that of the
     *     intercept too if there is one
     * @return the data
     * @throws IllegalArgumentException if the number of rows is another, rows differ in length or are empty, a number is
     *     not finite, or a column follows from those before it
     */
    public GlmmData withDesign(double[][] x) {
        if (x.length != used.length + omitted.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "There are %d rows of moderators, but %d studies",
                    x.length,
                    used.length + omitted.length));
        }
        double[][] rows = Arrays.stream(used).mapToObj(i -> x[i]).toArray(double[][]::new);
        return new GlmmData(this, studies, Design.of(rows));
    }

    // ---- checks and constants

    private static void sameLength(double[]... arrays) {
        for (double[] array : arrays) {
            if (array.length != arrays[0].length) {
                throw new IllegalArgumentException(
                        "Counts and sizes must be given for the same number of studies, but are "
                                + Arrays.stream(arrays).map(a -> a.length).toList());
            }
        }
    }

    private static void checkEvents(int i, double events, double n) {
        if (!(events >= 0 && events <= n && n > 0 && n < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Study %d: %s events cannot come from %s participants", i + 1, events, n));
        }
    }

    private static void checkRate(int i, double events, double time) {
        if (!(events >= 0 && events < Double.POSITIVE_INFINITY && time > 0 && time < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Study %d: a rate needs a count of at least 0 and a finite person-time above 0, but has %s and %s",
                    i + 1,
                    events,
                    time));
        }
    }

    private static double logChoose(double n, double x) {
        return GammaFunction.log(n + 1) - GammaFunction.log(x + 1) - GammaFunction.log(n - x + 1);
    }

    private static double binomialTop(double x, double n) {
        return logChoose(n, x) + xlog(x, x / n) + xlog(n - x, (n - x) / n);
    }

    private static double poissonTop(double x) {
        return xlog(x, x) - x - GammaFunction.log(x + 1);
    }

    private static double xlog(double x, double of) {
        return x == 0 ? 0 : x * StrictMath.log(of);
    }

    // ---- what others ask

    /**
     * Returns the number of studies that count.
     *
     * @return without the omitted ones
     */
    public int k() {
        return studies.size();
    }

    /**
     * Returns the likelihood.
     *
     * @return {@link GlmmModel#UM_FS} for one group
     */
    public GlmmModel model() {
        return model;
    }

    /**
     * Returns whether studies compare two arms.
     *
     * @return false for proportions and rates of one group
     */
    public boolean isTwoArms() {
        return twoArms;
    }

    /**
     * Returns the studies that count.
     *
     * @return 0-based positions, ascending
     */
    public int[] used() {
        return used.clone();
    }

    /**
     * Returns the studies that say nothing about the effect under this likelihood.
     *
     * @return 0-based positions, ascending
     */
    public int[] omitted() {
        return omitted.clone();
    }

    /**
     * Returns the number of coefficients of the effect.
     *
     * @return 1 without moderators
     */
    public int coefficients() {
        return design.columns();
    }

    /**
     * Returns whether coefficients are infinite, because counts are at the ends of what they can be.
     *
     * @return the direction in which the likelihood rises for ever; empty if it has a maximum
     */
    public Optional<Separation> separation() {
        return Separation.of(this);
    }

    /** The same counts with effects in the first arm alone. */
    GlmmData withEffectsInFirstArm() {
        double[] x = {GlmmCoding.TREATMENT.first(), GlmmCoding.TREATMENT.second()};
        List<StudyTerms> changed = studies.stream()
                .map(s -> new StudyTerms(s.y(), s.kappa(), s.offset(), x, s.constant(), s.saturated()))
                .toList();
        return new GlmmData(this, changed, design);
    }

    StudyTerms study(int i) {
        return studies.get(i);
    }

    double start(int i) {
        return start[i];
    }

    double baselineStart(int i) {
        return baselineStart[i];
    }

    /** The same data with the coefficients in turned coordinates. */
    GlmmData turned(Design.Turn turn) {
        return new GlmmData(this, studies, design.turned(turn));
    }

    Design design() {
        return design;
    }

    /** A row of the orthonormal design. */
    double[] row(int i) {
        return design.row(i);
    }

    /** Whether each study has a baseline of its own to be estimated. */
    boolean hasOwnBaselines() {
        return twoArms && model == GlmmModel.UM_FS;
    }

    boolean hasRandomBaselines() {
        return twoArms && model == GlmmModel.UM_RS;
    }

    double saturated() {
        double sum = 0;
        for (StudyTerms study : studies) {
            sum += study.saturated();
        }
        return sum;
    }

    /** The number of rows that other programs count: one an arm in unconditional models. */
    int observations() {
        return twoArms && !model.isConditional() ? 2 * k() : k();
    }
}

package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.lozenge.stats.numeric.Normal;

/** Reports made from a known truth and rounded as reports are: honest ones must pass, falsified ones must not. */
class SimulatedReportsTest {

    private static final double[] LEVELS = {90, 95, 95, 95, 95.4, 96, 97.5, 99};

    /** One trial: truth, and how it is printed. */
    private static final class Trial {
        final double y;
        final double se;
        final double level;
        final int sides;
        final int decimals;
        final long[] events = new long[2];
        final long[] people = new long[2];
        final double survivalT;
        final double survivalC;

        Trial(Random random, boolean fine) {
            decimals = fine ? 3 : 2 + random.nextInt(2);
            level = fine ? 95 : LEVELS[random.nextInt(LEVELS.length)];
            sides = fine ? 2 : 1 + random.nextInt(2);
            double effect = 0.25 + 0.6 * random.nextDouble();
            y = fine ? -effect : 0.6 * random.nextGaussian();
            survivalC = 0.1 + 0.7 * random.nextDouble();
            survivalT = Math.pow(survivalC, Math.exp(y));
            people[1] = 40 + random.nextInt(600);
            people[0] = people[1] * (1 + random.nextInt(2));
            events[0] = Math.max(1, Math.round(people[0] * (1 - survivalT)));
            events[1] = Math.max(1, Math.round(people[1] * (1 - survivalC)));
            double most = (double) events[0] * events[1] / (events[0] + events[1]);
            double information = most * (0.6 + 0.4 * random.nextDouble());
            se = fine ? effect / (1.2 + 2.3 * random.nextDouble()) : 1 / Math.sqrt(information);
        }

        double limit(int side, double percent) {
            return Math.exp(y + side * Normal.criticalValue(percent / 100) * se);
        }

        double p() {
            double z = y / se;
            return sides == 2 ? Normal.twoSided(z) : Normal.upperTail(-z);
        }

        String ratio(double value) {
            return rounded(value, decimals);
        }

        String interval() {
            return interval(ratio(Math.exp(y)), ratio(limit(-1, level)), ratio(limit(1, level)));
        }

        String interval(String hr, String low, String high) {
            return "hr=" + hr + ";ci_low=" + low + ";ci_high=" + high + ";ci_level=" + plain(level) + ";";
        }

        String counts() {
            return String.format(
                    Locale.ROOT, "events_t=%d;events_c=%d;n_t=%d;n_c=%d;", events[0], events[1], people[0], people[1]);
        }
    }

    private static String rounded(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** P as journals print it: digits, or a bound when small or large. */
    private static String printedP(Trial trial, Random random) {
        double p = trial.p();
        String sides = ";p_sided=" + trial.sides + ";";
        boolean oneSidedHarm = trial.sides == 1 && trial.y > 0;
        if (p < 0.001 && random.nextBoolean()) {
            return "p=<0.001" + sides;
        }
        if (p > 0.05 && !oneSidedHarm && random.nextInt(3) == 0) {
            return "p=>0.05" + sides;
        }
        int digits = 1 + random.nextInt(3);
        String text = p < 0.1
                ? new BigDecimal(p)
                        .round(new MathContext(digits, RoundingMode.HALF_UP))
                        .toPlainString()
                : rounded(p, Math.max(2, digits));
        return "p=" + text + sides;
    }

    @RepeatedTest(1000)
    void honestReportsPass(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        Trial trial = new Trial(random, false);
        if (trial.ratio(trial.limit(-1, trial.level)).matches("0\\.0*") || trial.limit(1, trial.level) > 1e6) {
            return;
        }
        double median = 5 + 40 * random.nextDouble();
        String cells = trial.interval()
                + printedP(trial, random)
                + (random.nextBoolean() ? trial.counts() : "")
                + "median_t=" + rounded(median * Math.exp(-trial.y), 1) + ";median_c=" + rounded(median, 1) + ";"
                + "survival_t=" + rounded(100 * trial.survivalT, 0) + "%;survival_c="
                + rounded(100 * trial.survivalC, 0)
                + "%;o_minus_e=" + rounded(trial.y / trial.se / trial.se, 2);

        List<AuditFinding> complaints = AuditRule.audit(Reports.read(cells)).stream()
                .filter(finding -> finding.state().compareTo(AuditState.OK_WITHIN_ROUNDING) > 0)
                .toList();

        assertThat(Reports.read(cells).problems()).as(cells).isEmpty();
        assertThat(complaints).as(cells).isEmpty();
    }

    @RepeatedTest(200)
    void swappedLimitsAreCaught(RepetitionInfo run) {
        Trial trial = new Trial(new Random(run.getCurrentRepetition()), true);

        assertCaught("A1", trial.interval(hr(trial), high(trial), low(trial)), "swapped");
    }

    @RepeatedTest(200)
    void anIntervalOfAnotherLevelIsCaught(RepetitionInfo run) {
        Trial trial = new Trial(new Random(run.getCurrentRepetition()), true);
        String cells = trial.interval(hr(trial), trial.ratio(trial.limit(-1, 90)), trial.ratio(trial.limit(1, 90)));

        assertCaught("A3", cells + exactP(trial.p()), "It would fit if the interval were a 90% interval");
    }

    @RepeatedTest(200)
    void aOneSidedPPassedForTwoSidedIsCaught(RepetitionInfo run) {
        Trial trial = new Trial(new Random(run.getCurrentRepetition()), true);

        assertCaught("A3", trial.interval() + exactP(trial.p() / 2), "It would fit if P were one-sided");
    }

    @RepeatedTest(200)
    void aRatioTurnedRoundWithoutItsIntervalIsCaught(RepetitionInfo run) {
        Trial trial = new Trial(new Random(run.getCurrentRepetition()), true);
        String cells = trial.interval(trial.ratio(Math.exp(-trial.y)), low(trial), high(trial));

        assertThat(Reports.worst(cells)).as(cells).isGreaterThanOrEqualTo(AuditState.WARN);
    }

    @RepeatedTest(200)
    void aReportTurnedRoundAltogetherIsCaughtByItsMedians(RepetitionInfo run) {
        Trial trial = new Trial(new Random(run.getCurrentRepetition()), true);
        double y = -trial.y;
        String cells = "hr=" + trial.ratio(Math.exp(y)) + ";median_c=20.0;median_t=" + rounded(20 * Math.exp(y), 1);

        assertCaught("A7", cells, "check the direction of the ratio");
    }

    @RepeatedTest(200)
    void anIntervalComputedWithoutLogsIsCaught(RepetitionInfo run) {
        Trial trial = new Trial(new Random(run.getCurrentRepetition()), true);
        double hr = Math.exp(trial.y);
        double half = 1.959964 * Math.min(trial.se, 0.45) * hr;
        if (half / hr < 0.15) {
            return;
        }

        assertCaught("A2", trial.interval(hr(trial), trial.ratio(hr - half), trial.ratio(hr + half)), "without logs");
    }

    @RepeatedTest(200)
    void transposedDigitsAreCaught(RepetitionInfo run) {
        Trial trial = new Trial(new Random(run.getCurrentRepetition()), true);
        String hr = hr(trial);
        char tenths = hr.charAt(2);
        char hundredths = hr.charAt(3);
        if (Math.abs(tenths - hundredths) < 2) {
            return;
        }
        String cells = trial.interval("0." + hundredths + tenths + hr.charAt(4), low(trial), high(trial));

        assertThat(Reports.worst(cells)).as(cells).isGreaterThanOrEqualTo(AuditState.WARN);
    }

    @RepeatedTest(200)
    void percentagesTypedForEventsAreCaught(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        Trial trial = new Trial(random, false);
        long t = Math.round(100 * (1 - trial.survivalT));
        long c = Math.round(100 * (1 - trial.survivalC));
        boolean tooFew = 4 / (trial.se * trial.se) > 1.3 * (t + c);
        if (!tooFew || t + c == 0) {
            return;
        }

        assertCaught("A5", trial.interval() + "events_t=" + t + ";events_c=" + c, "Check the level");
    }

    private static void assertCaught(String rule, String cells, String text) {
        assertThat(AuditRule.audit(Reports.read(cells))).as(cells).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.state()).isGreaterThanOrEqualTo(AuditState.WARN);
            assertThat(finding.text()).contains(text);
        });
    }

    private static String exactP(double p) {
        return "p="
                + new BigDecimal(p)
                        .round(new MathContext(3, RoundingMode.HALF_UP))
                        .toPlainString()
                + ";p_sided=2";
    }

    private static String hr(Trial trial) {
        return trial.ratio(Math.exp(trial.y));
    }

    private static String low(Trial trial) {
        return trial.ratio(trial.limit(-1, 95));
    }

    private static String high(Trial trial) {
        return trial.ratio(trial.limit(1, 95));
    }
}

package org.lozenge.analyses.checkreport;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.PrintedCount;
import org.lozenge.stats.survival.PrintedNumber;
import org.lozenge.stats.survival.PrintedP;
import org.lozenge.stats.trial.ChiSquaredTwoByTwo;
import org.lozenge.stats.trial.ExactResult;
import org.lozenge.stats.trial.FisherExact;
import org.lozenge.stats.trial.McNemar;
import org.lozenge.stats.trial.PersonTimeRates;
import org.lozenge.stats.trial.TwoByTwo;

/**
 * What one row of a report prints. A cell that cannot be read is reported by row and column and treated as empty, so that the
 * rest of the row and of the table is still checked.
 */
final class ReportedCounts {

    private static final String ERROR_CODE = "unreadable-cell";

    private final Inputs in;
    private final RunContext context;
    private final int index;
    private final double level;
    private final List<Check> checks = new ArrayList<>();

    ReportedCounts(Inputs in, RunContext context, int index, double level) {
        this.in = in;
        this.context = context;
        this.index = index;
        this.level = level;
    }

    int row() {
        return in.sourceRows()[index];
    }

    String text(Role role) {
        return in.has(role) ? in.strings(role)[index] : "";
    }

    private <T> Optional<T> read(Role role, Function<String, T> parser) {
        String text = text(role);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            context.warn(
                    ERROR_CODE,
                    in.source() + ", row " + row() + ", column '"
                            + in.columns(role).get(0) + "': " + e.getMessage() + ". The cell was not used.",
                    row());
            return Optional.empty();
        }
    }

    /** The tests that the counts of this row allow, each with a P value. */
    Map<TestName, Recomputation> tests() {
        Map<TestName, Recomputation> tests = new EnumMap<>(TestName.class);
        Optional<PrintedCount> eventsT = read(CheckReportAnalysis.EVENTS_T, PrintedCount::parse);
        Optional<PrintedCount> eventsC = read(CheckReportAnalysis.EVENTS_C, PrintedCount::parse);
        Optional<Long> nT = total(eventsT, CheckReportAnalysis.N_T);
        Optional<Long> nC = total(eventsC, CheckReportAnalysis.N_C);
        Optional<PrintedCount> events = read(CheckReportAnalysis.EVENTS, PrintedCount::parse);
        percent("percent_t", CheckReportAnalysis.PERCENT_T, eventsT, nT);
        percent("percent_c", CheckReportAnalysis.PERCENT_C, eventsC, nC);
        percent("percent", CheckReportAnalysis.PERCENT, events, total(events, CheckReportAnalysis.N));
        if (eventsT.isPresent() && eventsC.isPresent()) {
            long t = eventsT.get().count();
            long c = eventsC.get().count();
            if (nT.isPresent()
                    && nC.isPresent()
                    && possible(t, nT.get(), "events_t")
                    && possible(c, nC.get(), "events_c")) {
                twoByTwo(new TwoByTwo(t, nT.get(), c, nC.get()), tests);
            }
            rates(t, c, tests);
        }
        pairs(tests);
        tests.values().removeIf(test -> Double.isNaN(test.twoSided()));
        return tests;
    }

    /** The denominator printed beside a count, else the column of totals. */
    private Optional<Long> total(Optional<PrintedCount> count, Role role) {
        Optional<Long> own = count.filter(c -> c.denominator().isPresent())
                .map(c -> c.denominator().getAsLong());
        Optional<Long> column = read(role, PrintedCount::parse).map(PrintedCount::count);
        if (own.isPresent() && column.isPresent() && !own.equals(column)) {
            context.warn(
                    "two-denominators",
                    in.source() + ", row " + row() + ": '" + count.orElseThrow().text() + "' prints the denominator "
                            + own.get() + ", but column '" + in.columns(role).get(0) + "' holds " + column.get()
                            + ". The printed one was used.",
                    row());
        }
        return own.or(() -> column);
    }

    private void percent(String check, Role role, Optional<PrintedCount> count, Optional<Long> n) {
        Optional<PrintedNumber> printed =
                count.flatMap(PrintedCount::percent).or(() -> read(role, PrintedNumber::parse));
        if (count.isEmpty() || n.isEmpty() || printed.isEmpty()) {
            return;
        }
        if (possible(count.get().count(), n.get(), check.replace("percent", "events"))) {
            checks.add(PercentCheck.of(check, printed.get(), count.get().count(), n.get()));
        }
    }

    private boolean possible(long events, long n, String check) {
        boolean possible = n > 0 && events <= n;
        boolean said = checks.stream().anyMatch(c -> c.check().equals(check));
        if (!possible && !said) {
            checks.add(new Check(
                    check,
                    Long.toString(events),
                    "count",
                    Double.NaN,
                    AuditState.ERROR,
                    events + " events cannot come from " + n + " participants. Check whether columns are swapped, or a"
                            + " percentage stands in place of a count."));
        }
        return possible;
    }

    private void twoByTwo(TwoByTwo table, Map<TestName, Recomputation> tests) {
        ExactResult fisher = new FisherExact(level).test(table);
        put(tests, exact(TestName.FISHER, fisher));
        put(tests, asymptotic(TestName.CHI_SQUARE, new ChiSquaredTwoByTwo(false).test(table)));
        put(tests, asymptotic(TestName.CHI_SQUARE_YATES, new ChiSquaredTwoByTwo(true).test(table)));
    }

    private void rates(long t, long c, Map<TestName, Recomputation> tests) {
        Optional<Double> timeT = personTime(CheckReportAnalysis.TIME_T);
        Optional<Double> timeC = personTime(CheckReportAnalysis.TIME_C);
        if (timeT.isPresent() && timeC.isPresent()) {
            put(tests, exact(TestName.RATES, new PersonTimeRates(level).compare(t, timeT.get(), c, timeC.get())));
        }
    }

    private Optional<Double> personTime(Role role) {
        return read(role, text -> {
            double value = PrintedNumber.parse(text).value();
            if (!(value > 0)) {
                throw new IllegalArgumentException("person-time must be above 0, but is '" + text + "'");
            }
            return value;
        });
    }

    private void pairs(Map<TestName, Recomputation> tests) {
        Optional<PrintedCount> b = read(CheckReportAnalysis.B, PrintedCount::parse);
        Optional<PrintedCount> c = read(CheckReportAnalysis.C, PrintedCount::parse);
        if (b.isPresent() && c.isPresent()) {
            McNemar test = new McNemar(b.get().count(), c.get().count());
            put(tests, asymptotic(TestName.MCNEMAR, test.asymptotic(false)));
            put(tests, asymptotic(TestName.MCNEMAR_CORRECTED, test.asymptotic(true)));
            double p = test.exact();
            put(
                    tests,
                    new Recomputation(
                            TestName.MCNEMAR_EXACT.token(),
                            Double.NaN,
                            Double.NaN,
                            p,
                            p / 2,
                            Double.NaN,
                            Double.NaN,
                            Double.NaN));
        }
    }

    private static void put(Map<TestName, Recomputation> tests, Recomputation test) {
        TestName.of(test.test()).ifPresent(name -> tests.put(name, test));
    }

    private static Recomputation exact(TestName name, ExactResult result) {
        return new Recomputation(
                name.token(),
                Double.NaN,
                Double.NaN,
                result.twoSided(),
                Math.min(result.less(), result.greater()),
                result.estimate(),
                result.interval().lower(),
                result.interval().upper());
    }

    private static Recomputation asymptotic(TestName name, TestResult result) {
        return new Recomputation(
                name.token(),
                result.statistic(),
                result.df(),
                result.pValue(),
                result.pValue() / 2,
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    /** All checks of this row; call {@link #tests} first. */
    List<Check> checks(Map<TestName, Recomputation> tests) {
        Optional<TestName> named = named();
        read(CheckReportAnalysis.P, PrintedP::parse).ifPresent(p -> {
            List<Recomputation> candidates = tests.entrySet().stream()
                    .filter(e -> named.isEmpty() || named.get() == e.getKey())
                    .map(Map.Entry::getValue)
                    .toList();
            if (candidates.isEmpty()) {
                context.warn(
                        "nothing-to-check",
                        in.source() + ", row " + row() + ": P '" + p.text()
                                + "' was not checked, because the row lacks the"
                                + " counts"
                                + named.map(n -> " for " + n.token()).orElse("")
                                + ": events_t, n_t, events_c and n_c (or person-time time_t, time_c), or discordant_t and"
                                + " discordant_c.",
                        row());
            } else {
                checks.add(PCheck.of("p", p, oneSided(p), named.isPresent(), candidates));
            }
        });
        return List.copyOf(checks);
    }

    private Optional<TestName> named() {
        return read(
                CheckReportAnalysis.TEST,
                text -> TestName.of(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + text + "' is not a known test; write one of " + TestName.tokens())));
    }

    private boolean oneSided(PrintedP p) {
        String text = text(CheckReportAnalysis.P_SIDED).toLowerCase(Locale.ROOT);
        boolean stated = text.startsWith("1") || text.startsWith("one");
        return stated
                || p.sides().map(s -> s == org.lozenge.stats.survival.Sides.ONE).orElse(false);
    }
}

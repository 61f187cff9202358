package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.analyses.reports.SimulatedTrial.View;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Trials simulated patient by patient: their true reports raise no warning, each kind of planted contradiction does. */
class ReportComparisonsSimulationTest {

    private static final int TRIALS_IN_A_TABLE = 50;
    private static final int PLANTED = 200;

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static Tabular audit(String rows) {
        byte[] bytes = (SimulatedTrial.HEAD + "\n" + rows).getBytes(StandardCharsets.UTF_8);
        return workbench
                .run("hazard-ratio", Dataset.parse("trials.csv", bytes, FileFormat.CSV))
                .get()
                .get()
                .item("audit", Tabular.class);
    }

    private static List<String> complaints(Tabular audit) {
        return IntStream.range(0, audit.rows())
                .filter(row -> Set.of("warn", "error").contains(audit.text("state", row)))
                .mapToObj(
                        row -> audit.text("study", row) + "|" + audit.text("rule", row) + "|" + audit.text("text", row))
                .toList();
    }

    /** 20 tables of 50 trials with five to sixteen rows each. */
    @RepeatedTest(20)
    void honestTrialsPass(RepetitionInfo run) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < TRIALS_IN_A_TABLE; i++) {
            int seed = run.getCurrentRepetition() * 1000 + i;
            Random random = new Random(seed);
            rows.append(new SimulatedTrial("T" + seed, random).honest(random));
        }
        Tabular audit = audit(rows.toString());

        assertThat(complaints(audit)).isEmpty();
        assertThat(audit.rows()).isGreaterThan(TRIALS_IN_A_TABLE * 5);
    }

    /** A contradiction between two rows that are each right by themselves. */
    enum Planted {
        OTHER_RATIO("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + ",,,,,,,,") + "\n"
                        + trial.row("b", "abstract", 0, "PFS", trial.effect(scaled(v, 1.15), 2) + ",,,,,,,,");
            }
        },
        OTHER_RATIO_IN_THE_NEWS("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + ",,,,,,,,") + "\n"
                        + trial.row("b", "news", 0, "PFS", SimulatedTrial.round(v.hr() * 0.8, 2) + ",,,,,,,,,,,,,,");
            }
        },
        SWAPPED_SIZES("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row(
                                "a",
                                "paper",
                                0,
                                "PFS",
                                trial.effect(v, 2) + ",," + trial.n[0] + "," + (trial.n[0] + 3) + ",,,,,")
                        + "\n"
                        + trial.row(
                                "b", "abstract", 1, "PFS", ",,,,,,,," + (trial.n[0] + 3) + "," + trial.n[0] + ",,,,,");
            }
        },
        SWAPPED_EVENTS("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                long more = v.events()[0] + 7;
                String people = ",900,900,,,,,";
                return trial.row("a", "paper", 0, "PFS", ",,,,,," + v.events()[0] + "," + more + people) + "\n"
                        + trial.row("b", "abstract", 0, "PFS", ",,,,,," + more + "," + v.events()[0] + people);
            }
        },
        SWAPPED_MEDIANS("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                String figures = ",,,,,,,,,,,,,";
                return trial.row("a", "paper", 0, "PFS", figures + "12.1,18.4") + "\n"
                        + trial.row("b", "abstract", 1, "PFS", figures + "18.4,12.1");
            }
        },
        INVERTED("A7") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", "0.62,0.48,0.80,95,,,,,,,,,,,") + "\n"
                        + trial.row("b", "abstract", 1, "PFS", "1.61,1.25,2.08,95,,,,,,,,,,,");
            }
        },
        FEWER_EVENTS_LATER("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + trial.counts(v) + ",,,,")
                        + "\n"
                        + trial.row(
                                "b",
                                "paper",
                                1,
                                "PFS",
                                ",,,,,," + (v.events()[0] - 1) + "," + v.events()[1] + ",,,,,,,");
            }
        },
        FEWER_DEATHS_LATER("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row(
                                "a",
                                "paper",
                                0,
                                "OS",
                                ",,,,,," + (os.events()[0] + 4) + "," + os.events()[1] + ",,,,,,,")
                        + "\n"
                        + trial.row(
                                "b", "paper", 1, "OS", ",,,,,," + os.events()[0] + "," + os.events()[1] + ",,,,,,,");
            }
        },
        SHORTER_FOLLOW_UP_LATER("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 1, "PFS", trial.effect(v, 2) + ",,,,,,,,")
                                .replaceFirst("2017", "2019")
                        + "\n"
                        + trial.row("b", "paper", 0, "PFS", trial.effect(v, 2) + ",,,,,,,,")
                                .replace(trial.date(0), "2018-11-01")
                                .replaceFirst("2015", "2019");
            }
        },
        FEWER_PATIENTS_LATER("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", ",,,,,,,," + trial.n[0] + "," + trial.n[1] + ",,,,,")
                        + "\n"
                        + trial.row("b", "paper", 1, "PFS", ",,,,,,,," + (trial.n[0] - 6) + "," + trial.n[1] + ",,,,,");
            }
        },
        MORE_DEATHS_THAN_EVENTS("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + trial.counts(v) + ",,,,")
                        + "\n"
                        + trial.row(
                                "a",
                                "paper",
                                0,
                                "OS",
                                ",,,,,," + (v.events()[0] + 1) + "," + v.events()[1] + ",,,,,,,");
            }
        },
        PROGRESSION_FREE_ABOVE_ALIVE("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", trial.curve(12, new double[] {0.80, 0.60})) + "\n"
                        + trial.row("a", "paper", 0, "OS", trial.curve(12, new double[] {0.75, 0.72}));
            }
        },
        MEDIAN_PROGRESSION_AFTER_DEATH("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", ",,,,,,,,,,,,,15.0,9.1") + "\n"
                        + trial.row("a", "paper", 0, "OS", ",,,,,,,,,,,,,14.2,11.9");
            }
        },
        RISING_CURVE("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", trial.curve(12, new double[] {0.61, 0.60})) + "\n"
                        + trial.row("a", "paper", 0, "PFS", trial.curve(15, new double[] {0.64, 0.55}));
            }
        },
        TIME_BEYOND_FOLLOW_UP("A6") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                double time = 2.2 * trial.followUp(0) + 1;
                return trial.row("a", "paper", 0, "PFS", trial.curve(time, new double[] {0.31, 0.22}));
            }
        },
        PUBLISHED_BEFORE_THE_CUT_OFF("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + ",,,,,,,,")
                        .replaceFirst(",2015,", ",2012,");
            }
        },
        CITED_WITH_ANOTHER_YEAR("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + ",,,,,,,,")
                        + "\n"
                        + trial.row("b", "citation", 0, "PFS", ",,,,,,,,,,,,,,").replaceFirst(",2015,", ",2018,");
            }
        },
        NEWS_NAMES_ANOTHER_ENDPOINT("A9") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "TTP", trial.effect(v, 2) + ",,,,,,,,") + "\n"
                        + trial.row("b", "news", 0, "PFS", ",,,,,,,,,,,,,,");
            }
        },
        ONE_RESULT_TWO_ENDPOINTS("A9") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                return trial.row("a", "paper", 0, "TTP", trial.effect(v, 2) + ",,,,,,,,") + "\n"
                        + trial.row("b", "abstract", 0, "PFS", trial.effect(v, 2) + ",,,,,,,,");
            }
        },
        TWO_NAMES_ONE_REGISTRATION("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                String row = trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + ",,,,,,,,");
                return row + "\n" + "Other" + row;
            }
        },
        TWO_NAMES_ONE_RESULT("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                String row = trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + trial.counts(v) + ",,,,");
                return row + "\n" + ("Other" + row).replaceFirst("NCT\\d+", "");
            }
        },
        SHARED_CONTROL("A8") {
            @Override
            String rows(SimulatedTrial trial, View v, View os) {
                String row = trial.row("a", "paper", 0, "PFS", trial.effect(v, 2) + trial.counts(v) + ",,,,");
                View other = trial.view("PFS", 0);
                other.events()[0] += 5;
                String second = trial.row(
                        "a", "paper", 0, "PFS", trial.effect(scaled(other, 0.9), 2) + trial.counts(other) + ",,,,");
                return row + "\n" + ("Other" + second).replaceFirst("NCT\\d+", "");
            }
        };

        final String rule;

        Planted(String rule) {
            this.rule = rule;
        }

        abstract String rows(SimulatedTrial trial, View pfs, View os);

        static View scaled(View v, double factor) {
            return new View(v.hr() * factor, v.se(), v.events(), v.median(), v.s12(), v.s24());
        }
    }

    @ParameterizedTest
    @EnumSource
    void plantedContradictionsAreCaught(Planted planted) {
        StringBuilder rows = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < PLANTED; i++) {
            Random random = new Random(i);
            SimulatedTrial trial = new SimulatedTrial("S" + i, random);
            names.add(trial.name);
            rows.append(planted.rows(trial, trial.view("PFS", 0), trial.view("OS", 0)))
                    .append('\n');
        }
        Set<String> caught = new HashSet<>();
        for (String complaint : complaints(audit(rows.toString()))) {
            String[] parts = complaint.split("\\|");
            if (parts[1].equals(planted.rule)) {
                caught.add(parts[0].replaceFirst("^Other", ""));
            }
        }
        assertThat(caught).containsAll(names);
    }
}

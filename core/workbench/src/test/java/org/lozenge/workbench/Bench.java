package org.lozenge.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** What the tests of runs share: a workbench with one analysis, and tables from texts. */
final class Bench {

    /** A result with nothing of interest in it. */
    static final AnalysisResult DONE = AnalysisResult.of(Scalar.of("done", "Done", 1));

    private Bench() {}

    /** Returns a run of an analysis written as a function. */
    static Run run(AnalysisSpec spec, BiFunction<Inputs, RunContext, AnalysisResult> body, Dataset data) {
        return run(Analysis.of(spec, body), data);
    }

    static Run run(Analysis analysis, Dataset data) {
        Workbench workbench = Workbench.openLazily();
        workbench.register(analysis);
        return workbench.run(analysis.spec().id(), data);
    }

    /** Returns a run that asks its inputs for nothing. */
    static Run run(AnalysisSpec spec, String csv) {
        return run(spec, (in, context) -> DONE, csv(csv));
    }

    static Dataset csv(String text) {
        return Dataset.parse("t.csv", text.getBytes(UTF_8), FileFormat.CSV);
    }

    /** Returns the messages, one a line: severity, code, text, rows. */
    static String lines(Outcome outcome) {
        return outcome.messages().stream().map(Bench::line).collect(Collectors.joining("\n"));
    }

    static String line(Message message) {
        String rows = message.rows().isEmpty() ? "" : " " + message.rows();
        return message.severity() + " " + message.code() + ": " + message.text() + rows;
    }

    /** Checks how a run ended and everything that it said. */
    static void assertEnds(String status, String lines, Outcome outcome) {
        assertEquals(status + "\n" + lines, outcome.status() + "\n" + lines(outcome));
    }
}

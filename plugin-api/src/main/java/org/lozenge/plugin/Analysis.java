package org.lozenge.plugin;

import java.util.List;
import java.util.function.BiFunction;

/**
 * One analysis: what it needs, as data, and how it computes.
 *
 * <p>An implementation has a public constructor without arguments and no mutable state: the host makes one instance and
 * may run it on several threads at once. An implementation that is also {@link AutoCloseable} is closed with the
 * workbench.
 */
public interface Analysis {

    /**
     * Returns what this analysis is called, needs and offers. Called once, when the analysis is registered; a pure
     * function without side effects.
     */
    AnalysisSpec spec();

    /**
     * Computes the result.
     *
     * @param in the mapped, checked columns and the options
     * @param context progress, cancellation, warnings and random numbers
     * @throws AnalysisException when the user can mend the cause; the message is shown, without a stack trace
     * @throws Exception for anything else; the host reports the analysis as failed and names its plugin
     */
    AnalysisResult run(Inputs in, RunContext context) throws Exception;

    /**
     * Checks that go beyond single columns and options, for forms that want to say what is wrong before running. An
     * {@linkplain Message.Severity#ERROR error} keeps the analysis from running.
     *
     * @param in the same inputs that {@link #run} would receive
     */
    default List<Message> validate(Inputs in) {
        return List.of();
    }

    /** Returns an analysis made of a specification and a function, for scripts. */
    static Analysis of(AnalysisSpec spec, BiFunction<Inputs, RunContext, AnalysisResult> body) {
        return new FunctionAnalysis(spec, body);
    }

    /**
     * Returns the version of this API, such as {@code 1.0}. A method, because the compiler would copy a constant into
     * the plugin.
     */
    static String apiVersion() {
        return "1.0";
    }
}

package org.lozenge.plugin;

import java.util.Objects;
import java.util.function.BiFunction;

/** An analysis written as a function. */
record FunctionAnalysis(AnalysisSpec spec, BiFunction<Inputs, RunContext, AnalysisResult> body) implements Analysis {

    FunctionAnalysis {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(body, "body");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        return body.apply(in, context);
    }
}

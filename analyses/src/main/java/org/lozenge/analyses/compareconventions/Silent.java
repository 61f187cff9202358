package org.lozenge.analyses.compareconventions;

import java.util.random.RandomGenerator.SplittableGenerator;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.RunContext;

/** A context that keeps messages to itself, since the table is read once for each convention. */
record Silent(RunContext context) implements RunContext {

    @Override
    public void progress(double fraction, String step) {
        context.progress(fraction, step);
    }

    @Override
    public void checkCancelled() {
        context.checkCancelled();
    }

    @Override
    public void report(Message message) {
        // Said once, for Lozenge's own reading.
    }

    @Override
    public SplittableGenerator random() {
        return context.random();
    }
}

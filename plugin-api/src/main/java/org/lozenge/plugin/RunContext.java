package org.lozenge.plugin;

import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * What a run may tell and ask its host. Safe for use by several threads; hosts implement it, plugins never do.
 */
public interface RunContext {

    /**
     * Tells how far the run is. Also checks for cancellation.
     *
     * @param fraction in [0, 1]
     * @param step what is being done, for a progress bar
     * @throws java.util.concurrent.CancellationException if the run was cancelled
     */
    void progress(double fraction, String step);

    /**
     * Does nothing unless the run was cancelled or is past its deadline. Long loops call it at least every 100 ms.
     *
     * @throws java.util.concurrent.CancellationException if the run was cancelled
     */
    void checkCancelled();

    /** Adds a message to the outcome. A message of severity {@link Message.Severity#ERROR} is refused: throw. */
    void report(Message message);

    /**
     * Adds a warning to the outcome.
     *
     * @param code a stable identifier in kebab case
     * @param text one or two plain sentences
     * @param rows the 1-based data rows concerned, if any
     */
    default void warn(String code, String text, int... rows) {
        report(Message.warning(code, text).at(rows));
    }

    /**
     * Adds a note to the outcome.
     *
     * @param code a stable identifier in kebab case
     * @param text one or two plain sentences
     * @param rows the 1-based data rows concerned, if any
     */
    default void info(String code, String text, int... rows) {
        report(Message.info(code, text).at(rows));
    }

    /** Returns the run's random numbers, seeded by the host; split one generator per worker or resample. */
    SplittableGenerator random();
}

package org.lozenge.workbench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.workbench.plugins.Registered;

/**
 * A run to be: which columns, which options, which rows. Immutable; every method that sets something returns a new run.
 * Nothing is checked before {@link #get()} or {@link #start()}; what is wrong is then in the {@link Outcome}.
 */
public final class Run {

    private final RunRequest request;

    Run(RunRequest request) {
        this.request = request;
    }

    /**
     * Returns this run with columns for a role. What is not mapped is looked for by the names and synonyms of the roles.
     *
     * @param role name or synonym of a role
     * @param columns one column, or several for a role that takes many; none to leave the role out
     */
    public Run map(String role, String... columns) {
        List<String> names =
                Arrays.stream(columns).filter(name -> !name.isEmpty()).toList();
        return new Run(request.withColumns(Objects.requireNonNull(role, "role"), names));
    }

    /**
     * Returns this run with the value of an option.
     *
     * @param option name of the option
     * @param value its text, or a number, a boolean or a constant of the option's enum
     */
    public Run set(String option, Object value) {
        return new Run(request.withOption(
                Objects.requireNonNull(option, "option"), text(Objects.requireNonNull(value, "value"))));
    }

    private static String text(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return NumberText.print(((Number) value).doubleValue());
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return value.toString();
    }

    /**
     * Returns this run on those rows only in which a column holds a value: the same text, or the same number. Several
     * values for one column add up; of several columns, all must fit.
     */
    public Run where(String column, String value) {
        Objects.requireNonNull(value, "value");
        return new Run(
                request.withCondition(new RunSettings.Condition(Objects.requireNonNull(column, "column"), value)));
    }

    /**
     * Returns this run split: the analysis runs once for each value of the column, in order of first appearance, and the
     * result holds a {@link org.lozenge.plugin.Section} for each. A group that fails does not stop the others.
     */
    public Run by(String column) {
        return new Run(request.withBy(Objects.requireNonNull(column, "column")));
    }

    /** Returns this run with another seed of its random numbers; 42 unless set. */
    public Run seed(long seed) {
        return new Run(request.withSeed(seed));
    }

    /**
     * Returns this run with another time-out; ten minutes unless set.
     *
     * @param millis milliseconds for the whole run; 0 for no time-out
     * @throws IllegalArgumentException if it is below 0
     */
    public Run timeoutMillis(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("A time-out cannot be negative, but is " + millis + " ms");
        }
        return new Run(request.withTimeout(millis));
    }

    /** Returns this run with or without looking for columns that were not mapped; they are looked for unless set. */
    public Run strict(boolean strict) {
        return new Run(request.withStrict(strict));
    }

    /** Returns this run with a listener that hears how far it is. */
    public Run onProgress(ProgressListener listener) {
        return new Run(request.withListener(Objects.requireNonNull(listener, "listener")));
    }

    /**
     * Checks everything that a run checks before the analysis begins, its own checks included, and returns what was found:
     * at least one {@linkplain Message.Severity#ERROR error} if the run would be rejected. For forms that want to say what
     * is wrong while they are filled in.
     */
    public List<Message> check() {
        return Checking.messages(request);
    }

    /** Returns everything that was set. */
    public RunSettings settings() {
        return new RunSettings(
                request.analysis(),
                request.registry()
                        .find(request.analysis())
                        .map(Registered::plugin)
                        .orElse(""),
                request.data(),
                request.columns(),
                request.options(),
                request.conditions(),
                request.by(),
                request.seed(),
                request.timeoutMillis(),
                request.strict(),
                request.listener(),
                request.registry().folders());
    }

    /**
     * Runs the analysis and waits for it. Never throws for what is wrong with the data, the call or the plugin. If the
     * calling thread is interrupted, the run is cancelled.
     *
     * @throws OutOfMemoryError if the run threw it
     */
    public Outcome get() {
        return start().get();
    }

    /** Starts the analysis on a thread of its own. */
    public RunHandle start() {
        return Worker.start(request);
    }
}

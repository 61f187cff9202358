package org.lozenge.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.RunContext;

/** What one run, or the run of one group, may tell and ask. Thread-safe. */
final class HostContext implements RunContext {

    private final Stop stop;
    private volatile ProgressListener listener;
    private final SplittableRandom random;
    private final List<Message> messages = new ArrayList<>();

    HostContext(Stop stop, ProgressListener listener, long seed) {
        this.stop = stop;
        this.listener = listener;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void progress(double fraction, String step) {
        stop.check();
        try {
            listener.progress(Math.max(0, Math.min(1, Double.isNaN(fraction) ? 0 : fraction)), step);
        } catch (RuntimeException e) { // who only listens must not cost the run
            listener = (ignored, alike) -> {};
            add(Message.warning("listener-failed", "The progress of the run could not be shown (" + e + ")."));
        }
    }

    @Override
    public void checkCancelled() {
        stop.check();
    }

    @Override
    public void report(Message message) {
        if (message.severity() == Message.Severity.ERROR) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "An error cannot be reported beside a result; throw it: %s", message.text()));
        }
        add(message);
    }

    /** Adds any message. */
    void add(Message message) {
        synchronized (messages) {
            messages.add(message);
        }
    }

    /** Returns the messages in the order in which they came. */
    List<Message> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    @Override
    public SplittableGenerator random() {
        synchronized (random) {
            return random.split();
        }
    }
}

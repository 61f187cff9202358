package org.lozenge.workbench.isolate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lozenge.workbench.ProgressListener;

/**
 * Reads what a process prints, however much it is: passes on how far the run is, and keeps the last of the rest, which
 * may say why the process ended.
 */
final class Output {

    private static final int LONGEST_LINE = 4096;
    private static final int KEPT = 8192;

    private final InputStream stream;
    private final ProgressListener listener;
    private final CountDownLatch started = new CountDownLatch(1);
    private final StringBuilder tail = new StringBuilder();
    private final Thread thread;

    Output(InputStream stream, ProgressListener listener) {
        this.stream = new BufferedInputStream(stream);
        this.listener = listener;
        this.thread = new Thread(this::read, "lozenge-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the run starts or its process ends; returns whether either happened in time. */
    boolean awaitStart(long millis) throws InterruptedException {
        return started.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits until everything was read; a grandchild that keeps the stream open does not keep the host. */
    void join() {
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the last of what was printed. */
    String tail() {
        synchronized (tail) {
            return tail.toString();
        }
    }

    private void read() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                if (next != '\n' && line.size() < LONGEST_LINE) {
                    line.write(next);
                } else {
                    end(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                }
            }
            end(line.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            end("(" + e.getMessage() + ")");
        } finally {
            started.countDown();
        }
    }

    private void end(String line) {
        if (line.isEmpty() || line.charAt(0) != Isolation.FRAME) {
            keep(line);
            return;
        }
        started.countDown();
        int space = line.indexOf(' ');
        if (space > 0) {
            progress(line.substring(1, space), line.substring(space + 1));
        }
    }

    private void keep(String line) {
        synchronized (tail) {
            tail.append(line).append('\n');
            if (tail.length() > KEPT) {
                tail.delete(0, tail.length() - KEPT);
            }
        }
    }

    private void progress(String fraction, String step) {
        try {
            listener.progress(Double.parseDouble(fraction), step);
        } catch (RuntimeException e) { // not a number, or a listener that breaks: neither may cost the run
            keep(step);
        }
    }
}

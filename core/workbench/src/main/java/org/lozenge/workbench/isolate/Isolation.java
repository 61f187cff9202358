package org.lozenge.workbench.isolate;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.Workbench;

/**
 * Runs analyses in processes of their own, each of which ends with its run. A run that ends its process, runs out of memory,
 * loops for ever or prints what it likes does not harm the host: it is an outcome like others.
 *
 * <pre>{@code
 * Outcome outcome = Isolation.process().memory(512).get(workbench.run("pool", data).timeoutMillis(60_000));
 * }</pre>
 *
 * <p>The process loads the same plugins as the workbench of the run, and takes about half a second to start. A run that is
 * past its time-out by more than twelve seconds is ended together with its process. Analyses that a program registered
 * itself exist in that program alone and cannot be isolated.
 *
 * <p>A process of its own is no sandbox: it has the same rights on files and network as the host.
 *
 * <p>Immutable; every method that sets something returns a new value.
 */
public final class Isolation {

    static final String REQUEST = "request.json";
    static final String OUTCOME = "outcome.json";
    static final String TRACE = "trace.txt";
    static final char FRAME = '\u0001';

    private static final int USUAL_MEGABYTES = 1024;
    private static final int LEAST_MEGABYTES = 16;

    private final int megabytes;
    private final Optional<String> classPath;

    private Isolation(int megabytes, Optional<String> classPath) {
        this.megabytes = megabytes;
        this.classPath = classPath;
    }

    /** Returns an isolation by a process with up to 1024 MB of memory for objects. */
    public static Isolation process() {
        return new Isolation(USUAL_MEGABYTES, Optional.empty());
    }

    /**
     * Returns this isolation with another limit of memory.
     *
     * @param newMegabytes megabytes for objects; Java itself needs about 100 more
     * @throws IllegalArgumentException if it is below 16
     */
    public Isolation memory(int newMegabytes) {
        if (newMegabytes < LEAST_MEGABYTES) {
            throw new IllegalArgumentException(
                    "The memory must be " + LEAST_MEGABYTES + " MB or more, but is " + newMegabytes);
        }
        return new Isolation(newMegabytes, classPath);
    }

    /**
     * Returns this isolation with another class path for the process. Needed where the workbench was loaded by a class loader
     * that does not tell where its classes are; unless set, it is that of the workbench.
     */
    public Isolation classPath(List<Path> jars) {
        return new Isolation(
                megabytes,
                Optional.of(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
    }

    /** Runs an analysis and waits for it, as {@link Run#get()} does. */
    public Outcome get(Run run) {
        return start(run).get();
    }

    /** Starts an analysis, as {@link Run#start()} does. */
    public RunHandle start(Run run) {
        return IsolatedProcess.start(run.settings(), megabytes, classPath.or(Isolation::ownClassPath));
    }

    /** Returns where the classes of the workbench are; empty if their loader does not tell. */
    private static Optional<String> ownClassPath() {
        ClassLoader loader = Workbench.class.getClassLoader();
        List<String> places = new ArrayList<>();
        while (loader instanceof URLClassLoader urls) {
            for (URL url : urls.getURLs()) {
                if (url.getProtocol().equals("file")) {
                    places.add(Path.of(URI.create(url.toString())).toString());
                }
            }
            loader = urls.getParent();
        }
        if (loader == ClassLoader.getSystemClassLoader()) {
            places.add(System.getProperty("java.class.path", ""));
        }
        return places.isEmpty() ? Optional.empty() : Optional.of(String.join(File.pathSeparator, places));
    }
}

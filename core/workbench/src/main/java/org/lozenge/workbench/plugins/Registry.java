package org.lozenge.workbench.plugins;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.Message;

/** The analyses of a workbench, by id in alphabetical order. Thread-safe. */
public final class Registry {

    /** What stands for the name of a plugin where a program or script brought the analysis itself. */
    public static final String SESSION = "session";

    private final Map<String, Registered> analyses = Collections.synchronizedMap(new TreeMap<>());
    private final List<Closeable> owned = new CopyOnWriteArrayList<>();
    private final PluginFolders folders;
    private final BiConsumer<String, Message> problems;

    /**
     * An empty registry.
     *
     * @param problems hears the name of a plugin and what is wrong with it; may be called by several threads
     */
    public Registry(BiConsumer<String, Message> problems) {
        this(PluginFolders.of(), problems);
    }

    /**
     * An empty registry.
     *
     * @param folders where its plugins are taken from, besides the class path
     * @param problems hears the name of a plugin and what is wrong with it; may be called by several threads
     */
    public Registry(PluginFolders folders, BiConsumer<String, Message> problems) {
        this.folders = folders;
        this.problems = problems;
    }

    /** Returns where the plugins are taken from, besides the class path. */
    public PluginFolders folders() {
        return folders;
    }

    /**
     * Registers an analysis. If its specification cannot be had, or another analysis has its id, it is refused and the
     * reason is told as a problem.
     *
     * @param plugin name of the plugin
     * @param version its version; empty if unknown
     */
    public void add(Analysis analysis, String plugin, String version) {
        try {
            add(ContextLoader.call(analysis.getClass().getClassLoader(), () -> describe(analysis, plugin, version)));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (BadPluginException e) {
            problem(plugin, e.code(), e.text());
        } catch (Exception e) {
            throw new IllegalStateException("describe throws nothing else", e);
        }
    }

    /**
     * Asks an analysis for its specification.
     *
     * @throws BadPluginException if it cannot be had
     */
    static Registered describe(Analysis analysis, String plugin, String version) throws BadPluginException {
        try {
            return new Registered(analysis.spec(), analysis, plugin, version);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // a plugin may throw anything, and must not cost the others
            throw new BadPluginException(
                    "spec-failed",
                    analysis.getClass().getName() + " is refused: its specification cannot be had (" + Reasons.text(e)
                            + ").");
        }
    }

    /** Registers an analysis, unless another one has its id: then it is refused, and that is told as a problem. */
    void add(Registered added) {
        Registered first = analyses.putIfAbsent(added.spec().id(), added);
        if (first != null) {
            problem(
                    added.plugin(),
                    "duplicate-analysis",
                    added.analysis().getClass().getName() + " is refused: the analysis '"
                            + added.spec().id() + "' was already registered by "
                            + first.analysis().getClass().getName() + " of " + first.plugin()
                            + ". Remove one of the plugins.");
        }
    }

    /** Registers an analysis, or puts it in the place of one that has the same id. */
    public void replace(Registered analysis) {
        analyses.put(analysis.spec().id(), analysis);
    }

    /** Notes that something is wrong with a plugin. */
    public void problem(String plugin, String code, String text) {
        problems.accept(plugin, Message.error(code, text));
    }

    /** Notes that something about a plugin should be mended, though it can be used. */
    void warning(String plugin, String code, String text) {
        tell(plugin, Message.warning(code, text));
    }

    void tell(String plugin, Message message) {
        problems.accept(plugin, message);
    }

    /** Takes over what is to be closed with the registry. */
    void own(Closeable resource) {
        owned.add(resource);
    }

    /** Returns the analysis with this id or, failing that, with this former id. */
    public Optional<Registered> find(String id) {
        List<Registered> all = all();
        return all.stream()
                .filter(one -> one.spec().id().equals(id))
                .findFirst()
                .or(() -> all.stream()
                        .filter(one -> one.spec().formerIds().contains(id))
                        .findFirst());
    }

    /** Returns the analyses in alphabetical order of their ids. */
    public List<Registered> all() {
        synchronized (analyses) {
            return List.copyOf(analyses.values());
        }
    }

    /** Closes the analyses that can be closed, then the loaders of the plugins, and forgets them all. */
    public void close() {
        for (Registered one : all()) {
            if (one.analysis() instanceof AutoCloseable closeable) {
                try {
                    ContextLoader.call(one.loader(), () -> {
                        closeable.close();
                        return true;
                    });
                } catch (Exception | LinkageError | StackOverflowError e) { // the others are closed all the same
                    problem(
                            one.plugin(),
                            "close-failed",
                            one.spec().id() + " could not be closed (" + Reasons.text(e) + ").");
                }
            }
        }
        analyses.clear();
        for (Closeable resource : owned) {
            try {
                resource.close();
            } catch (IOException e) {
                problem(resource.toString(), "close-failed", "could not be closed (" + e.getMessage() + ").");
            }
        }
        owned.clear();
    }
}

package org.lozenge.workbench.plugins;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;

/** The analyses of a workbench, by id in alphabetical order. Thread-safe. */
public final class Registry {

    /** What stands for the name of a plugin where a program or script brought the analysis itself. */
    public static final String SESSION = "session";

    private final Map<String, Registered> analyses = Collections.synchronizedMap(new TreeMap<>());
    private final BiConsumer<String, Message> problems;

    /**
     * An empty registry.
     *
     * @param problems hears the name of a plugin and what is wrong with it; may be called by several threads
     */
    public Registry(BiConsumer<String, Message> problems) {
        this.problems = problems;
    }

    /**
     * Registers an analysis. If its specification cannot be had, or another analysis has its id, it is refused and the
     * reason is told as a problem.
     *
     * @param plugin name of the plugin
     * @param version its version; empty if unknown
     */
    public void add(Analysis analysis, String plugin, String version) {
        String name = analysis.getClass().getName();
        try {
            AnalysisSpec spec = ContextLoader.call(analysis.getClass().getClassLoader(), analysis::spec);
            Registered added = new Registered(spec, analysis, plugin, version);
            Registered first = analyses.putIfAbsent(spec.id(), added);
            if (first != null) {
                problem(
                        plugin,
                        "duplicate-analysis",
                        name + " is refused: the analysis '" + spec.id() + "' was already registered by "
                                + first.analysis().getClass().getName() + " of " + first.plugin()
                                + ". Remove one of the plugins.");
            }
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // a plugin may throw anything, and must not cost the others
            problem(plugin, "spec-failed", name + " is refused: its specification cannot be had (" + e + ").");
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

    /** Closes the analyses that can be closed. */
    public void close() {
        for (Registered one : all()) {
            if (one.analysis() instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) { // the others are closed all the same
                    problem(one.plugin(), "close-failed", one.spec().id() + " could not be closed (" + e + ").");
                }
            }
        }
    }
}

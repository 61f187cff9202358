package org.lozenge.workbench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Tablesaw;
import org.lozenge.workbench.plugins.ClassPathPlugins;
import org.lozenge.workbench.plugins.FolderPlugins;
import org.lozenge.workbench.plugins.JvmState;
import org.lozenge.workbench.plugins.PluginFolders;
import org.lozenge.workbench.plugins.Registered;
import org.lozenge.workbench.plugins.Registry;
import org.lozenge.workbench.table.Dataset;
import tech.tablesaw.api.Table;

/**
 * Knows the analyses and runs them. May be used by several threads.
 *
 * <p>Plugins run in this JVM with all its rights: use those that you trust.
 */
public final class Workbench implements AutoCloseable {

    private final List<Problem> problems = new CopyOnWriteArrayList<>();
    private final Registry registry;
    private final JvmState jvm = new JvmState();

    private Workbench(PluginFolders folders) {
        registry = new Registry(folders, (plugin, message) -> problems.add(new Problem(plugin, message)));
    }

    /**
     * Opens a workbench with the analyses on the class path and the plugins in some folders, and {@linkplain
     * Tablesaw#load() loads Tablesaw}, so that from then on several threads may use it. That takes a third of a second once
     * in a JVM. What is wrong with a plugin or a folder stands in {@link #problems()}.
     *
     * @param folders each with plugins: {@code NAME.jar}, or {@code NAME/} with jars in it
     */
    public static Workbench open(Path... folders) {
        return open(PluginFolders.of(folders));
    }

    /** Opens a workbench with the analyses on the class path and the plugins in some folders, and loads Tablesaw. */
    public static Workbench open(PluginFolders folders) {
        Tablesaw.load();
        return openLazily(folders);
    }

    /**
     * Opens a workbench with the analyses on the class path and the plugins in some folders, and leaves Tablesaw alone
     * until a table is asked for. For one-shot commands. In a program with several threads of its own that make Tablesaw
     * columns, use {@link #open(Path...)}.
     */
    public static Workbench openLazily(Path... folders) {
        return openLazily(PluginFolders.of(folders));
    }

    /** Opens a workbench as {@link #openLazily(Path...)} does. */
    public static Workbench openLazily(PluginFolders folders) {
        Workbench workbench = new Workbench(folders);
        ClassLoader loader = Workbench.class.getClassLoader();
        ClassPathPlugins.register(loader, workbench.registry);
        FolderPlugins.register(folders, loader, workbench.registry, workbench.jvm);
        return workbench;
    }

    /** Returns a workbench with these analyses and no others, for tests and tools. */
    public static Workbench of(Analysis... analyses) {
        Workbench workbench = new Workbench(PluginFolders.of());
        for (Analysis analysis : analyses) {
            workbench.register(analysis);
        }
        return workbench;
    }

    /** Returns the specifications of the analyses in alphabetical order of their ids. */
    public List<AnalysisSpec> analyses() {
        return registry.all().stream().map(Registered::spec).toList();
    }

    /** Returns the analysis with this id or former id. */
    public Optional<AnalysisSpec> find(String id) {
        return registry.find(id).map(Registered::spec);
    }

    /** Returns what is wrong with plugins: what was refused and why, and which runs had to be abandoned. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Adds an analysis of your own, for scripts and tests. One that was added before under the same id is replaced.
     *
     * @throws IllegalArgumentException if an analysis of a plugin has its id
     */
    public void register(Analysis analysis) {
        AnalysisSpec spec = analysis.spec();
        registry.find(spec.id())
                .filter(old ->
                        old.spec().id().equals(spec.id()) && !old.plugin().equals(Registry.SESSION))
                .ifPresent(old -> {
                    throw new IllegalArgumentException("The analysis '" + spec.id() + "' of the plugin " + old.plugin()
                            + " cannot be replaced. Choose another id.");
                });
        registry.replace(new Registered(spec, analysis, Registry.SESSION, ""));
    }

    /**
     * Sets up a run of an analysis on data that was read from a file.
     *
     * @param id id of the analysis; if there is none, the outcome says so
     */
    public Run run(String id, Dataset data) {
        return new Run(new RunRequest(registry, jvm, id, data));
    }

    /**
     * Sets up a run of an analysis on a Tablesaw table, of which a copy is made.
     *
     * @param id id of the analysis; if there is none, the outcome says so
     */
    public Run run(String id, Table table) {
        return run(id, Dataset.of(table));
    }

    /**
     * Closes the analyses that can be closed and lets go of the plugins, whose classes can then be unloaded. Runs end
     * before; afterwards there are no analyses.
     */
    @Override
    public void close() {
        registry.close();
    }
}

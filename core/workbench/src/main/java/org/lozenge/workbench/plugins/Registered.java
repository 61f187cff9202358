package org.lozenge.workbench.plugins;

import java.util.Objects;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisSpec;

/**
 * An analysis that can be run.
 *
 * @param spec its specification, asked for once
 * @param analysis the one instance
 * @param plugin name of the plugin that brought it
 * @param version version of that plugin; empty if it does not say
 */
public record Registered(AnalysisSpec spec, Analysis analysis, String plugin, String version) {

    /** Checks for nulls. */
    public Registered {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(analysis, "analysis");
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(version, "version");
    }

    /** Returns the loader of the plugin's classes. */
    public ClassLoader loader() {
        return analysis.getClass().getClassLoader();
    }
}

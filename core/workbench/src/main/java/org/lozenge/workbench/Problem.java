package org.lozenge.workbench;

import java.util.Objects;
import org.lozenge.plugin.Message;

/**
 * Something is wrong with a plugin.
 *
 * @param plugin the plugin's name, or the file that names it
 * @param message what is wrong and what to do
 */
public record Problem(String plugin, Message message) {

    /** Checks for nulls. */
    public Problem {
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(message, "message");
    }
}

package org.lozenge.workbench.plugins;

import java.nio.file.Path;
import java.util.List;

/**
 * What may be a plugin.
 *
 * @param name name of the jar without {@code .jar}, or of the folder
 * @param place the jar or folder
 * @param jars its jars, in alphabetical order
 */
record Candidate(String name, Path place, List<Path> jars) {

    Candidate {
        jars = List.copyOf(jars);
    }
}

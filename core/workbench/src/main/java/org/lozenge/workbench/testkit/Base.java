package org.lozenge.workbench.testkit;

import java.util.List;
import java.util.Map;
import org.lozenge.workbench.Outcome;

/**
 * A table on which the analysis runs.
 *
 * @param grid the table
 * @param mapping how it is read
 * @param outcome what comes of it
 * @param json the outcome as JSON
 */
record Base(Grid grid, Map<String, List<String>> mapping, Outcome.Ok outcome, String json) {}

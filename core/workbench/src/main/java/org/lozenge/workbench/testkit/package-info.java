/**
 * Checks that an analysis behaves as hosts expect, for its author's tests, JShell and {@code lozenge plugin check}:
 * {@link org.lozenge.workbench.testkit.PluginCheck} runs it through the real workbench and
 * {@link org.lozenge.workbench.testkit.CheckReport} says what was found. Needs no test framework.
 *
 * <p>Imports the face of the workbench, forms, reports and tables.
 */
package org.lozenge.workbench.testkit;

/**
 * Runs in a process of their own, for plugins that are not trusted to end: {@link
 * org.lozenge.workbench.isolate.Isolation} starts a Java that loads the same plugins, hands it the request as JSON and
 * reads the outcome back. What such a run does to its process, from {@code System.exit} to running out of memory, is an
 * outcome in the host.
 *
 * <p>Imports the face of the workbench, tables, reports and their JSON.
 */
package org.lozenge.workbench.isolate;

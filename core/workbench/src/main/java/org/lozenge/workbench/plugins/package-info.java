/**
 * Where analyses come from: discovery, and the {@linkplain org.lozenge.workbench.plugins.Registry registry} of what was
 * found. What cannot be registered is never dropped silently: the workbench lists it among its problems.
 *
 * <p>{@link org.lozenge.workbench.plugins.ClassPathPlugins} finds the analyses on the class path. Each further source
 * gives {@link org.lozenge.workbench.plugins.Registry} an analysis at a time in the same way.
 *
 * <p>The only package that uses reflection. Imports {@code org.lozenge.plugin}.
 */
package org.lozenge.workbench.plugins;

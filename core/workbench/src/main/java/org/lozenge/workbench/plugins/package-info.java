/**
 * Where analyses come from: discovery, and the {@linkplain org.lozenge.workbench.plugins.Registry registry} of what was
 * found. What cannot be registered is never dropped silently: the workbench lists it among its problems.
 *
 * <p>{@link org.lozenge.workbench.plugins.ClassPathPlugins} finds the analyses on the class path, {@link
 * org.lozenge.workbench.plugins.FolderPlugins} those in {@linkplain org.lozenge.workbench.plugins.PluginFolders folders of
 * jars}: each plugin is checked without loading it, then loaded by a class loader of its own.
 *
 * <p>The only package that uses reflection. Imports {@code org.lozenge.plugin}.
 */
package org.lozenge.workbench.plugins;

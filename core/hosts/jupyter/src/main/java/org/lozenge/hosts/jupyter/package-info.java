/**
 * Shows what Lozenge returns in notebooks of the JJava kernel. The kernel finds {@link
 * org.lozenge.hosts.jupyter.LozengeExtension} by the services file of this jar. Uses the workbench and the kernel's
 * rendering; nothing depends on it.
 */
package org.lozenge.hosts.jupyter;

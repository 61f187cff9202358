/** Placeholder. */
package org.lozenge.plugin;

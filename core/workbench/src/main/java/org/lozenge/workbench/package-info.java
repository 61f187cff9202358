/** Placeholder. */
package org.lozenge.workbench;

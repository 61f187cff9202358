/** Placeholder. */
package org.lozenge.stats;

/** Placeholder. */
package org.lozenge.samples;

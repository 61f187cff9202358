/** Placeholder. */
package org.lozenge.benchmarks;

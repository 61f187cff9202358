/** The analysis {@code bootstrap}: intervals of the pooled effect, τ² and I² by resampling. */
package org.lozenge.analyses.bootstrap;

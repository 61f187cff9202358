/** The analysis {@code influence}: how far each study moves the pooled effect, and how much heterogeneity it brings. */
package org.lozenge.analyses.influence;

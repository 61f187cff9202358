/** The analysis {@code permutation}: tests of the pooled effect and of moderators by rearranging the data. */
package org.lozenge.analyses.permutation;

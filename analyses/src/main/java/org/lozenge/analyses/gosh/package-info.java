/** The analysis {@code gosh}: all subsets of the studies, clusters among them and the studies behind the clusters. */
package org.lozenge.analyses.gosh;

/** The analysis {@code cumulative}: the pooled effect as studies are added one by one. */
package org.lozenge.analyses.cumulative;

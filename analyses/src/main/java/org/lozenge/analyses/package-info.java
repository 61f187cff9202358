/** Placeholder. */
package org.lozenge.analyses;

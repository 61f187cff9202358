/** The analysis {@code multiverse}: the pooled effect under all sensible combinations of choices. */
package org.lozenge.analyses.multiverse;

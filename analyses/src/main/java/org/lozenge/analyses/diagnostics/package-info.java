/** The analysis {@code diagnostics}: figures that show whether a pooled effect fits its studies. */
package org.lozenge.analyses.diagnostics;

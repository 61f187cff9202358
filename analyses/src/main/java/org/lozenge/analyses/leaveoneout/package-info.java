/** The analysis {@code leave-one-out}: the pooled effect without each study, or each cluster of studies, in turn. */
package org.lozenge.analyses.leaveoneout;

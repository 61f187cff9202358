package org.lozenge.stats.robust;

/** How the covariance within clusters is estimated from residuals. */
public enum RobustType {
    /** The residuals as they are. */
    CR0,
    /** CR0 times m/(m − 1), with m clusters. */
    CR1,
    /** Residuals adjusted so that the estimate is unbiased if the fitted covariance is right (Bell and McCaffrey). */
    CR2
}

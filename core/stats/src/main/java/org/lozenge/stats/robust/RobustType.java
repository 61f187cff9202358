package org.lozenge.stats.robust;

/** The corrections of the cluster-robust covariance for few clusters: with m clusters, n rows and p coefficients. */
public enum RobustType {
    /** None. */
    CR0,
    /** m/(m − 1). */
    CR1,
    /** m/(m − p); with one study per cluster that is HC1. */
    CR1P,
    /** m(n − 1)/((m − 1)(n − p)), as Stata does. */
    CR1S,
    /** Bell and McCaffrey's bias-reduced linearisation: exact where the model is. */
    CR2,
    /** An approximate jackknife: residuals as if the cluster had been left out. */
    CR3;

    /** The factor of the covariance, besides what the residuals are adjusted by. */
    double factor(int m, int n, int p) {
        return switch (this) {
            case CR1 -> m / (m - 1.0);
            case CR1P -> m / (double) (m - p);
            case CR1S -> m * (n - 1.0) / ((m - 1.0) * (n - p));
            case CR0, CR2, CR3 -> 1;
        };
    }
}

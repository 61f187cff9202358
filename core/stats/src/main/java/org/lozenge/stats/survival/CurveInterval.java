package org.lozenge.stats.survival;

import org.lozenge.stats.numeric.Normal;

/**
 * How the pointwise confidence interval of a Kaplan–Meier estimate S is made from Greenwood's variance. With u the
 * standard error of log S, each is symmetric on its own scale and kept within 0 to 1.
 *
 * <p>At S = 0 the standard error is infinite and no interval exists: both limits are NaN. Where S = 1 the variance is 0
 * and both limits are 1.
 *
 * @see <a href="https://doi.org/10.1007/b97377">Klein and Moeschberger (2003), Survival analysis, section 4.3</a>
 */
public enum CurveInterval {
    /** S ± z·S·u: Greenwood's interval. */
    PLAIN {
        @Override
        double limit(double s, double u, double z) {
            return s + z * s * u;
        }
    },
    /** exp(log S ± z·u). */
    LOG {
        @Override
        double limit(double s, double u, double z) {
            return s * StrictMath.exp(z * u);
        }
    },
    /** exp(−exp(log(−log S) ± z·u / log S)), which stays within 0 to 1 by itself. */
    LOG_LOG {
        @Override
        double limit(double s, double u, double z) {
            double log = StrictMath.log(s);
            return StrictMath.exp(-StrictMath.exp(StrictMath.log(-log) + z * u / log));
        }
    },
    /** Symmetric on the scale of log(S / (1 − S)). */
    LOGIT {
        @Override
        double limit(double s, double u, double z) {
            double logit = StrictMath.log(s / (1 - s));
            return 1 / (1 + StrictMath.exp(-(logit + z * u / (1 - s))));
        }
    },
    /** Symmetric on the scale of arcsin √S. */
    ARCSIN {
        @Override
        double limit(double s, double u, double z) {
            double angle = StrictMath.asin(Math.sqrt(s)) + z * 0.5 * u * Math.sqrt(s / (1 - s));
            double sine = StrictMath.sin(Math.max(0, Math.min(Math.PI / 2, angle)));
            return sine * sine;
        }
    };

    /** The limit z standard errors above (or, for negative z, below) an estimate strictly between 0 and 1. */
    abstract double limit(double s, double u, double z);

    double lower(double s, double u, double level) {
        return s == 1 || s == 0 ? edge(s) : clip(limit(s, u, -Normal.criticalValue(level)));
    }

    double upper(double s, double u, double level) {
        return s == 1 || s == 0 ? edge(s) : clip(limit(s, u, Normal.criticalValue(level)));
    }

    private static double edge(double s) {
        return s == 1 ? 1 : Double.NaN;
    }

    private static double clip(double limit) {
        return Math.max(0, Math.min(1, limit));
    }
}

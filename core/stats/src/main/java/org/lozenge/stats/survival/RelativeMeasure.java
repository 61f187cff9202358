package org.lozenge.stats.survival;

/**
 * A relative effect of treatment over control, and what it makes of a baseline.
 *
 * <p>Effects {@code y} are on the analysis scale: the natural logarithm of a ratio, a risk difference as it is. With S the
 * event-free fraction and R = 1 − S the fraction with the event, 0 for control and 1 for treatment:
 *
 * <pre>{@code
 * hazard ratio     S1 = S0^HR                    proportional hazards
 * rate ratio       S1 = S0^IRR                   proportional, as for hazards
 * odds ratio       R1 = OR·R0 / (S0 + OR·R0)
 * risk ratio       R1 = RR·R0                    at most 1
 * risk difference  R1 = R0 + RD                  from 0 to 1
 * }</pre>
 *
 * <p>All are decreasing in {@code y}: a larger effect leaves fewer free of the event.
 *
 * @see <a href="https://doi.org/10.1016/j.jclinepi.2019.10.004">Skoetz and others (2020), GRADE guidelines 27, J Clin
 *     Epidemiol 118, 124–131</a>
 */
public enum RelativeMeasure {
    /** Log hazard ratio. */
    HAZARD_RATIO {
        @Override
        public double eventFree(BaselineRisk baseline, double y) {
            return StrictMath.exp(StrictMath.exp(y) * baseline.logEventFree());
        }

        @Override
        public double gain(BaselineRisk baseline, double y) {
            // S0^HR − S0 = S0 (S0^(HR − 1) − 1), which keeps its digits near HR = 1.
            return baseline.eventFree() * StrictMath.expm1(StrictMath.expm1(y) * baseline.logEventFree());
        }

        @Override
        double turningPoint(double y) {
            double hr = StrictMath.exp(y);
            return StrictMath.exp(y / (1 - hr));
        }
    },
    /** Log incidence rate ratio. */
    RATE_RATIO {
        @Override
        public double eventFree(BaselineRisk baseline, double y) {
            return HAZARD_RATIO.eventFree(baseline, y);
        }

        @Override
        public double gain(BaselineRisk baseline, double y) {
            return HAZARD_RATIO.gain(baseline, y);
        }

        @Override
        double turningPoint(double y) {
            return HAZARD_RATIO.turningPoint(y);
        }
    },
    /** Log odds ratio of the event. */
    ODDS_RATIO {
        @Override
        public double eventFree(BaselineRisk baseline, double y) {
            double s = baseline.eventFree();
            return s / (s + StrictMath.exp(y) * baseline.event());
        }

        @Override
        public double gain(BaselineRisk baseline, double y) {
            double s = baseline.eventFree();
            double r = baseline.event();
            return y > 0
                    ? s * r * StrictMath.expm1(-y) / (s * StrictMath.exp(-y) + r)
                    : -s * r * StrictMath.expm1(y) / (s + StrictMath.exp(y) * r);
        }

        @Override
        double turningPoint(double y) {
            return 1 - 1 / (1 + StrictMath.exp(y / 2));
        }
    },
    /** Log risk ratio of the event. */
    RISK_RATIO {
        @Override
        public double gain(BaselineRisk baseline, double y) {
            return Math.max(-baseline.eventFree(), -baseline.event() * StrictMath.expm1(y));
        }
    },
    /** Risk difference of the event, treatment minus control. */
    RISK_DIFFERENCE {
        @Override
        public double gain(BaselineRisk baseline, double y) {
            return Math.min(baseline.event(), Math.max(-baseline.eventFree(), -y));
        }
    };

    /**
     * Returns the event-free fraction with treatment.
     *
     * @param baseline control
     * @param y effect on the analysis scale; infinite limits are allowed
     * @return a fraction from 0 to 1
     */
    public double eventFree(BaselineRisk baseline, double y) {
        return Math.max(0, Math.min(1, baseline.eventFree() + gain(baseline, y)));
    }

    /**
     * Returns by how much the event-free fraction with treatment exceeds that of control: above 0 for {@code y < 0},
     * exactly 0 for {@code y = 0}.
     */
    public abstract double gain(BaselineRisk baseline, double y);

    /** The event-free baseline at which the gain turns between rising and falling; NaN where it never does. */
    double turningPoint(double y) {
        return Double.NaN;
    }

    /** Returns whether the effect, taken at its word, would give a fraction outside 0 to 1, so that it is cut there. */
    public boolean isCut(BaselineRisk baseline, double y) {
        return switch (this) {
            case HAZARD_RATIO, RATE_RATIO, ODDS_RATIO -> false;
            case RISK_RATIO -> baseline.event() * StrictMath.exp(y) > 1;
            case RISK_DIFFERENCE -> baseline.event() + y > 1 || baseline.event() + y < 0;
        };
    }
}

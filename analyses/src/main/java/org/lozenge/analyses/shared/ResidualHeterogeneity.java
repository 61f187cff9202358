package org.lozenge.analyses.shared;

import java.util.Optional;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.Tau2IntervalMethod;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.QProfile;

/** The between-study variance that a regression leaves unexplained, with its interval. */
public final class ResidualHeterogeneity {

    private final RegressionFit fit;
    private final Optional<QProfile.Result> limits;

    private ResidualHeterogeneity(RegressionFit fit, Optional<QProfile.Result> limits) {
        this.fit = fit;
        this.limits = limits;
    }

    /** Computes the interval. */
    public static ResidualHeterogeneity of(RegressionFit fit, Tau2IntervalMethod method) {
        return new ResidualHeterogeneity(fit, fit.tau2Interval(method));
    }

    /** Returns the interval of τ². */
    public Optional<Interval> interval() {
        return limits.map(QProfile.Result::interval);
    }

    /** Adds τ², I² and H² with their limits. */
    public Tabular addTo(Tabular table) {
        double typical = fit.typicalVariance();
        double lower = interval().map(Interval::lower).orElse(Double.NaN);
        double upper = interval().map(Interval::upper).orElse(Double.NaN);
        return table.numbers("tau2", fit.tau2())
                .numbers("tau2_se", fit.tau2StandardError())
                .numbers("tau2_lower", lower)
                .numbers("tau2_upper", upper)
                .numbers("i2", fit.i2())
                .numbers("i2_lower", i2(lower, typical))
                .numbers("i2_upper", i2(upper, typical))
                .numbers("h2", fit.h2())
                .numbers("h2_lower", 1 + lower / typical)
                .numbers("h2_upper", 1 + upper / typical);
    }

    private static double i2(double tau2, double typical) {
        return tau2 / (tau2 + typical);
    }

    /** Returns what a reader should know of the interval. */
    public Optional<Message> message() {
        Optional<Interval> interval = fit.estimator() instanceof FixedTau2 ? Optional.empty() : interval();
        boolean empty = limits.map(QProfile.Result::empty).orElse(false);
        return PoolingWarnings.tau2Interval(
                interval, empty, fit.tau2(), fit.estimator().code());
    }
}

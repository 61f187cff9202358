package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lozenge.stats.ConvergenceException;

/** Looks for the global maximum of a likelihood: climbs from several points and keeps the highest peak. */
final class Search {

    /** Log-likelihoods that differ by less belong to one peak. */
    private static final double SAME = 1e-7;

    private Search() {}

    /** The highest peak, and the values of all different ones, highest first. */
    record Found(Climb.Peak best, List<Double> modes) {}

    /**
     * Climbs from all starts.
     *
     * @throws ConvergenceException if the highest point reached is not a maximum
     */
    static Found climb(Climb climb, List<double[]> starts, String name) {
        List<Climb.Peak> peaks = new ArrayList<>();
        for (double[] start : starts) {
            peaks.add(climb.from(start, List.copyOf(peaks)));
        }
        peaks.sort((a, b) -> Double.compare(b.value(), a.value()));
        Climb.Peak best = peaks.get(0);
        for (Climb.Peak peak : peaks) {
            if (peak.converged && peak.value() > best.value() - SAME) {
                best = peak;
                break;
            }
        }
        if (!best.converged || !Double.isFinite(best.value())) {
            throw new ConvergenceException(String.format(
                    Locale.ROOT,
                    "%s did not converge from %d starts (highest log-likelihood %s after %d steps); the data may not tell"
                            + " the variance components apart",
                    name,
                    starts.size(),
                    best.value(),
                    best.steps));
        }
        List<Double> modes = new ArrayList<>();
        for (Climb.Peak peak : peaks) {
            boolean known = modes.stream().anyMatch(value -> Math.abs(value - peak.value()) < SAME);
            if (peak.converged && !known) {
                modes.add(peak.value());
            }
        }
        return new Found(best, List.copyOf(modes));
    }
}

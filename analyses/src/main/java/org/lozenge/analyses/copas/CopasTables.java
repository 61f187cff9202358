package org.lozenge.analyses.copas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.bias.CopasFit;
import org.lozenge.stats.model.PooledFit;

/** Lays out the tables {@code model}, {@code path} and {@code grid}. */
final class CopasTables {

    private final Measure measure;

    CopasTables(Measure measure) {
        this.measure = measure;
    }

    /** The effect without selection, and with the weakest selection that leaves no asymmetry, where there is one. */
    Tabular model(PooledFit plain, Optional<CopasFit> chosen) {
        double nan = Double.NaN;
        double[] first = {
            plain.k(),
            plain.estimate(),
            plain.standardError(),
            plain.test().statistic(),
            plain.test().pValue(),
            plain.confidenceInterval().lower(),
            plain.confidenceInterval().upper(),
            plain.tau2(),
            nan,
            nan,
            0,
            nan
        };
        double[] second = chosen.map(fit -> new double[] {
                    plain.k(),
                    fit.estimate(),
                    fit.standardError(),
                    fit.test().statistic(),
                    fit.test().pValue(),
                    fit.interval().lower(),
                    fit.interval().upper(),
                    fit.tau2(),
                    fit.rho(),
                    fit.chanceOfSmallest(),
                    fit.unpublished(),
                    fit.residualTest().pValue()
                })
                .orElse(new double[0]);
        boolean both = second.length > 0;
        double[][] cells = new double[first.length][];
        for (int j = 0; j < first.length; j++) {
            cells[j] = both ? new double[] {first[j], second[j]} : new double[] {first[j]};
        }
        return Tabular.of("model", "Pooled effect without and with selection: " + measure.label())
                .texts("model", both ? new String[] {"unadjusted", "adjusted"} : new String[] {"unadjusted"})
                .numbers("k", cells[0])
                .numbers("estimate", cells[1])
                .numbers("se", cells[2])
                .numbers("statistic", cells[3])
                .numbers("p_value", cells[4])
                .numbers("ci_lower", cells[5])
                .numbers("ci_upper", cells[6])
                .numbers("tau2", cells[7])
                .numbers("rho", cells[8])
                .numbers("p_smallest", cells[9])
                .numbers("unpublished", cells[10])
                .numbers("residual_p", cells[11])
                .numbers("effect", shown(cells[1]))
                .numbers("effect_lower", shown(cells[5]))
                .numbers("effect_upper", shown(cells[6]))
                .format("residual_p", Format.P_VALUE)
                .label("p_smallest", "published, smallest study")
                .label("residual_p", "P of asymmetry left")
                .label("effect", measure.label());
    }

    /** A row for each fit. */
    Tabular fits(String id, String title, List<CopasFit> fits) {
        double[] lower = cells(fits, fit -> fit.interval().lower());
        double[] upper = cells(fits, fit -> fit.interval().upper());
        return Tabular.of(id, title)
                .numbers("p_smallest", cells(fits, CopasFit::chanceOfSmallest))
                .numbers("p_largest", cells(fits, CopasFit::chanceOfLargest))
                .numbers("unpublished", cells(fits, CopasFit::unpublished))
                .numbers("estimate", cells(fits, CopasFit::estimate))
                .numbers("se", cells(fits, CopasFit::standardError))
                .numbers("ci_lower", lower)
                .numbers("ci_upper", upper)
                .numbers("p_value", cells(fits, fit -> fit.test().pValue()))
                .numbers("tau2", cells(fits, CopasFit::tau2))
                .numbers("rho", cells(fits, CopasFit::rho))
                .numbers("residual_p", cells(fits, fit -> fit.residualTest().pValue()))
                .numbers("gamma0", cells(fits, CopasFit::gamma0))
                .numbers("gamma1", cells(fits, CopasFit::gamma1))
                .numbers("effect", shown(cells(fits, CopasFit::estimate)))
                .numbers("effect_lower", shown(lower))
                .numbers("effect_upper", shown(upper))
                .format("residual_p", Format.P_VALUE)
                .label("p_smallest", "published, smallest study")
                .label("p_largest", "published, largest study")
                .label("residual_p", "P of asymmetry left")
                .label("gamma0", "γ₀")
                .label("gamma1", "γ₁")
                .label("effect", measure.label());
    }

    private double[] shown(double[] values) {
        return Arrays.stream(values).map(measure::display).toArray();
    }

    private static double[] cells(List<CopasFit> fits, ToDoubleFunction<CopasFit> cell) {
        return fits.stream().mapToDouble(cell).toArray();
    }
}

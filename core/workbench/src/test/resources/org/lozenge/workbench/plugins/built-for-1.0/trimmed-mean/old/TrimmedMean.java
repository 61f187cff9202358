package old;

import java.util.Arrays;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;

/** What most plugins are: a role, an option, two numbers. */
public final class TrimmedMean implements Analysis {

    private static final Role VALUE = Role.number("value", "Values").aka("yi");
    private static final Param<Double> TRIM =
            Param.number("trim", "Fraction cut from each end", 0.2).min(0.0).max(0.49);

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("old-trimmed-mean", "Trimmed mean").roles(VALUE).params(TRIM);
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        double[] x = in.numbers(VALUE);
        Arrays.sort(x);
        int cut = (int) (x.length * in.get(TRIM));
        double mean = Arrays.stream(x, cut, x.length - cut).average().orElse(Double.NaN);
        return AnalysisResult.of(
                Scalar.of("mean", "Trimmed mean", mean), Scalar.of("used", "Values used", x.length - 2 * cut));
    }
}

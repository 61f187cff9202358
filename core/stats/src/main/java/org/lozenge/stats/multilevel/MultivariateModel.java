package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.DesignMatrix;

/**
 * Several outcomes per study, whose true effects vary together between studies.
 *
 * <pre>{@code y = Xβ + u[study, outcome] + e,   u[study] ~ N(0, G),   e[study] ~ N(0, V)}</pre>
 *
 * <p>G maximises the likelihood or the restricted likelihood among covariances of the chosen {@link CovarianceStructure}. The
 * search climbs by Newton's method from several starts and keeps the highest peak; a correlation of ±1 is reached exactly,
 * and where there is no single maximum, an exception says so.
 *
 * <p>Agrees with metafor 3.8.1, {@code rma.mv(yi, V, mods = ~ outcome - 1, random = ~ outcome | study, struct)}, to what its
 * optimiser reaches, and with 50 digits to 1e-10, on {@code multivariate.csv} and {@code multivariate-exact.csv}.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981130)17:22%3C2537::AID-SIM953%3E3.0.CO;2-C">Berkey and others
 *     (1998), Stat. Med. 17, 2537–2550</a>
 * @see <a href="https://doi.org/10.1002/sim.4172">Jackson, Riley and White (2011), Stat. Med. 30, 2481–2498</a>
 */
public final class MultivariateModel {

    private final CovarianceStructure structure;
    private final boolean restricted;
    private final CoefficientTest test;
    private final double level;

    /**
     * A model by restricted maximum likelihood, with tests by the normal distribution and intervals at 0.95.
     *
     * @param structure of the covariance between studies
     */
    public MultivariateModel(CovarianceStructure structure) {
        this(structure, true, CoefficientTest.Z, 0.95);
    }

    private MultivariateModel(CovarianceStructure structure, boolean restricted, CoefficientTest test, double level) {
        this.structure = structure;
        this.restricted = restricted;
        this.test = test;
        this.level = Interval.requireLevel(level);
    }

    /**
     * Returns this model by restricted or by full maximum likelihood.
     *
     * @param other true for restricted
     * @return the model
     */
    public MultivariateModel withRestricted(boolean other) {
        return new MultivariateModel(structure, other, test, level);
    }

    /**
     * Returns this model with other tests of coefficients.
     *
     * @param other the tests; containment counts studies
     * @return the model
     */
    public MultivariateModel withTest(CoefficientTest other) {
        return new MultivariateModel(structure, restricted, other, level);
    }

    /**
     * Returns this model with another level of intervals.
     *
     * @param other between 0 and 1, both excluded
     * @return the model
     */
    public MultivariateModel withLevel(double other) {
        return new MultivariateModel(structure, restricted, test, other);
    }

    /**
     * Fits the model.
     *
     * @param y effects
     * @param v their sampling covariance; no two effects of different studies may be correlated
     * @param design moderators; for a mean of each outcome, a column for each that is 1 in its rows
     * @param studies the study of each effect
     * @param outcomes the outcome of each effect, from 0
     * @param names the names of the outcomes, at least two
     * @return the fit
     * @throws IllegalArgumentException if sizes differ, if there is one study or one outcome, if no study has both of two
     *     outcomes whose correlation is to be estimated, or if the design explains the effects on an outcome whose
     *     covariances are
     * @throws NotPositiveDefiniteException if the sampling covariance of a study is not positive definite
     * @throws ConvergenceException if no maximum is found
     */
    public MultivariateFit fit(
            DoubleSeq y, SamplingCovariance v, DesignMatrix design, int[] studies, int[] outcomes, List<String> names) {
        int q = names.size();
        OutcomeChecks checks = new OutcomeChecks(studies, outcomes, names);
        checks.checkData(y.size(), v);
        Standardised data = Standardised.of(y, v, design);
        OutcomeBlocks blocks = new OutcomeBlocks(data, v, studies, outcomes, q);
        boolean[] absorbed = checks.absorbed(data.basis);
        Optional<String> obstacle = checks.obstacle(structure, absorbed);
        if (obstacle.isPresent()) {
            throw new IllegalArgumentException(obstacle.orElseThrow());
        }
        Likelihood likelihood = blocks.likelihood(restricted);
        List<double[][]> guesses = guesses(data, v, outcomes, q);
        if (structure == CovarianceStructure.HCS || structure == CovarianceStructure.DIAG) {
            withoutVariance(guesses, absorbed);
        }
        String name = "The covariance between studies (" + structure + ")";
        Search.Found found = search(likelihood, guesses, absorbed, name);
        double[] df = degrees(data.n(), design, studies);
        BlockFit fit = new BlockFit(blocks, v, design, found.best(), restricted, df, level);
        // No correlation, a strong one, and as negative a one as all pairs can have.
        List<double[][]> other = List.of(guesses.get(0), guesses.get(2), guesses.get(3));
        OutcomeIntervals intervals = new OutcomeIntervals(fit, structure, absorbed, level, other);
        return new MultivariateFit(fit, blocks, structure, outcomes, List.copyOf(names), found.modes(), intervals);
    }

    /** The covariances with nothing for these outcomes. */
    private static void withoutVariance(List<double[][]> covariances, boolean[] absorbed) {
        for (double[][] g : covariances) {
            for (int a = 0; a < absorbed.length; a++) {
                for (int b = 0; b < absorbed.length; b++) {
                    g[a][b] = absorbed[a] || absorbed[b] ? 0 : g[a][b];
                }
            }
        }
    }

    /**
     * Returns the structures whose parameters the data can tell, whatever the structure of this model.
     *
     * @param design as for {@link #fit}
     * @param studies as for {@link #fit}
     * @param outcomes as for {@link #fit}
     * @param names as for {@link #fit}
     * @return in the order of the enumeration; may be empty
     */
    public static List<CovarianceStructure> estimable(
            DesignMatrix design, int[] studies, int[] outcomes, List<String> names) {
        OutcomeChecks checks = new OutcomeChecks(studies, outcomes, names);
        boolean[] absorbed = checks.absorbed(Basis.of(design));
        return Arrays.stream(CovarianceStructure.values())
                .filter(structure -> checks.obstacle(structure, absorbed).isEmpty())
                .toList();
    }

    private Search.Found search(Likelihood likelihood, List<double[][]> guesses, boolean[] absorbed, String name) {
        int q = absorbed.length;
        Structure parameters = parameters(structure, q);
        List<double[]> starts = new ArrayList<>();
        for (double[][] guess : guesses) {
            starts.add(start(structure, guess));
        }
        Climb climb = new Climb(likelihood, parameters, fixed(structure, parameters, absorbed));
        try {
            return Search.climb(climb, starts, name);
        } catch (ConvergenceException e) {
            if (structure != CovarianceStructure.UN) {
                throw e;
            }
            return pivoted(likelihood, climb, starts, q, name);
        }
    }

    /** Parameters that are held at 0: variances that nothing tells. */
    static boolean[] fixed(CovarianceStructure structure, Structure parameters, boolean[] absorbed) {
        boolean own = structure == CovarianceStructure.HCS || structure == CovarianceStructure.DIAG;
        return own ? Arrays.copyOf(absorbed, parameters.size()) : new boolean[parameters.size()];
    }

    /** A singular covariance whose leading part is singular has several factors; in another order of outcomes it has one. */
    private static Search.Found pivoted(Likelihood likelihood, Climb climb, List<double[]> starts, int q, String name) {
        Climb.Peak best = starts.stream()
                .map(climb::from)
                .max((a, b) -> Double.compare(a.value(), b.value()))
                .orElseThrow();
        double[][] g = OutcomeStructures.matrix(best.theta, q);
        int[] order = pivots(g);
        Climb ordered = new Climb(likelihood, OutcomeStructures.free(q, order));
        return Search.climb(ordered, List.of(OutcomeStructures.freeStart(g, order)), name);
    }

    /** The order in which a Cholesky factorisation takes the outcome with most variance left. */
    private static int[] pivots(double[][] g) {
        int q = g.length;
        double[][] rest = new double[q][];
        for (int a = 0; a < q; a++) {
            rest[a] = g[a].clone();
        }
        int[] order = new int[q];
        Set<Integer> used = new HashSet<>();
        for (int k = 0; k < q; k++) {
            int best = -1;
            for (int a = 0; a < q; a++) {
                if (!used.contains(a)
                        && (best < 0
                                || rest[a][a] / (g[a][a] + 1e-300) > rest[best][best] / (g[best][best] + 1e-300))) {
                    best = a;
                }
            }
            order[k] = best;
            used.add(best);
            double pivot = rest[best][best];
            for (int a = 0; a < q && pivot > 0; a++) {
                double factor = rest[a][best] / pivot;
                for (int b = 0; b < q && a != best; b++) {
                    rest[a][b] -= factor * rest[best][b];
                }
            }
        }
        return order;
    }

    static Structure parameters(CovarianceStructure structure, int q) {
        return switch (structure) {
            case UN -> OutcomeStructures.free(q, OutcomeStructures.order(q));
            case CS -> OutcomeStructures.exchangeable(q);
            case HCS -> OutcomeStructures.correlated(q, false);
            case DIAG -> OutcomeStructures.variances(q, false);
            case ID -> OutcomeStructures.variances(q, true);
        };
    }

    /** The parameters that are nearest to a covariance. */
    static double[] start(CovarianceStructure structure, double[][] g) {
        int q = g.length;
        double mean = 0;
        double shared = 0;
        double correlation = 0;
        for (int a = 0; a < q; a++) {
            mean += g[a][a] / q;
            for (int b = 0; b < a; b++) {
                shared += g[a][b] / OutcomeStructures.cells(q - 1);
                correlation += g[a][b] / Math.sqrt(g[a][a] * g[b][b] + 1e-300) / OutcomeStructures.cells(q - 1);
            }
        }
        return switch (structure) {
            case UN -> OutcomeStructures.freeStart(g, OutcomeStructures.order(q));
            case CS -> new double[] {mean + (q - 1) * shared, mean - shared};
            case HCS -> {
                double[] x = new double[q + 1];
                for (int a = 0; a < q; a++) {
                    x[a] = Math.sqrt(g[a][a]);
                }
                x[q] = correlation;
                yield x;
            }
            case DIAG -> {
                double[] x = new double[q];
                for (int a = 0; a < q; a++) {
                    x[a] = g[a][a];
                }
                yield x;
            }
            case ID -> new double[] {mean};
        };
    }

    /** Covariances to start from: the excess spread of each outcome with several correlations, and small ones. */
    private static List<double[][]> guesses(Standardised data, SamplingCovariance v, int[] outcomes, int q) {
        double[] excess = new double[q];
        double[] squares = new double[q];
        int[] count = new int[q];
        for (int i = 0; i < outcomes.length; i++) {
            double square = data.y[i] * data.y[i];
            excess[outcomes[i]] += square - data.variance(v.variances().get(i));
            squares[outcomes[i]] += square;
            count[outcomes[i]]++;
        }
        for (int a = 0; a < q; a++) {
            excess[a] = Math.max(Math.max(excess[a], 0.1 * squares[a]) / count[a], 1e-6);
        }
        List<double[][]> out = new ArrayList<>();
        double low = -0.8 / (q - 1);
        for (double rho : new double[] {0, 0.5, 0.95, low}) {
            out.add(covariance(excess, 1, rho));
        }
        out.add(covariance(excess, 0.01, 0.3));
        out.add(covariance(excess, 0.01, low));
        for (int a = 0; a < q; a++) {
            double[] one = Arrays.stream(excess).map(x -> 0.01 * x).toArray();
            one[a] = excess[a];
            out.add(covariance(one, 1, 0));
        }
        return out;
    }

    private static double[][] covariance(double[] variances, double factor, double rho) {
        int q = variances.length;
        double[][] g = new double[q][q];
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                g[a][b] = factor * Math.sqrt(variances[a] * variances[b]) * (a == b ? 1 : rho);
            }
        }
        return g;
    }

    private double[] degrees(int n, DesignMatrix design, int[] studies) {
        List<String> labels = Arrays.stream(studies).mapToObj(Integer::toString).toList();
        return MultilevelModel.degrees(test, n, design, NestedLevels.of(List.of("study"), List.of(labels)));
    }
}

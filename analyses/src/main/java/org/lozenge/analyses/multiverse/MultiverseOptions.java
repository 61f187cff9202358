package org.lozenge.analyses.multiverse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lozenge.analyses.shared.EffectRoute;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;

/** The options of the analysis {@code multiverse}: the values of each choice, the first of which is the reference. */
final class MultiverseOptions {

    /** Which studies are left out. */
    enum Exclude {
        /** Each alone, besides none. */
        ONE,
        /** None. */
        NONE,
        /** Each influential one, and all of them. */
        INFLUENTIAL
    }

    private static final List<String> TEST_TOKENS =
            Arrays.stream(TestMethod.values()).map(TestMethod::token).toList();
    private static final List<String> MODEL_TOKENS = List.of("random", "common");

    static final Param<String> TAU2S = Param.text("tau2s", "Estimators of τ²", "reml,dl,pm,sj,eb")
            .check(
                    list(MultiverseOptions::isEstimator),
                    "must be different estimators with commas between them, of "
                            + String.join(", ", Tau2Estimators.tokens()))
            .help("With commas between them; the first is the reference.");

    static final Param<String> TESTS = Param.text("tests", "Tests of the random-effects model", "z,hksj,hksj-plain")
            .check(
                    list(TEST_TOKENS::contains),
                    "must be different tests with commas between them, of " + String.join(", ", TEST_TOKENS))
            .help("With commas between them; the reference is hksj if it is among them, else the first.");

    static final Param<String> MODELS = Param.text("models", "Models", "random,common")
            .check(list(MODEL_TOKENS::contains), "must be random, common, or both with a comma between them")
            .help("The first is the reference. The common-effect model has neither τ² nor a choice of tests.");

    static final Param<Exclude> EXCLUDE = Param.choice("exclude", "Studies left out", Exclude.ONE)
            .help("one: each alone, besides none; influential: each influential one, and all of them; none.");

    static final Param<String> ROUTES = Param.text("routes", "Ways to the effects", "all")
            .check(
                    value -> value.strip().equals("all")
                            || list(EffectRoute.names()::contains).test(value),
                    "must be all, or some of " + String.join(", ", EffectRoute.names()) + " with commas between them")
            .help(
                    "For hazard ratios from reports the kind of route that is preferred where a report allows it, for"
                            + " counts with zeros how they are treated; chosen is what the other options ask for, always included.");

    static final Param<Double> THRESHOLD = Param.number("threshold", "Clinical threshold", 0)
            .help(
                    "An effect that matters, on the reader's scale, such as 0.8 for a hazard ratio. Without it, no verdict on"
                            + " it.");

    private MultiverseOptions() {}

    static List<Param<?>> all() {
        return List.of(TAU2S, TESTS, MODELS, EXCLUDE, ROUTES, THRESHOLD, PoolingParams.LEVEL);
    }

    private static Predicate<String> list(Predicate<String> item) {
        return value -> {
            List<String> items = split(value);
            return !items.isEmpty()
                    && items.stream().allMatch(item)
                    && items.stream().distinct().count() == items.size();
        };
    }

    static List<String> split(String value) {
        return Stream.of(value.split(",", -1))
                .map(item -> item.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isEstimator(String token) {
        try {
            return !Tau2Estimators.of(token).token().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The models in all combinations with what they need, the reference first. */
    static List<Setup> setups(Inputs in) {
        double level = in.get(PoolingParams.LEVEL);
        List<Setup> setups = new ArrayList<>();
        for (String model : split(in.get(MODELS))) {
            if (model.equals("common")) {
                setups.add(Setup.common(level));
            } else {
                addRandom(setups, in, level);
            }
        }
        if (setups.isEmpty()) {
            throw new AnalysisException(
                    "options-conflict",
                    "No estimator of --tau2s " + in.get(TAU2S) + " suits a test of --tests " + in.get(TESTS)
                            + ": pl needs ml, and hc needs dl.");
        }
        return List.copyOf(setups);
    }

    private static void addRandom(List<Setup> setups, Inputs in, double level) {
        List<String> tests = new ArrayList<>(split(in.get(TESTS)));
        if (tests.remove(TestMethod.HARTUNG_KNAPP_AD_HOC.token())) {
            tests.add(0, TestMethod.HARTUNG_KNAPP_AD_HOC.token());
        }
        boolean first = true;
        for (String token : split(in.get(TAU2S))) {
            Tau2Estimator tau2 = Tau2Estimators.of(token);
            for (String test : tests) {
                setup(tau2, test, level, first).ifPresent(setups::add);
            }
            first = false;
        }
    }

    /** Some tests are made for one estimator, and one needs none. */
    private static Optional<Setup> setup(Tau2Estimator tau2, String token, double level, boolean first) {
        TestMethod test = Arrays.stream(TestMethod.values())
                .filter(method -> method.token().equals(token))
                .findFirst()
                .orElseThrow();
        boolean suits = switch (test) {
            case PROFILE_LIKELIHOOD -> tau2.token().equals("ml");
            case HENMI_COPAS -> tau2.token().equals("dl");
            case UNRESTRICTED_WEIGHTED_LEAST_SQUARES -> first;
            case WALD, T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC, KENWARD_ROGER, IVHET -> true;
        };
        return suits ? Optional.of(Setup.random(tau2, test, level)) : Optional.empty();
    }

    /** The ways to the effects that are wanted, the chosen one first. */
    static List<EffectRoute> routes(Inputs in, List<EffectRoute> all) {
        List<String> wanted = split(in.get(ROUTES));
        return all.stream()
                .filter(route -> route.name().equals(EffectRoute.CHOSEN)
                        || wanted.contains("all")
                        || wanted.contains(route.name()))
                .toList();
    }
}

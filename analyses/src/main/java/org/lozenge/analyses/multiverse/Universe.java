package org.lozenge.analyses.multiverse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.EffectRoute;
import org.lozenge.analyses.shared.RunMonitor;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.sensitivity.InfluenceDiagnostics;

/** All combinations of choices, fitted; independent of the number of threads. */
final class Universe {

    /** Work, in studies, below which starting threads costs more than it saves. */
    private static final long WORTH_THREADS = 20_000;

    /** Studies left out together, by row of the user's table. */
    private record Exclusion(String name, Set<Integer> rows) {}

    /** Some studies by one route. */
    private record Sample(EffectRoute route, String excluded, List<Integer> studies) {
        EffectSizes effects(List<String> names) {
            return new EffectSizes(
                    names.subList(0, studies.size()),
                    of(route.effects().y()),
                    of(route.effects().v()));
        }

        private DoubleSeq of(DoubleSeq values) {
            return DoubleSeq.of(studies.stream().mapToDouble(values::get).toArray());
        }
    }

    private final List<Setup> setups;
    private final List<EffectRoute> routes;

    /** Creates the combinations of models and routes; the first of each is the reference. */
    Universe(List<Setup> setups, List<EffectRoute> routes) {
        this.setups = setups;
        this.routes = routes;
    }

    /**
     * Fits all, or as many as there is time for when the run is cancelled.
     *
     * @return the fits by route, studies left out, and model; the first is the reference
     * @throws java.util.concurrent.CancellationException if the run is cancelled before anything is done
     */
    List<Specification> fit(MultiverseOptions.Exclude exclude, RunContext context) {
        List<Sample> samples = samples(exclusions(exclude, context));
        Specification[] fits = new Specification[samples.size() * setups.size()];
        int largest = routes.stream().mapToInt(r -> r.effects().k()).max().orElse(0);
        // The fits are thrown away, so their studies need no names of their own.
        List<String> names = IntStream.range(0, largest).mapToObj(i -> "").toList();
        RunMonitor monitor = new RunMonitor(context, "Specifications");
        int threads = (long) fits.length * largest < WORTH_THREADS ? 1 : RunMonitor.threads();
        long done = ParallelBlocks.run(
                samples.size(), 1, threads, () -> (from, to) -> fit(samples, names, fits, from, to), monitor);
        if (done == 0) {
            context.checkCancelled();
        }
        List<Specification> kept = Arrays.asList(fits).subList(0, (int) done * setups.size());
        if (done < samples.size()) {
            context.warn(
                    "stopped-early",
                    String.format(
                            Locale.ROOT,
                            "Stopped after %,d of %,d specifications; the verdict is of these. Not tried: %s.",
                            kept.size(),
                            fits.length,
                            untried(samples.subList((int) done, samples.size()))));
        }
        return List.copyOf(kept);
    }

    /** For instance {@code without Smith by route hr, and 12 more}. */
    private static String untried(List<Sample> samples) {
        Sample first = samples.get(0);
        String route = first.route().name().isEmpty()
                ? ""
                : " by route " + first.route().name();
        String left = first.excluded().equals(Specification.NOTHING) ? "all studies" : "without " + first.excluded();
        return left + route + (samples.size() > 1 ? ", and " + (samples.size() - 1) + " more" : "");
    }

    private void fit(List<Sample> samples, List<String> names, Specification[] fits, long from, long to) {
        for (int i = (int) from; i < to; i++) {
            Sample sample = samples.get(i);
            EffectSizes effects = sample.effects(names);
            for (int j = 0; j < setups.size(); j++) {
                fits[i * setups.size() + j] = Specification.fit(
                        setups.get(j), sample.excluded(), sample.route().name(), effects);
            }
        }
    }

    private List<Sample> samples(List<Exclusion> exclusions) {
        List<Sample> samples = new ArrayList<>();
        for (EffectRoute route : routes) {
            for (Exclusion exclusion : exclusions) {
                List<Integer> left = IntStream.range(0, route.effects().k())
                        .filter(i -> !exclusion.rows.contains(route.rows().get(i)))
                        .boxed()
                        .toList();
                boolean changes = exclusion.rows.isEmpty()
                        || left.size() < route.effects().k();
                // One study is no meta-analysis, unless there are no more.
                if (changes && (left.size() > 1 || exclusion.rows.isEmpty())) {
                    samples.add(new Sample(route, exclusion.name, left));
                }
            }
        }
        return samples;
    }

    private List<Exclusion> exclusions(MultiverseOptions.Exclude exclude, RunContext context) {
        List<Exclusion> exclusions = new ArrayList<>(List.of(new Exclusion(Specification.NOTHING, Set.of())));
        List<Exclusion> single = switch (exclude) {
            case NONE -> List.of();
            case ONE -> each(IntStream.range(0, routes.get(0).effects().k()).toArray());
            case INFLUENTIAL -> each(influential(context));
        };
        exclusions.addAll(single);
        if (exclude == MultiverseOptions.Exclude.INFLUENTIAL && single.size() > 1) {
            Set<Integer> all = new TreeSet<>();
            single.forEach(one -> all.addAll(one.rows));
            exclusions.add(new Exclusion("all influential", Set.copyOf(all)));
        }
        return exclusions;
    }

    /** Those of the chosen effects that are influential in the reference model. */
    private int[] influential(RunContext context) {
        EffectSizes effects = routes.get(0).effects();
        if (effects.k() < 3) {
            return new int[0];
        }
        List<InfluenceDiagnostics.Study> studies =
                InfluenceDiagnostics.of(effects, setups.get(0).fitter(), new RunMonitor(context, "Influence"));
        if (studies.size() < effects.k()) {
            context.checkCancelled();
        }
        return IntStream.range(0, effects.k())
                .filter(i -> studies.get(i).flagged())
                .toArray();
    }

    private List<Exclusion> each(int[] studies) {
        EffectRoute route = routes.get(0);
        List<String> names = route.effects().studies();
        Map<String, Integer> times = new LinkedHashMap<>();
        names.forEach(name -> times.merge(name, 1, Integer::sum));
        List<Exclusion> exclusions = new ArrayList<>();
        for (int i : studies) {
            int row = route.rows().get(i);
            boolean unique = times.getOrDefault(names.get(i), 0) == 1;
            exclusions.add(new Exclusion(names.get(i) + (unique ? "" : " (row " + row + ")"), Set.of(row)));
        }
        return exclusions;
    }
}

package org.lozenge.analyses.checkreport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.PrintedP;
import org.lozenge.stats.trial.LanDeMets;

/** Interim looks of each study: O'Brien–Fleming type boundaries from the information fractions, held against printed ones. */
final class Looks {

    private record Look(int index, double information) {}

    private final Inputs in;
    private final RunContext context;
    private final Map<String, List<Look>> byStudy = new LinkedHashMap<>();
    private final List<String> study = new ArrayList<>();
    private final List<double[]> numbers = new ArrayList<>();
    private final Map<Integer, Check> checks = new LinkedHashMap<>();

    Looks(Inputs in, RunContext context) {
        this.in = in;
        this.context = context;
        if (in.has(CheckReportAnalysis.INFORMATION)) {
            String[] names = in.strings(CheckReportAnalysis.STUDY);
            double[] information = in.numbers(CheckReportAnalysis.INFORMATION);
            for (int i = 0; i < information.length; i++) {
                if (!Double.isNaN(information[i])) {
                    String name = in.has(CheckReportAnalysis.STUDY) ? names[i] : "";
                    byStudy.computeIfAbsent(name, n -> new ArrayList<>()).add(new Look(i, information[i]));
                }
            }
        }
        byStudy.forEach(this::compute);
    }

    private void compute(String name, List<Look> looks) {
        looks.sort(Comparator.comparingDouble(Look::information));
        double[] information = looks.stream().mapToDouble(Look::information).toArray();
        for (int i = 0; i < information.length; i++) {
            int row = in.sourceRows()[looks.get(i).index];
            if (information[i] == 0 || (i > 0 && information[i] == information[i - 1])) {
                context.warn(
                        "same-look",
                        in.source() + ", row " + row + ": the information fraction " + Words.of(information[i])
                                + (information[i] == 0 ? " spends nothing" : " of '" + name + "' is there twice")
                                + "; the looks of this study were not checked.",
                        row);
                return;
            }
        }
        boolean twoSided = in.get(CheckReportAnalysis.SIDES) == CheckReportAnalysis.SidesOfTest.TWO;
        LanDeMets.Boundaries boundaries =
                new LanDeMets(in.get(CheckReportAnalysis.ALPHA), twoSided).boundaries(information);
        for (int i = 0; i < information.length; i++) {
            double nominal = boundaries.nominal().get(i);
            study.add(name);
            numbers.add(new double[] {
                i + 1,
                information[i],
                boundaries.z().get(i),
                nominal,
                boundaries.spent().get(i)
            });
            printed(looks.get(i).index).ifPresent(check(looks.get(i).index, nominal));
        }
    }

    private java.util.function.Consumer<PrintedP> check(int index, double nominal) {
        return p -> {
            boolean agrees = nominal >= p.low() - 1e-12 && nominal <= p.high() + 1e-12;
            boolean near = Math.abs(nominal - p.value()) <= 0.1 * nominal;
            checks.put(
                    index,
                    new Check(
                            "boundary_p",
                            p.text(),
                            "obrien-fleming",
                            nominal,
                            agrees ? AuditState.OK : near ? AuditState.OK_WITHIN_ROUNDING : AuditState.WARN,
                            "A Lan-DeMets boundary of O'Brien-Fleming type stops at this look for P below "
                                    + Words.of(nominal)
                                    + (agrees
                                            ? ", as printed."
                                            : near
                                                    ? ", near the printed value; an information fraction is rarely printed exactly."
                                                    : ". Check the information fractions, alpha and the spending function.")));
        };
    }

    private Optional<PrintedP> printed(int index) {
        String text = in.has(CheckReportAnalysis.BOUNDARY_P) ? in.strings(CheckReportAnalysis.BOUNDARY_P)[index] : "";
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PrintedP.parse(text));
        } catch (IllegalArgumentException e) {
            int row = in.sourceRows()[index];
            context.warn(
                    "unreadable-cell",
                    in.source() + ", row " + row + ", column '"
                            + in.columns(CheckReportAnalysis.BOUNDARY_P).get(0) + "': " + e.getMessage()
                            + ". The cell was not used.",
                    row);
            return Optional.empty();
        }
    }

    /** The check of a row's printed boundary. */
    Optional<Check> check(int index) {
        return Optional.ofNullable(checks.get(index));
    }

    /** The boundaries, a row per look; empty if no row has an information fraction. */
    Optional<Tabular> table() {
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Tabular.of("boundaries", "Lan-DeMets boundaries of O'Brien-Fleming type")
                .texts("study", study.toArray(String[]::new))
                .numbers("look", column(0))
                .numbers("information", column(1))
                .numbers("z", column(2))
                .numbers("nominal_p", column(3))
                .numbers("alpha_spent", column(4))
                .format("look", Format.INTEGER)
                .format("nominal_p", Format.GENERAL));
    }

    private double[] column(int c) {
        return numbers.stream().mapToDouble(row -> row[c]).toArray();
    }
}

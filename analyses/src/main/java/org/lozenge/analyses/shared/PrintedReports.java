package org.lozenge.analyses.shared;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.ReportedResult;

/** What reported hazard ratios have of their own. */
final class PrintedReports {

    /** EffectCells that say something about the others, but nothing about an effect. */
    private static final Set<ReportField> CIRCUMSTANCES = EnumSet.of(
            ReportField.CI_LEVEL,
            ReportField.P_SIDED,
            ReportField.N_T,
            ReportField.N_C,
            ReportField.N,
            ReportField.TIME,
            ReportField.FAVOURS,
            ReportField.DIRECTION);

    private PrintedReports() {}

    /** Whether no cell could give an effect. */
    static boolean isBlank(ReportedResult result) {
        return result.problems().isEmpty()
                && result.curves().isEmpty()
                && EnumSet.complementOf(EnumSet.copyOf(CIRCUMSTANCES)).stream().noneMatch(result::has);
    }

    /** The names of the mapped columns that could give an effect. */
    static Stream<String> columns(Inputs in) {
        return EnumSet.complementOf(EnumSet.copyOf(CIRCUMSTANCES)).stream()
                .map(ReportRoles::of)
                .filter(in::has)
                .map(role -> in.columns(role).get(0));
    }

    /** The audit's rule on symmetry under the code that all effects share. */
    static Message renamed(Message message) {
        if (!message.code().equals("audit-a2")) {
            return message;
        }
        return new Message(message.severity(), "ci-asymmetric", message.text(), message.rows(), message.data());
    }
}

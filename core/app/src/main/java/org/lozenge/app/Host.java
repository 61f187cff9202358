package org.lozenge.app;

import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.Problem;
import org.lozenge.workbench.Workbench;

/** The workbench, opened when a command first needs it: help does without. */
final class Host implements AutoCloseable {

    private Optional<Workbench> workbench = Optional.empty();

    Workbench workbench() {
        Workbench open = workbench.orElseGet(Workbench::openLazily);
        workbench = Optional.of(open);
        return open;
    }

    /**
     * Returns an analysis.
     *
     * @throws CommandException if there is none of this name
     */
    AnalysisSpec analysis(String id) {
        return workbench().find(id).orElseThrow(() -> {
            List<String> ids =
                    workbench().analyses().stream().map(AnalysisSpec::id).toList();
            return CommandException.mend(
                    "no-such-analysis",
                    "There is no analysis '" + id + "'." + Suggestion.didYouMean(id, ids)
                            + " 'lozenge list' shows them all.");
        });
    }

    /** Tells what is wrong with plugins. */
    void tellProblems(Console console) {
        for (Problem problem : workbench().problems()) {
            Message message = problem.message();
            console.tell(List.of(new Message(
                    message.severity(),
                    message.code(),
                    problem.plugin() + ": " + message.text(),
                    message.rows(),
                    message.data())));
        }
    }

    @Override
    public void close() {
        workbench.ifPresent(Workbench::close);
    }
}

package org.lozenge.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.Problem;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.plugins.PluginFolders;

/** The workbench, opened when a command first needs it: help does without. */
final class Host implements AutoCloseable {

    private PluginFolders folders = PluginFolders.of();
    private Optional<Workbench> workbench = Optional.empty();

    /** Takes plugins from the folders that the words of a call name, before the workbench is opened. */
    void usePlugins(List<String> words) {
        folders = PluginOptions.of(words);
    }

    Workbench workbench() {
        Workbench open = workbench.orElseGet(() -> Workbench.openLazily(folders));
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
            List<Message> messages = new ArrayList<>(problems());
            messages.add(Message.error(
                    "no-such-analysis",
                    "There is no analysis '" + id + "'." + Suggestion.didYouMean(id, ids)
                            + " 'lozenge list' shows them all."));
            return new CommandException(ExitStatus.MEND, messages);
        });
    }

    /** Tells what is wrong with plugins. */
    void tellProblems(Console console) {
        console.tell(problems());
    }

    private List<Message> problems() {
        return workbench().problems().stream().map(Host::message).toList();
    }

    private static Message message(Problem problem) {
        Message message = problem.message();
        return new Message(
                message.severity(),
                message.code(),
                problem.plugin() + ": " + message.text(),
                message.rows(),
                message.data());
    }

    @Override
    public void close() {
        workbench.ifPresent(Workbench::close);
    }
}

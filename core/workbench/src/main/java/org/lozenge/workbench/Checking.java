package org.lozenge.workbench;

import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.RunContext;
import org.lozenge.workbench.plugins.Registered;

/** An analysis that checks what another one would check, and computes nothing. */
final class Checking implements Analysis {

    private final Registered checked;

    private Checking(Registered checked) {
        this.checked = checked;
    }

    /** Returns what keeps a request from being run, and what is noticed before it is. */
    static List<Message> messages(RunRequest request) {
        Optional<Registered> found = request.registry().find(request.analysis());
        if (found.isEmpty()) {
            return Worker.start(request).get().messages();
        }
        Registered checked = found.get();
        Registered checking =
                new Registered(checked.spec(), new Checking(checked), checked.plugin(), checked.version());
        return Worker.start(request, checking).get().messages().stream()
                .filter(message -> !message.code().equals("unread"))
                .toList();
    }

    @Override
    public AnalysisSpec spec() {
        return checked.spec();
    }

    @Override
    public List<Message> validate(Inputs in) {
        Thread.currentThread().setContextClassLoader(checked.loader());
        return checked.analysis().validate(in);
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        return AnalysisResult.of();
    }
}

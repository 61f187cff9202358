package org.lozenge.workbench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.mapping.CheckedColumns;
import org.lozenge.workbench.mapping.ColumnMapper;
import org.lozenge.workbench.mapping.ColumnMapping;
import org.lozenge.workbench.mapping.ColumnNames;
import org.lozenge.workbench.mapping.OptionValues;
import org.lozenge.workbench.mapping.ReadLog;
import org.lozenge.workbench.plugins.Registered;
import org.lozenge.workbench.plugins.Threads;
import org.lozenge.workbench.table.Dataset;

/**
 * The steps of one run, on one thread: rows, roles, options, then for each group of rows kinds, dropped rows, ranges,
 * number of rows, validation and the analysis itself, and last what was not used.
 */
final class Execution {

    private static final int GROUPS_NAMED = 10;

    private final RunRequest request;
    private final Registered analysis;
    private final Stop stop;
    private final Threads threads;
    private final Dataset data;
    private final ReadLog reads = new ReadLog();
    private final List<Message> messages = new ArrayList<>();
    private Map<String, List<String>> mapping = Map.of();
    private Map<String, String> params = Map.of();
    private Map<String, List<String>> where = Map.of();
    private String by = "";
    private int used;

    Execution(RunRequest request, Registered analysis, Stop stop, Threads threads) {
        this.request = request;
        this.analysis = analysis;
        this.stop = stop;
        this.threads = threads;
        this.data = request.data();
    }

    Outcome run() {
        messages.addAll(data.problems());
        if (!analysis.spec().id().equals(request.analysis())) {
            messages.add(Message.warning(
                    "renamed-analysis",
                    "'" + request.analysis() + "' is now called '"
                            + analysis.spec().id() + "'."));
        }
        try {
            return checkedRun();
        } catch (AnalysisException e) {
            messages.addAll(e.messages());
            return new Outcome.Rejected(provenance(), messages);
        } catch (CancellationException e) {
            stop.reason().ifPresent(messages::add);
            return new Outcome.Cancelled(provenance(), Optional.empty(), messages);
        } catch (RuntimeException e) { // a specification that contradicts itself
            messages.add(Message.error("analysis-failed", broke(e)));
            return new Outcome.Failed(provenance(), trace(e), messages);
        }
    }

    private Outcome checkedRun() {
        where = RowFilter.values(data, request.conditions());
        by = request.by()
                .map(column -> ColumnNames.find(data, column, "to split by"))
                .orElse("");
        int[] rows = RowFilter.rows(data, where);
        ColumnMapping found = ColumnMapper.map(analysis.spec(), data, request.columns(), !request.strict());
        mapping = found.byName();
        OptionValues options = OptionValues.of(analysis.spec(), request.options());
        params = options.texts();
        CheckedColumns columns = CheckedColumns.of(analysis.spec(), data, found, rows);
        mapping = columns.byName();
        messages.addAll(found.messages());
        messages.addAll(columns.messages());
        messages.addAll(options.messages());
        Outcome outcome = by.isEmpty()
                ? single(attempt(columns, options, rows, request.listener()))
                : groups(columns, options, RowGroup.of(data, by, rows));
        if (outcome.available().isEmpty()) {
            return outcome;
        }
        messages.addAll(columns.unread(options, reads));
        return ended(outcome.available().get());
    }

    /** A result that came after the run was to stop is what was done until then. */
    private Outcome ended(AnalysisResult result) {
        Optional<Message> stopped = stop.reason();
        stopped.ifPresent(messages::add);
        return stopped.isPresent()
                ? new Outcome.Cancelled(provenance(), Optional.of(result), messages)
                : new Outcome.Ok(provenance(), result, messages);
    }

    private Outcome single(Attempt attempt) {
        used = attempt.used();
        messages.addAll(attempt.messages());
        return switch (attempt.status()) {
            case OK, CANCELLED -> new Outcome.Ok(provenance(), attempt.result().orElseThrow(), messages);
            case FAILED -> new Outcome.Failed(provenance(), attempt.trace(), messages);
            case REJECTED -> new Outcome.Rejected(provenance(), messages);
        };
    }

    private Outcome groups(CheckedColumns columns, OptionValues options, List<RowGroup> groups) {
        if (groups.isEmpty()) {
            throw new AnalysisException("too-few-rows", data.name() + ": there are no rows to split. Add rows.");
        }
        Slugs ids = new Slugs();
        List<Section> sections = new ArrayList<>();
        String trace = "";
        for (int g = 0; g < groups.size(); g++) {
            RowGroup group = groups.get(g);
            Attempt attempt;
            try {
                stop.check();
                attempt = attempt(columns, options, group.rows(), progressOf(g, groups));
            } catch (CancellationException e) {
                return cancelled(sections, groups.size());
            }
            sections.add(attempt.section(ids.of(group.title()), group.title()));
            used += attempt.used();
            if (attempt.status() == Section.Status.CANCELLED) {
                return cancelled(sections, groups.size());
            }
            trace = trace.isEmpty() ? attempt.trace() : trace;
        }
        return outcome(sections, trace);
    }

    /** The groups that are done, if any; the run ends as cancelled. */
    private Outcome cancelled(List<Section> sections, int groups) {
        if (sections.isEmpty()) {
            stop.check();
        }
        messages.add(Message.warning(
                "stopped-early",
                "Stopped after " + sections.size() + " of " + groups + " groups; the others are not here."));
        List<ResultItem> items = List.copyOf(sections);
        return new Outcome.Ok(provenance(), AnalysisResult.of(items), messages);
    }

    private ProgressListener progressOf(int g, List<RowGroup> groups) {
        return (fraction, step) -> request.listener()
                .progress((g + fraction) / groups.size(), groups.get(g).title() + ": " + step);
    }

    private Outcome outcome(List<Section> sections, String trace) {
        List<Section> without =
                sections.stream().filter(s -> s.status() != Section.Status.OK).toList();
        if (without.size() < sections.size()) {
            if (!without.isEmpty()) {
                messages.add(Message.warning("groups-failed", groupsFailed(without, sections.size())));
            }
            List<ResultItem> items = List.copyOf(sections);
            return new Outcome.Ok(provenance(), AnalysisResult.of(items), messages);
        }
        Set<Message> distinct = new LinkedHashSet<>();
        for (Section section : without) {
            section.messages().stream()
                    .map(m ->
                            new Message(m.severity(), m.code(), section.title() + ": " + m.text(), m.rows(), m.data()))
                    .forEach(distinct::add);
        }
        messages.addAll(distinct);
        return trace.isEmpty()
                ? new Outcome.Rejected(provenance(), messages)
                : new Outcome.Failed(provenance(), trace, messages);
    }

    private static String groupsFailed(List<Section> without, int all) {
        List<String> names =
                without.stream().limit(GROUPS_NAMED).map(Section::title).toList();
        String more = without.size() > GROUPS_NAMED ? " and " + (without.size() - GROUPS_NAMED) + " more" : "";
        return without.size() + " of " + all + " groups gave no result: " + String.join(", ", names) + more
                + ". The messages of each group say why.";
    }

    private Attempt attempt(CheckedColumns columns, OptionValues options, int[] rows, ProgressListener listener) {
        HostContext context = new HostContext(stop, listener, request.seed());
        int received = 0;
        try {
            CheckedColumns.Prepared prepared = columns.prepare(rows, options, reads);
            received = prepared.inputs().rows();
            prepared.messages().forEach(context::add);
            AnalysisResult result = guarded(prepared, context);
            if (result == null) {
                throw new IllegalStateException("the analysis returned null in place of a result");
            }
            Section.Status status = stop.reason().isPresent() ? Section.Status.CANCELLED : Section.Status.OK;
            return new Attempt(status, Optional.of(result), "", context.messages(), received);
        } catch (AnalysisException e) {
            stop.check();
            e.messages().stream().map(this::withSource).forEach(context::add);
            return new Attempt(Section.Status.REJECTED, Optional.empty(), "", context.messages(), received);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // a plugin may throw anything, StackOverflowError and LinkageError included
            stop.check();
            context.add(Message.error("analysis-failed", broke(e)));
            return new Attempt(Section.Status.FAILED, Optional.empty(), trace(e), context.messages(), received);
        }
    }

    private AnalysisResult guarded(CheckedColumns.Prepared prepared, HostContext context) throws Exception {
        request.jvm().enter(this);
        try {
            validate(prepared, context);
            return analysis.analysis().run(prepared.inputs(), context);
        } finally {
            request.jvm().exit(this).ifPresent(context::add);
            threads.newlyLeft().ifPresent(context::add);
        }
    }

    /** Forgets a run that does not end. */
    void leave() {
        request.jvm().exit(this);
    }

    private void validate(CheckedColumns.Prepared prepared, HostContext context) {
        List<Message> found = analysis.analysis().validate(prepared.inputs());
        if (found == null) {
            throw new IllegalStateException("validate returned null in place of a list of messages");
        }
        if (found.stream().anyMatch(m -> m.severity() == Message.Severity.ERROR)) {
            throw new AnalysisException(found);
        }
        found.forEach(context::add);
    }

    /** Adds the name of the data to errors and to messages about rows, where they lack it. */
    private Message withSource(Message m) {
        boolean general = m.severity() != Message.Severity.ERROR && m.rows().isEmpty();
        boolean complete = general || m.text().contains(data.name());
        return complete ? m : new Message(m.severity(), m.code(), data.name() + ": " + m.text(), m.rows(), m.data());
    }

    private String broke(Throwable e) {
        String version = analysis.version().isEmpty() ? "" : " " + analysis.version();
        return "'" + analysis.spec().id() + "' of the plugin " + analysis.plugin() + version + " broke (" + safely(e)
                + "). That is a fault of the plugin, not of the data: tell its author.";
    }

    /** An exception of a plugin may break again when it is asked for its text. */
    private static String safely(Throwable e) {
        try {
            return e.toString();
        } catch (RuntimeException | StackOverflowError again) {
            return e.getClass().getName();
        }
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        try {
            e.printStackTrace(new PrintWriter(text));
        } catch (RuntimeException | StackOverflowError again) {
            text.write(e.getClass().getName());
        }
        return text.toString();
    }

    private Provenance provenance() {
        return new Provenance(
                analysis.spec().id(),
                analysis.plugin(),
                analysis.version(),
                new Provenance.Input(data.name(), data.sha256(), data.rows(), used),
                mapping,
                params,
                where,
                by,
                request.seed(),
                given(request));
    }

    /** Returns a provenance for a run that cannot even begin, or that was abandoned. */
    static Provenance provenance(RunRequest request, Optional<Registered> analysis) {
        Dataset data = request.data();
        return new Provenance(
                analysis.map(one -> one.spec().id()).orElse(request.analysis()),
                analysis.map(Registered::plugin).orElse(""),
                analysis.map(Registered::version).orElse(""),
                new Provenance.Input(data.name(), data.sha256(), data.rows(), 0),
                Map.of(),
                Map.of(),
                Map.of(),
                "",
                request.seed(),
                given(request));
    }

    private static Provenance.Given given(RunRequest request) {
        return new Provenance.Given(request.columns(), request.options(), request.strict());
    }
}

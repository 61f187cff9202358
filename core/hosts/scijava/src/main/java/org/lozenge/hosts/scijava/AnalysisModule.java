package org.lozenge.hosts.scijava;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.figure.Figure;
import org.lozenge.workbench.form.Field;
import org.lozenge.workbench.form.Form;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.InputException;
import org.scijava.module.AbstractModule;
import org.scijava.module.ModuleInfo;

/** One run of an analysis. What is wrong with data or options stands in the outputs, as it does in a report. */
final class AnalysisModule extends AbstractModule {

    private static final Pattern PAIRS = Pattern.compile("\\s*;\\s*");

    private final AnalysisInfo info;
    private volatile Optional<RunHandle> running = Optional.empty();

    AnalysisModule(AnalysisInfo info) {
        this.info = info;
        for (Field field : info.asked()) {
            setInput(
                    AnalysisInfo.input(field),
                    info.getInput(AnalysisInfo.input(field)).getDefaultValue());
        }
        setInput(AnalysisInfo.COLUMNS, "");
    }

    @Override
    public ModuleInfo getInfo() {
        return info;
    }

    @Override
    public void run() {
        Object file = getInput(AnalysisInfo.DATA);
        if (!(file instanceof File table)) {
            setOutput(AnalysisInfo.TEXT, "No table was given. Set the input 'data' to a file.\n");
            return;
        }
        try {
            run(Dataset.read(table.toPath()));
        } catch (InputException e) {
            setOutput(AnalysisInfo.TEXT, e.getMessage() + "\n");
        }
    }

    private void run(Dataset data) {
        Form form = info.form();
        for (Field field : info.asked()) {
            String value = text(getInput(AnalysisInfo.input(field)));
            boolean isDefault = value.isBlank() || List.of(value).equals(field.defaults());
            form = isDefault ? form : form.with(field.key(), value);
        }
        RunHandle handle =
                further(form.fill(info.workbench().run(form.id(), data))).start();
        running = Optional.of(handle);
        show(handle.get());
    }

    /** As the options of the command line write it: 2.0 is 2. */
    private static String text(Object value) {
        return value instanceof Double number ? NumberText.print(number) : value == null ? "" : value.toString();
    }

    private Run further(Run run) {
        Run full = run;
        for (String pair : PAIRS.split(text(getInput(AnalysisInfo.COLUMNS)).strip())) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                full = full.map(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            } else if (!pair.isEmpty()) {
                full = full.map(pair, pair);
            }
        }
        return full;
    }

    private void show(Outcome outcome) {
        Report report = Report.of(outcome).titled(info.form().title());
        setOutput(AnalysisInfo.OUTCOME, outcome);
        setOutput(AnalysisInfo.TEXT, report.text());
        setOutput(AnalysisInfo.HTML, report.html());
        figure(outcome.available().map(AnalysisResult::items).orElse(List.of()))
                .ifPresent(item -> setOutput(AnalysisInfo.SVG, Figure.of(item).svg()));
        // Resolved outputs open no window of their own: a person reads the text, programs take what they want.
        List.of(AnalysisInfo.OUTCOME, AnalysisInfo.HTML, AnalysisInfo.SVG).forEach(this::resolveOutput);
    }

    private static Optional<ResultItem> figure(List<ResultItem> items) {
        for (ResultItem item : items) {
            Optional<ResultItem> found = item instanceof Section part
                    ? figure(part.items())
                    : Optional.of(item).filter(Figure::canDraw);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public void cancel() {
        running.ifPresent(RunHandle::cancel);
    }
}

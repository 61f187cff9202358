package org.lozenge.hosts.scijava;

import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.form.Field;
import org.lozenge.workbench.form.Form;
import org.scijava.ItemIO;
import org.scijava.MenuPath;
import org.scijava.module.AbstractModuleInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.module.Module;

/**
 * What SciJava knows of an analysis: its place in the menu, its inputs with labels, ranges, choices and defaults from the
 * analysis' form, and its outputs.
 */
final class AnalysisInfo extends AbstractModuleInfo {

    static final String DATA = "data";
    static final String COLUMNS = "columns";
    static final String TEXT = "text";
    static final String HTML = "html";
    static final String SVG = "svg";
    static final String OUTCOME = "outcome";

    private final Workbench workbench;
    private final Form form;

    AnalysisInfo(Workbench workbench, AnalysisSpec spec) {
        this.workbench = workbench;
        this.form = Form.of(spec);
        setName("lozenge." + spec.id());
        setLabel(spec.title());
        setDescription(spec.summary());
        setMenuPath(new MenuPath("Plugins > Meta-analysis > " + spec.title().replace('>', ' ')));
    }

    Workbench workbench() {
        return workbench;
    }

    Form form() {
        return form;
    }

    /** Name of the input of a field: options go by their own names, as in scripts, columns are told apart from them. */
    static String input(Field field) {
        return field.kind() == Field.Kind.COLUMN ? "column_" + field.name() : field.name();
    }

    /**
     * Fields that the dialog asks for: all options, and the columns without which the analysis cannot run. Some take fifty
     * further ones; these can be named in the input {@link #COLUMNS}.
     */
    List<Field> asked() {
        Set<String> needed = new HashSet<>();
        form.alternatives().forEach(needed::addAll);
        List<Field> asked = new ArrayList<>();
        for (Field field : form.fields()) {
            if (field.kind() != Field.Kind.COLUMN || field.required() || needed.contains(field.key())) {
                asked.add(field);
            }
        }
        return asked;
    }

    @Override
    protected void parseParameters() {
        DefaultMutableModuleItem<File> data = item(DATA, File.class, "Table");
        data.setDescription("A file with a row for each study: CSV, TSV, JSON or Excel");
        data.setRequired(true);
        registerInput(data);
        for (Field field : asked()) {
            registerInput(item(field));
        }
        DefaultMutableModuleItem<String> columns = item(COLUMNS, String.class, "Further columns");
        columns.setDescription("Other columns than those found by name, as role=column; role=column");
        columns.setDefaultValue("");
        registerInput(columns);
        registerOutput(output(TEXT, String.class, "Report"));
        registerOutput(output(HTML, String.class, "Report as HTML"));
        registerOutput(output(SVG, String.class, "First figure as SVG"));
        registerOutput(output(OUTCOME, Outcome.class, "Outcome"));
    }

    private DefaultMutableModuleItem<?> item(Field field) {
        DefaultMutableModuleItem<?> item = switch (field.kind()) {
            case FLAG -> flag(field);
            case WHOLE -> whole(field);
            case NUMBER -> number(field);
            default -> text(field);
        };
        item.setDescription(field.help() + " Takes " + field.allowed() + ".");
        return item;
    }

    private DefaultMutableModuleItem<Boolean> flag(Field field) {
        DefaultMutableModuleItem<Boolean> item = item(input(field), Boolean.class, field.label());
        item.setDefaultValue(form.value(field.key()).equals("true"));
        return item;
    }

    private DefaultMutableModuleItem<Integer> whole(Field field) {
        DefaultMutableModuleItem<Integer> item = item(input(field), Integer.class, field.label());
        item.setDefaultValue(Integer.valueOf(form.value(field.key())));
        field.min().ifPresent(min -> item.setMinimumValue(min.intValue()));
        field.max().ifPresent(max -> item.setMaximumValue(max.intValue()));
        return item;
    }

    private DefaultMutableModuleItem<Double> number(Field field) {
        DefaultMutableModuleItem<Double> item = item(input(field), Double.class, field.label());
        item.setDefaultValue(Double.valueOf(form.value(field.key())));
        field.min().ifPresent(item::setMinimumValue);
        field.max().ifPresent(item::setMaximumValue);
        item.setStepSize(0.01);
        return item;
    }

    private DefaultMutableModuleItem<String> text(Field field) {
        DefaultMutableModuleItem<String> item = item(input(field), String.class, field.label());
        item.setDefaultValue(form.value(field.key()));
        if (field.kind() == Field.Kind.CHOICE) {
            item.setChoices(field.choices());
        }
        return item;
    }

    /** Not persisted: an option of the last run would change the next one unseen in scripts. */
    private <T> DefaultMutableModuleItem<T> item(String name, Class<T> type, String label) {
        DefaultMutableModuleItem<T> item = new DefaultMutableModuleItem<>(this, name, type);
        item.setLabel(label);
        item.setRequired(false);
        item.setPersisted(false);
        return item;
    }

    private <T> DefaultMutableModuleItem<T> output(String name, Class<T> type, String label) {
        DefaultMutableModuleItem<T> item = item(name, type, label);
        item.setIOType(ItemIO.OUTPUT);
        return item;
    }

    @Override
    public String getIdentifier() {
        return "lozenge:" + form.id();
    }

    @Override
    public String getDelegateClassName() {
        return AnalysisModule.class.getName();
    }

    @Override
    public Class<?> loadDelegateClass() {
        return AnalysisModule.class;
    }

    @Override
    public Module createModule() {
        return new AnalysisModule(this);
    }

    @Override
    public boolean canRunHeadless() {
        return true;
    }

    @Override
    public boolean canCancel() {
        return true;
    }
}

package org.lozenge.workbench.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.mapping.ColumnMapper;
import org.lozenge.workbench.table.Dataset;

/**
 * What a host asks before it runs an analysis: its fields, what was filled in so far, and what is still wrong. Immutable;
 * every method that fills something in returns a new form. Knows no toolkit: a host makes a widget of each field, calls
 * {@link #with} when one changes, and shows again what {@link #isEnabled} and {@link #problems} say.
 *
 * <pre>{@code
 * Form form = Form.of(workbench.find("pool").orElseThrow()).data(data);
 * for (Form.Group group : form.groups()) {
 *     for (Field field : group.fields()) { … a widget by field.kind(), field.choices() and form.values(field.key()) … }
 * }
 * form = form.with("params.tau2", "dl");
 * Outcome outcome = form.fill(workbench.run(form.id(), data)).get();
 * }</pre>
 */
public final class Form {

    /** Id of the group of columns. */
    public static final String COLUMNS = "columns";

    /** Id of the group of options that forms always show. */
    public static final String OPTIONS = "options";

    /** Id of the group of options that forms show on demand. */
    public static final String ADVANCED = "advanced";

    /**
     * Fields that belong together.
     *
     * @param id {@link #COLUMNS}, {@link #OPTIONS} or {@link #ADVANCED}; later versions may add to them
     * @param title heading
     * @param fields the fields in the order of the specification; at least one
     */
    public record Group(String id, String title, List<Field> fields) {
        /** Copies the list. */
        public Group {
            fields = List.copyOf(fields);
        }
    }

    private final AnalysisSpec spec;
    private final Optional<Dataset> data;
    private final List<Field> fields;
    private final Map<String, List<String>> filled;

    private Form(AnalysisSpec spec, Optional<Dataset> data, List<Field> fields, Map<String, List<String>> filled) {
        this.spec = spec;
        this.data = data;
        this.fields = fields;
        this.filled = filled;
    }

    /** Returns the empty form of an analysis. */
    public static Form of(AnalysisSpec spec) {
        return new Form(spec, Optional.empty(), fields(spec, Optional.empty()), Map.of());
    }

    /**
     * Returns this form for some data: the fields of columns get its columns as choices and those that are found by name
     * as defaults. Columns that were filled in and do not exist there are forgotten.
     */
    public Form data(Dataset newData) {
        Map<String, List<String>> kept = new LinkedHashMap<>(filled);
        Predicate<String> isColumns = key -> field(key).kind() == Field.Kind.COLUMN;
        kept.entrySet()
                .removeIf(entry ->
                        isColumns.test(entry.getKey()) && !newData.columns().containsAll(entry.getValue()));
        return new Form(spec, Optional.of(newData), fields(spec, Optional.of(newData)), kept);
    }

    private static List<Field> fields(AnalysisSpec spec, Optional<Dataset> data) {
        List<String> columns = data.map(Dataset::columns).orElse(List.of());
        Map<Role, List<String>> found =
                data.map(some -> ColumnMapper.find(spec, some)).orElse(Map.of());
        List<Field> fields = new ArrayList<>();
        for (Role role : spec.allRoles()) {
            boolean required = role.isRequired() && spec.roles().contains(role);
            fields.add(Field.of(role, required, columns, found.getOrDefault(role, List.of())));
        }
        spec.params().forEach(param -> fields.add(Field.of(param)));
        return List.copyOf(fields);
    }

    /** Returns the id of the analysis. */
    public String id() {
        return spec.id();
    }

    /** Returns the title of the analysis. */
    public String title() {
        return spec.title();
    }

    /** Returns what the analysis does; may be empty. */
    public String help() {
        return spec.summary();
    }

    /** Returns all fields: columns, then options, each in the order of the specification. */
    public List<Field> fields() {
        return fields;
    }

    /** Returns the fields in groups, those that are shown on demand last; no group is empty. */
    public List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        addGroup(groups, COLUMNS, "Columns", field -> field.kind() == Field.Kind.COLUMN);
        addGroup(groups, OPTIONS, "Options", field -> field.kind() != Field.Kind.COLUMN && !field.advanced());
        addGroup(groups, ADVANCED, "More options", Field::advanced);
        return groups;
    }

    private void addGroup(List<Group> groups, String id, String title, Predicate<Field> belongs) {
        List<Field> members = fields.stream().filter(belongs).toList();
        if (!members.isEmpty()) {
            groups.add(new Group(id, title, members));
        }
    }

    /**
     * Returns the keys of the columns of which one group must be filled in whole; empty when there is no choice.
     * {@link #problems()} says when none is.
     */
    public List<List<String>> alternatives() {
        return spec.alternatives().stream()
                .map(group -> group.stream().map(Field::key).toList())
                .toList();
    }

    /**
     * Returns a field.
     *
     * @throws NoSuchElementException if there is none with this key; the message lists the keys
     */
    public Field field(String key) {
        return fields.stream()
                .filter(field -> field.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("The form of '" + id() + "' has no field '" + key
                        + "'; fields: " + fields.stream().map(Field::key).toList()));
    }

    /**
     * Returns this form with a field filled in, whether or not the value is allowed: a user may be in the middle of
     * typing. {@link #problems()} says if it is not.
     *
     * @param key key of the field
     * @param values the value; several columns where a role takes many; nothing to leave a role out although a column was
     *     found for it, and for an option the same as {@link #without}
     * @throws NoSuchElementException if there is no such field
     */
    public Form with(String key, String... values) {
        Field field = field(key);
        if (values.length == 0 && field.kind() != Field.Kind.COLUMN) {
            return without(key);
        }
        Map<String, List<String>> more = new LinkedHashMap<>(filled);
        more.put(key, List.of(values));
        return new Form(spec, data, fields, more);
    }

    /** Returns this form with a field as if it had never been filled in. */
    public Form without(String key) {
        Map<String, List<String>> less = new LinkedHashMap<>(filled);
        less.remove(field(key).key());
        return new Form(spec, data, fields, less);
    }

    /** Returns whether a field was filled in. */
    public boolean isFilled(String key) {
        return filled.containsKey(field(key).key());
    }

    /** Returns the values of a field: what was filled in, else its defaults. */
    public List<String> values(String key) {
        return filled.getOrDefault(key, field(key).defaults());
    }

    /** Returns the first value of a field; the empty text if it has none. */
    public String value(String key) {
        List<String> values = values(key);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** Returns whether a field matters now: whether the field that it depends on has the value that it depends on. */
    public boolean isEnabled(String key) {
        return field(key).enabledWhen().map(this::holds).orElse(true);
    }

    private boolean holds(Field.Condition condition) {
        return param(condition.key())
                .map(param -> normal(param, value(condition.key())).equals(condition.value()))
                .orElse(false);
    }

    private Optional<Param<?>> param(String key) {
        return spec.params().stream()
                .filter(param -> Field.key(param).equals(key))
                .<Param<?>>map(param -> param)
                .findFirst();
    }

    private static <T> String normal(Param<T> param, String text) {
        try {
            return param.format(param.parse(text));
        } catch (AnalysisException e) {
            return text; // problems() says so
        }
    }

    /**
     * Returns what keeps the form from being run, as far as it can be known without running: options that cannot be read
     * or are not allowed and, once there are data, roles without columns. The fact {@code field} of a message is the key of
     * the field that it is about, where it is about one. {@link Run#check()} checks the cells too.
     */
    public List<Message> problems() {
        List<Message> problems = new ArrayList<>();
        for (Param<?> param : spec.params()) {
            String key = Field.key(param);
            if (isFilled(key) && isEnabled(key)) {
                catching(() -> Objects.requireNonNull(param.parse(value(key))))
                        .forEach(problem -> problems.add(problem.with("field", key)));
            }
        }
        data.ifPresent(some ->
                problems.addAll(catching(() -> Objects.requireNonNull(ColumnMapper.map(spec, some, columns(), true)))));
        return problems;
    }

    private static List<Message> catching(Runnable check) {
        try {
            check.run();
            return List.of();
        } catch (AnalysisException e) {
            return e.messages();
        }
    }

    private Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (Field field : fields) {
            if (field.kind() == Field.Kind.COLUMN && isFilled(field.key())) {
                columns.put(field.name(), values(field.key()));
            }
        }
        return columns;
    }

    /** Returns a run with everything that was filled in and matters; the rest is left to defaults. */
    public Run fill(Run run) {
        Run full = run;
        for (Map.Entry<String, List<String>> role : columns().entrySet()) {
            full = full.map(role.getKey(), role.getValue().toArray(String[]::new));
        }
        for (Param<?> param : spec.params()) {
            String key = Field.key(param);
            if (isFilled(key) && isEnabled(key)) {
                full = full.set(param.name(), value(key));
            }
        }
        return full;
    }
}

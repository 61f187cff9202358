package org.lozenge.workbench.json;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.mapping.Names;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** What a host asks for, read from JSON. Immutable. */
final class Request {

    /** A request cannot be understood. */
    static final class Fault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Fault(String text) {
            super(text);
        }

        List<Message> messages() {
            return List.of(Message.error("request", String.valueOf(getMessage())));
        }
    }

    private static final List<String> KEYS =
            List.of("analysis", "data", "mapping", "params", "where", "by", "seed", "timeout_millis", "strict");
    private static final List<String> SOURCES = List.of("file", "csv", "rows", "columns");

    private final Map<String, Object> members;
    private final String analysis;

    private Request(Map<String, Object> members) {
        this.members = members;
        this.analysis = text("analysis")
                .filter(id -> !id.isBlank())
                .orElseThrow(() -> new Fault("The request names no analysis: \"analysis\": \"pool\"."));
    }

    /**
     * Reads a request.
     *
     * @throws Fault if it is not one
     */
    static Request read(String json) {
        Map<String, Object> members = object(tree(json), "The request");
        check(members, KEYS, "the request");
        return new Request(members);
    }

    private static Object tree(String json) {
        try {
            return JsonTree.read(json);
        } catch (IllegalArgumentException e) {
            throw new Fault("The request cannot be read. " + e.getMessage());
        }
    }

    private static void check(Map<String, Object> members, List<String> known, String where) {
        for (String key : members.keySet()) {
            if (!known.contains(key)) {
                throw new Fault("'" + key + "' is not a key of " + where + "." + Names.hint(key, known, "keys"));
            }
        }
    }

    String analysis() {
        return analysis;
    }

    /**
     * Returns the run that is asked for.
     *
     * @throws Fault if a member is not what it should be
     * @throws org.lozenge.workbench.table.InputException if the data cannot be read
     */
    Run run(Workbench workbench) {
        Run run = workbench.run(analysis, data());
        for (Map.Entry<String, Object> role : object("mapping").entrySet()) {
            run = run.map(
                    role.getKey(),
                    texts(role.getValue(), "mapping." + role.getKey()).toArray(String[]::new));
        }
        for (Map.Entry<String, Object> param : object("params").entrySet()) {
            run = run.set(param.getKey(), text(param.getValue(), "params." + param.getKey()));
        }
        for (Map.Entry<String, Object> condition : object("where").entrySet()) {
            for (String value : texts(condition.getValue(), "where." + condition.getKey())) {
                run = run.where(condition.getKey(), value);
            }
        }
        Optional<String> by = text("by").filter(column -> !column.isEmpty());
        if (by.isPresent()) {
            run = run.by(by.get());
        }
        if (members.containsKey("seed")) {
            run = run.seed(whole("seed"));
        }
        if (members.containsKey("timeout_millis")) {
            long millis = whole("timeout_millis");
            if (millis < 0) {
                throw new Fault("'timeout_millis' cannot be negative, but is " + millis + ".");
            }
            run = run.timeoutMillis(millis);
        }
        return run.strict(text("strict").map(Request::isTrue).orElse(false));
    }

    private static boolean isTrue(String flag) {
        if (flag.equals("true") || flag.equals("false")) {
            return flag.equals("true");
        }
        throw new Fault("'strict' must be true or false, but is '" + flag + "'.");
    }

    // ---- data

    private Dataset data() {
        Map<String, Object> data = object("data");
        List<String> given = SOURCES.stream().filter(data::containsKey).toList();
        if (given.size() != 1) {
            throw new Fault("'data' must hold one of file, csv, rows and columns, but holds "
                    + (given.isEmpty() ? "none of them" : String.join(" and ", given)) + ".");
        }
        List<String> known = new ArrayList<>(SOURCES);
        known.add("name");
        check(data, known, "'data'");
        String name = Optional.ofNullable(data.get("name"))
                .map(named -> text(named, "data.name"))
                .orElse("data");
        String source = given.get(0);
        Object content = Optional.ofNullable(data.get(source)).orElse("");
        return switch (source) {
            case "file" -> file(text(content, "data.file"));
            case "csv" -> csv(name, text(content, "data.csv"));
            case "rows" -> csv(name, Csv.ofRows(rows(content)));
            default -> csv(name, Csv.ofColumns(columns(content)));
        };
    }

    private static Dataset file(String name) {
        try {
            return Dataset.read(Path.of(name));
        } catch (InvalidPathException e) {
            throw new Fault("'data.file' cannot be the name of a file: '" + name + "'.");
        }
    }

    private static Dataset csv(String name, String text) {
        return Dataset.parse(name, text.getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
    }

    private static List<Map<String, String>> rows(Object content) {
        if (!(content instanceof List<?> list)) {
            throw new Fault("'data.rows' must be an array of objects.");
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (Object element : list) {
            String where = "data.rows[" + rows.size() + "]";
            Map<String, String> row = new LinkedHashMap<>();
            object(element, "'" + where + "'").forEach((column, cell) -> row.put(column, text(cell, where)));
            rows.add(row);
        }
        return rows;
    }

    private static Map<String, List<String>> columns(Object content) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        object(content, "'data.columns'").forEach((name, cells) -> {
            if (!(cells instanceof List<?>)) {
                throw new Fault("'data.columns." + name + "' must be an array.");
            }
            columns.put(name, texts(cells, "data.columns." + name));
        });
        if (columns.values().stream().mapToInt(List::size).distinct().count() > 1) {
            throw new Fault("The columns of the data differ in length: "
                    + String.join(
                            ", ",
                            columns.entrySet().stream()
                                    .map(column -> column.getKey() + " has "
                                            + column.getValue().size())
                                    .toList())
                    + ".");
        }
        return columns;
    }

    // ---- members

    private Map<String, Object> object(String key) {
        return Optional.ofNullable(members.get(key))
                .map(member -> object(member, "'" + key + "'"))
                .orElse(Map.of());
    }

    private static Map<String, Object> object(Object value, String what) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new Fault(what + " must be an object, {\"name\": value}.");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((key, member) -> object.put(String.valueOf(key), member));
        return object;
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(members.get(key)).map(member -> text(member, key));
    }

    private static String text(Object value, String where) {
        if (value instanceof String text) {
            return text;
        }
        throw new Fault("'" + where + "' must be a plain value.");
    }

    private static List<String> texts(Object value, String where) {
        if (value instanceof List<?> list) {
            return list.stream().map(element -> text(element, where)).toList();
        }
        return List.of(text(value, where));
    }

    private long whole(String key) {
        String text = text(key).orElse("");
        return NumberText.parse(text)
                .filter(number -> number == Math.rint(number) && Math.abs(number) < 1e15)
                .orElseThrow(() -> new Fault("'" + key + "' must be a whole number, but is '" + text + "'."))
                .longValue();
    }
}

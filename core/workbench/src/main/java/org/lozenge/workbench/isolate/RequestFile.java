package org.lozenge.workbench.isolate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.workbench.RunSettings;
import org.lozenge.workbench.plugins.PluginFolders;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.DatasetJson;

/** Writes what a run is to do into a file, and reads it back in the process that does it. */
final class RequestFile {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private RequestFile() {}

    static void write(RunSettings run, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("analysis", run.analysis());
            json.writeStringField("by", run.by().orElse(""));
            json.writeStringField("seed", Long.toString(run.seed()));
            json.writeStringField("timeout_millis", Long.toString(run.timeoutMillis()));
            json.writeStringField("strict", Boolean.toString(run.strict()));
            json.writeStringField("load_millis", Long.toString(run.plugins().loadMillis()));
            json.writeStringField(
                    "allowed",
                    run.plugins().allowed().map(RequestFile::absolute).orElse(""));
            texts(
                    "plugins",
                    run.plugins().folders().stream().map(RequestFile::absolute).toList(),
                    json);
            json.writeObjectFieldStart("columns");
            for (Map.Entry<String, List<String>> role : run.columns().entrySet()) {
                texts(role.getKey(), role.getValue(), json);
            }
            json.writeEndObject();
            json.writeObjectFieldStart("options");
            for (Map.Entry<String, String> option : run.options().entrySet()) {
                json.writeStringField(option.getKey(), option.getValue());
            }
            json.writeEndObject();
            List<String> conditions = new ArrayList<>();
            run.conditions().forEach(condition -> conditions.addAll(List.of(condition.column(), condition.value())));
            texts("conditions", conditions, json);
            json.writeFieldName("data");
            DatasetJson.write(run.data(), json);
            json.writeEndObject();
        }
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }

    private static void texts(String name, List<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static RunSettings read(Path file) throws IOException {
        Map<String, String> plain = new HashMap<>();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, List<String>> lists = new HashMap<>();
        Optional<Dataset> data = Optional.empty();
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = FACTORY.createParser(in)) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String member = json.currentName();
                JsonToken value = json.nextToken();
                if (member.equals("data")) {
                    data = Optional.of(DatasetJson.read(json));
                } else if (value == JsonToken.START_ARRAY) {
                    lists.put(member, texts(json));
                } else if (value == JsonToken.VALUE_STRING) {
                    plain.put(member, json.getText());
                } else {
                    members(json, columns, options);
                }
            }
        }
        return settings(plain, lists, columns, options, data.orElseThrow());
    }

    private static void members(JsonParser json, Map<String, List<String>> lists, Map<String, String> texts)
            throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                lists.put(name, texts(json));
            } else {
                texts.put(name, json.getText());
            }
        }
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(json.getText());
        }
        return texts;
    }

    private static RunSettings settings(
            Map<String, String> plain,
            Map<String, List<String>> lists,
            Map<String, List<String>> columns,
            Map<String, String> options,
            Dataset data) {
        List<RunSettings.Condition> conditions = new ArrayList<>();
        List<String> pairs = lists.getOrDefault("conditions", List.of());
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            conditions.add(new RunSettings.Condition(pairs.get(i), pairs.get(i + 1)));
        }
        PluginFolders folders = PluginFolders.of(lists.getOrDefault("plugins", List.of()).stream()
                        .map(Path::of)
                        .toList())
                .loadMillis(Long.parseLong(plain.getOrDefault("load_millis", "")));
        String allowed = plain.getOrDefault("allowed", "");
        return new RunSettings(
                plain.getOrDefault("analysis", ""),
                "",
                data,
                columns,
                options,
                conditions,
                Optional.of(plain.getOrDefault("by", "")).filter(column -> !column.isEmpty()),
                Long.parseLong(plain.getOrDefault("seed", "")),
                Long.parseLong(plain.getOrDefault("timeout_millis", "")),
                Boolean.parseBoolean(plain.getOrDefault("strict", "")),
                (fraction, step) -> {},
                allowed.isEmpty() ? folders : folders.allowOnly(Path.of(allowed)));
    }
}

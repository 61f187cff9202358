package org.lozenge.workbench.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;

/**
 * The mapping and the options of an analysis as JSON Schema
 * (<a href="https://json-schema.org/draft/2020-12/json-schema-core">draft 2020-12</a>): an object with {@code mapping},
 * columns by role, and {@code params}, values by option. What fits the schema is what a form sends: a whole mapping, and
 * no option that would have no effect.
 *
 * <p>Standard keywords say labels ({@code title}), explanations ({@code description}), types, ranges, choices, defaults,
 * required roles ({@code required}, {@code anyOf} for alternatives), former names ({@code deprecated}) and what depends on
 * another option ({@code if}, {@code then}). What the standard has no word for stands under names that begin with
 * {@code x-}, which validators pass over: {@code x-cells} is the schema of a role's cells, {@code x-advanced} marks
 * options that forms show on demand, {@code x-formerly} lists former ids, {@code x-min-rows} and {@code x-references} are
 * those of the specification.
 */
public final class JsonSchema {

    private final AnalysisSpec analysis;
    private final JsonGenerator json;

    private JsonSchema(AnalysisSpec analysis, JsonGenerator json) {
        this.analysis = analysis;
        this.json = json;
    }

    /** Returns the schema as indented text; the same text for equal specifications. */
    public static String of(AnalysisSpec analysis) {
        StringWriter text = new StringWriter();
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter layout =
                new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(layout);
            new JsonSchema(analysis, json).write();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
        return text + "\n";
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.writeStringField("$id", "urn:lozenge:analysis:" + analysis.id());
        json.writeStringField("title", analysis.title());
        json.writeStringField("description", analysis.summary());
        if (!analysis.formerIds().isEmpty()) {
            strings("x-formerly", analysis.formerIds());
        }
        json.writeNumberField("x-min-rows", analysis.minRows());
        if (!analysis.references().isEmpty()) {
            strings("x-references", analysis.references());
        }
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        mapping();
        params();
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
        json.writeEndObject();
    }

    private void mapping() throws IOException {
        json.writeObjectFieldStart("mapping");
        json.writeStringField(
                "description",
                "Columns by role, whole as a form sends it. Runs look for roles that are left out by name.");
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        for (Role role : analysis.allRoles()) {
            role(role);
        }
        json.writeEndObject();
        List<String> required = analysis.roles().stream()
                .filter(Role::isRequired)
                .map(Role::name)
                .toList();
        if (!required.isEmpty()) {
            strings("required", required);
        }
        if (!analysis.alternatives().isEmpty()) {
            json.writeArrayFieldStart("anyOf");
            for (List<Role> group : analysis.alternatives()) {
                json.writeStartObject();
                strings("required", group.stream().map(Role::name).toList());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeBooleanField("additionalProperties", false);
        json.writeEndObject();
    }

    private void role(Role role) throws IOException {
        json.writeObjectFieldStart(role.name());
        json.writeStringField("title", role.label());
        json.writeStringField(
                "description", Field.of(role, false, List.of(), List.of()).help());
        json.writeStringField("type", "array");
        json.writeObjectFieldStart("items");
        json.writeStringField("type", "string");
        json.writeEndObject();
        json.writeNumberField("minItems", 1);
        if (!role.isMany()) {
            json.writeNumberField("maxItems", 1);
        }
        if (!role.synonyms().isEmpty()) {
            json.writeArrayFieldStart("examples");
            for (String synonym : role.synonyms()) {
                json.writeStartArray();
                json.writeString(synonym);
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        cells(role);
        json.writeEndObject();
    }

    private void cells(Role role) throws IOException {
        json.writeObjectFieldStart("x-cells");
        switch (role.kind()) {
            case NUMBER -> {
                json.writeStringField("type", role.isCount() ? "integer" : "number");
                bound(role.isMinExcluded() ? "exclusiveMinimum" : "minimum", role.min());
                bound("maximum", role.max());
            }
            case CATEGORY, TEXT -> json.writeStringField("type", "string");
            case DATE -> {
                json.writeStringField("type", "string");
                json.writeStringField("format", "date");
            }
            case ANY -> {} // the empty schema takes everything
        }
        json.writeEndObject();
    }

    private void bound(String name, double bound) throws IOException {
        if (!Double.isInfinite(bound)) {
            json.writeFieldName(name);
            json.writeNumber(NumberText.print(bound));
        }
    }

    private void params() throws IOException {
        json.writeObjectFieldStart("params");
        json.writeStringField("description", "Options that differ from their defaults");
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        for (Param<?> param : analysis.params()) {
            param(param, param.name(), "");
            for (String former : param.formerNames()) {
                param(param, former, "Now called " + param.name() + ".");
            }
        }
        json.writeEndObject();
        List<Param<?>> dependent = analysis.params().stream()
                .filter(param -> param.condition().isPresent())
                .toList();
        if (!dependent.isEmpty()) {
            json.writeArrayFieldStart("allOf");
            for (Param<?> param : dependent) {
                onlyIf(param, param.condition().orElseThrow());
            }
            json.writeEndArray();
        }
        json.writeBooleanField("additionalProperties", false);
        json.writeEndObject();
    }

    /** If the option is set, the one that it depends on has its value: by default, or because it is set too. */
    private void onlyIf(Param<?> param, Param.Condition condition) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("if");
        strings("required", List.of(param.name()));
        json.writeEndObject();
        json.writeObjectFieldStart("then");
        json.writeObjectFieldStart("properties");
        json.writeObjectFieldStart(condition.param().name());
        constant(condition.param(), condition.value());
        json.writeEndObject();
        json.writeEndObject();
        if (!defaultText(condition.param()).equals(condition.value())) {
            strings("required", List.of(condition.param().name()));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private <T> void constant(Param<T> param, String value) throws IOException {
        json.writeFieldName("const");
        value(param, param.parse(value));
    }

    /** @param renamed says what a former name is called now; empty for the present name */
    private <T> void param(Param<T> param, String name, String renamed) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("title", param.label());
        String description = description(param, renamed);
        if (!description.isEmpty()) {
            json.writeStringField("description", description);
        }
        json.writeStringField("type", type(param));
        if (param.type() != Boolean.class && !param.choices().isEmpty()) {
            strings("enum", param.choices().stream().map(param::format).toList());
        }
        bound("minimum", param.min());
        bound("maximum", param.max());
        if (!param.suggestions().isEmpty()) {
            examples(param);
        }
        json.writeFieldName("default");
        value(param, param.dflt());
        if (param.isAdvanced()) {
            json.writeBooleanField("x-advanced", true);
        }
        if (!renamed.isEmpty()) {
            json.writeBooleanField("deprecated", true);
        }
        json.writeEndObject();
    }

    private static String description(Param<?> param, String renamed) {
        List<String> parts = new ArrayList<>();
        if (!renamed.isEmpty()) {
            parts.add(renamed);
        }
        if (!param.help().isBlank()) {
            parts.add(param.help());
        }
        if (!param.rules().isEmpty()) {
            parts.add("The value " + String.join(" and ", param.rules()) + ".");
        }
        return String.join(" ", parts);
    }

    private static String type(Param<?> param) {
        return switch (Field.of(param).kind()) {
            case FLAG -> "boolean";
            case WHOLE -> "integer";
            case NUMBER -> "number";
            case TEXT, CHOICE, COLUMN -> "string";
        };
    }

    private void bound(String name, Optional<?> bound) throws IOException {
        if (bound.isPresent() && bound.get() instanceof Number number) {
            bound(name, number.doubleValue());
        }
    }

    private <T> void examples(Param<T> param) throws IOException {
        json.writeArrayFieldStart("examples");
        for (String suggestion : param.suggestions()) {
            example(param, suggestion);
        }
        json.writeEndArray();
    }

    private <T> void example(Param<T> param, String suggestion) throws IOException {
        T value;
        try {
            value = param.parse(suggestion);
        } catch (AnalysisException e) { // a slip of the plugin that must not cost the form
            json.writeString(suggestion);
            return;
        }
        value(param, value);
    }

    private <T> void value(Param<T> param, T value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            json.writeNumber(NumberText.print(number.doubleValue()));
        } else {
            json.writeString(param.format(value));
        }
    }

    private static <T> String defaultText(Param<T> param) {
        return param.format(param.dflt());
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}

package org.lozenge.app;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;

/**
 * The mapping and the options of an analysis as JSON Schema (draft 2020-12): an object with {@code mapping}, columns by
 * role, and {@code params}, values by option.
 */
final class JsonSchema {

    private JsonSchema() {}

    static String of(AnalysisSpec analysis) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.writeStringField("$id", "urn:lozenge:analysis:" + analysis.id());
            json.writeStringField("title", analysis.title());
            json.writeStringField("description", analysis.summary());
            json.writeStringField("type", "object");
            json.writeObjectFieldStart("properties");
            mapping(json, analysis);
            params(json, analysis);
            json.writeEndObject();
            json.writeBooleanField("additionalProperties", false);
            json.writeEndObject();
        });
    }

    private static void mapping(JsonGenerator json, AnalysisSpec analysis) throws IOException {
        json.writeObjectFieldStart("mapping");
        json.writeStringField("description", "Columns by role; roles that are left out are looked for by name");
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        for (Role role : analysis.allRoles()) {
            role(json, role);
        }
        json.writeEndObject();
        List<String> required = analysis.roles().stream()
                .filter(Role::isRequired)
                .map(Role::name)
                .toList();
        if (!required.isEmpty()) {
            strings(json, "required", required);
        }
        if (!analysis.alternatives().isEmpty()) {
            json.writeArrayFieldStart("anyOf");
            for (List<Role> group : analysis.alternatives()) {
                json.writeStartObject();
                strings(json, "required", group.stream().map(Role::name).toList());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeBooleanField("additionalProperties", false);
        json.writeEndObject();
    }

    private static void role(JsonGenerator json, Role role) throws IOException {
        json.writeObjectFieldStart(role.name());
        json.writeStringField("title", role.label());
        json.writeStringField("description", ParamText.describe(role));
        json.writeStringField("type", "array");
        json.writeObjectFieldStart("items");
        json.writeStringField("type", "string");
        json.writeEndObject();
        json.writeNumberField("minItems", 1);
        if (!role.isMany()) {
            json.writeNumberField("maxItems", 1);
        }
        if (!role.synonyms().isEmpty()) {
            strings(json, "examples", role.synonyms(), true);
        }
        json.writeEndObject();
    }

    private static void params(JsonGenerator json, AnalysisSpec analysis) throws IOException {
        json.writeObjectFieldStart("params");
        json.writeStringField("description", "Options that differ from their defaults");
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        for (Param<?> param : analysis.params()) {
            param(json, param);
        }
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
        json.writeEndObject();
    }

    private static void param(JsonGenerator json, Param<?> param) throws IOException {
        json.writeObjectFieldStart(param.name());
        json.writeStringField("title", param.label());
        if (!param.help().isBlank()) {
            json.writeStringField("description", param.help());
        }
        json.writeStringField("type", type(param));
        if (param.type() != Boolean.class && !param.choices().isEmpty()) {
            strings(json, "enum", ParamText.choices(param));
        }
        bound(json, "minimum", param.min());
        bound(json, "maximum", param.max());
        if (!param.suggestions().isEmpty()) {
            strings(json, "examples", param.suggestions());
        }
        dflt(json, param);
        json.writeEndObject();
    }

    private static String type(Param<?> param) {
        if (param.type() == Boolean.class) {
            return "boolean";
        }
        return param.type() == Integer.class ? "integer" : param.type() == Double.class ? "number" : "string";
    }

    private static void bound(JsonGenerator json, String name, java.util.Optional<?> bound) throws IOException {
        if (bound.isPresent() && bound.get() instanceof Number number) {
            json.writeFieldName(name);
            number(json, number);
        }
    }

    private static void dflt(JsonGenerator json, Param<?> param) throws IOException {
        json.writeFieldName("default");
        Object dflt = param.dflt();
        if (dflt instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (dflt instanceof Number number) {
            number(json, number);
        } else {
            json.writeString(ParamText.dflt(param));
        }
    }

    private static void number(JsonGenerator json, Number number) throws IOException {
        json.writeNumber(org.lozenge.plugin.NumberText.print(number.doubleValue()));
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        strings(json, name, values, false);
    }

    /** @param wrapped whether each value stands in an array of its own, as a value of a role does */
    private static void strings(JsonGenerator json, String name, List<String> values, boolean wrapped)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            if (wrapped) {
                json.writeStartArray();
                json.writeString(value);
                json.writeEndArray();
            } else {
                json.writeString(value);
            }
        }
        json.writeEndArray();
    }
}

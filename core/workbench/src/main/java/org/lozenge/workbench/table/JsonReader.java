package org.lozenge.workbench.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an array of objects, one object a row. Columns are the keys in order of first appearance; a key that an object
 * lacks and {@code null} are empty cells. Numbers keep the digits that the file prints.
 */
final class JsonReader {

    private static final String SHAPE =
            " The file must be an array of objects with plain values, such as [{\"study\": \"A\", \"hr\": 0.5}].";

    private final String source;
    private final byte[] text;

    JsonReader(String source, byte[] text) {
        this.source = source;
        this.text = text;
    }

    TableBuilder read() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Limits.CELL)
                        .maxNumberLength(Limits.CELL)
                        .build())
                .build();
        try (JsonParser json = factory.createParser(text)) {
            return read(json);
        } catch (JsonProcessingException e) {
            throw fault("malformed", e.getLocation(), e.getOriginalMessage() + ".");
        } catch (IOException e) {
            throw new InputException("unreadable", source + ": " + e.getMessage());
        }
    }

    private TableBuilder read(JsonParser json) throws IOException {
        if (json.nextToken() == null) {
            throw new InputException("empty-file", source + ": the file is empty." + SHAPE);
        }
        expect(json, JsonToken.START_ARRAY);
        Map<String, Integer> columns = new LinkedHashMap<>();
        List<Map<Integer, String>> rows = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, JsonToken.START_OBJECT);
            lines.add(json.currentTokenLocation().getLineNr());
            rows.add(row(json, columns));
        }
        if (json.nextToken() != null) {
            throw fault("malformed", json.currentTokenLocation(), "something follows the end of the array." + SHAPE);
        }
        if (rows.isEmpty() || columns.isEmpty()) {
            throw new InputException("no-rows", source + ": there is no row of data." + SHAPE);
        }
        return table(columns, rows, lines);
    }

    private Map<Integer, String> row(JsonParser json, Map<String, Integer> columns) throws IOException {
        Map<Integer, String> row = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            int column = columns.computeIfAbsent(json.currentName(), name -> columns.size());
            JsonToken value = json.nextToken();
            if (value.isStructStart()) {
                throw fault(
                        "nested-value",
                        json.currentTokenLocation(),
                        "the value of " + CellText.quoted(json.currentName()) + " is not a plain value." + SHAPE);
            }
            row.put(column, value == JsonToken.VALUE_NULL ? "" : wellFormed(json, json.getText()));
        }
        return row;
    }

    /** Escapes can name half a character, which no text file can hold. */
    private String wellFormed(JsonParser json, String value) {
        boolean half = value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
        if (half || value.indexOf('\0') >= 0) {
            throw fault("encoding", json.currentTokenLocation(), CellText.quoted(value) + " is not a valid text.");
        }
        return value;
    }

    private TableBuilder table(Map<String, Integer> columns, List<Map<Integer, String>> rows, List<Integer> lines) {
        TableBuilder table = new TableBuilder(source, List.copyOf(columns.keySet()));
        for (int r = 0; r < rows.size(); r++) {
            rows.get(r).forEach(table::cell);
            table.endSparseRow(lines.get(r));
        }
        return table;
    }

    private void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            String found = json.currentToken() == null ? "the end of the file" : CellText.quoted(json.getText());
            throw fault("malformed", json.currentTokenLocation(), "unexpected " + found + "." + SHAPE);
        }
    }

    private InputException fault(String code, JsonLocation at, String text) {
        String place = at == null ? "" : ", line " + at.getLineNr() + ", character " + at.getColumnNr();
        return new InputException(code, source + place + ": " + text);
    }
}

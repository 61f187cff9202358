package org.lozenge.workbench.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lozenge.plugin.NumberText;

/**
 * A data set as JSON, so that it reads back as it was: cells as printed, numbers exactly, and with it what the texts are.
 * Remarks on how it was read do not go with it.
 */
public final class DatasetJson {

    private DatasetJson() {}

    /** Writes a data set as an object. */
    public static void write(Dataset data, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", data.name());
        json.writeStringField("sha256", data.sha256());
        json.writeArrayFieldStart("lines");
        for (int line : data.lines()) {
            json.writeNumber(line);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("columns");
        for (String column : data.columns()) {
            write(data, column, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Dataset data, String column, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column);
        json.writeBooleanField("numeric", data.isNumeric(column));
        json.writeBooleanField("printed", data.isPrinted(column));
        json.writeArrayFieldStart("cells");
        if (data.isNumeric(column)) {
            for (double number : data.numbers(column)) {
                json.writeString(Double.toString(number));
            }
        } else {
            for (int row = 0; row < data.rows(); row++) {
                json.writeString(data.text(column, row));
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Reads what {@link #write} wrote; the parser is at the start of the object. */
    public static Dataset read(JsonParser json) throws IOException {
        String name = "";
        String sha256 = "";
        int[] lines = new int[0];
        List<String> names = new ArrayList<>();
        List<Cells> columns = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "name" -> name = json.getText();
                case "sha256" -> sha256 = json.getText();
                case "lines" ->
                    lines = texts(json).stream().mapToInt(Integer::parseInt).toArray();
                default -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        columns.add(column(json, names));
                    }
                }
            }
        }
        return new Dataset(name, sha256, names, columns, lines, List.of());
    }

    private static Cells column(JsonParser json, List<String> names) throws IOException {
        boolean numeric = false;
        boolean printed = false;
        List<String> texts = List.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "name" -> names.add(json.getText());
                case "numeric" -> numeric = json.getBooleanValue();
                case "printed" -> printed = json.getBooleanValue();
                default -> texts = texts(json);
            }
        }
        return new ReadCells(texts, numeric, printed);
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(json.getText());
        }
        return texts;
    }

    private record ReadCells(List<String> texts, boolean isNumeric, boolean isPrinted) implements Cells {

        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public String text(int row) {
            return isNumeric ? NumberText.print(number(row)) : texts.get(row);
        }

        @Override
        public double number(int row) {
            return Double.parseDouble(texts.get(row));
        }
    }
}

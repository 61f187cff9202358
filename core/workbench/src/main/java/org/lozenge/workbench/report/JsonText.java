package org.lozenge.workbench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * JSON for programs that people also look into: a key a line, but a row of a table or a list of numbers on one line.
 * Numbers read back as the same double; NaN and infinite numbers are {@code null}, unless told otherwise.
 */
final class JsonText {

    /** Writes a value or a member. */
    interface Body {
        void write() throws IOException;
    }

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;
    private final JsonLayout layout = new JsonLayout();
    private final boolean lossless;

    private JsonText(boolean lossless) throws IOException {
        this.lossless = lossless;
        json = new JsonFactory().createGenerator(text);
        json.setPrettyPrinter(layout);
    }

    /** What writes a document. */
    interface Writer {
        void write(JsonText json) throws IOException;
    }

    /**
     * Returns what a writer writes.
     *
     * @param lossless whether infinite numbers are the texts {@code Infinity} and {@code -Infinity}
     */
    static String of(boolean lossless, Writer writer) {
        try {
            JsonText json = new JsonText(lossless);
            writer.write(json);
            json.json.close();
            return json.text + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
    }

    void object(Body members) throws IOException {
        json.writeStartObject();
        members.write();
        json.writeEndObject();
    }

    void object(String name, Body members) throws IOException {
        json.writeFieldName(name);
        object(members);
    }

    void array(String name, Body elements) throws IOException {
        json.writeFieldName(name);
        json.writeStartArray();
        elements.write();
        json.writeEndArray();
    }

    /** An object on one line. */
    void flat(Body members) throws IOException {
        json.writeStartObject();
        layout.enterLine();
        members.write();
        json.writeEndObject();
        layout.leaveLine();
    }

    void flat(String name, Body members) throws IOException {
        json.writeFieldName(name);
        flat(members);
    }

    /** An array on one line. */
    void row(Body elements) throws IOException {
        json.writeStartArray();
        layout.enterLine();
        elements.write();
        json.writeEndArray();
        layout.leaveLine();
    }

    void field(String name, String value) throws IOException {
        json.writeStringField(name, Characters.encodable(value));
    }

    void field(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
    }

    void field(String name, double value) throws IOException {
        json.writeFieldName(name);
        number(value);
    }

    void whole(String name, long value) throws IOException {
        json.writeNumberField(name, value);
    }

    void field(String name, double[] values) throws IOException {
        json.writeFieldName(name);
        row(() -> {
            for (double value : values) {
                number(value);
            }
        });
    }

    void field(String name, Iterable<String> values) throws IOException {
        json.writeFieldName(name);
        row(() -> {
            for (String value : values) {
                string(value);
            }
        });
    }

    void string(String value) throws IOException {
        json.writeString(Characters.encodable(value));
    }

    void number(double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(ExactNumber.of(value));
        } else if (lossless && Double.isInfinite(value)) {
            json.writeString(Double.toString(value));
        } else {
            json.writeNull();
        }
    }

    void whole(long value) throws IOException {
        json.writeNumber(value);
    }
}

package org.lozenge.workbench.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists and texts. Numbers and booleans keep the text that the source prints, {@code null} is the empty
 * text: that is how cells and options are read anyway.
 */
public final class JsonTree {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonTree() {}

    /**
     * Reads a document.
     *
     * @return a {@code Map<String, Object>} in the order of the text, a {@code List<Object>}, or a {@code String}
     * @throws IllegalArgumentException if it is not one; the message says where
     */
    public static Object read(String text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() == null) {
                throw new IllegalArgumentException("The text is empty.");
            }
            Object value = value(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("Something follows the end of the value.");
            }
            return value;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : ", line " + e.getLocation().getLineNr() + ", character "
                            + e.getLocation().getColumnNr();
            throw new IllegalArgumentException("This is not JSON" + place + ": " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading a text cannot fail", e);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json));
            }
            return array;
        }
        return token == JsonToken.VALUE_NULL ? "" : json.getText();
    }
}

package org.lozenge.workbench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON text, read by a library, for tests to look into. */
final class Json {

    private static final Object NULL = "null";

    private final Object root;

    private Json(Object root) {
        this.root = root;
    }

    static Json read(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            Object root = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("More than one value");
            }
            return new Json(root);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                object.put(name, value(parser));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        return token == JsonToken.VALUE_NULL ? NULL : parser.getText();
    }

    /** The text of the value at a path such as {@code items/0/id}; {@code null} as text. */
    String at(String path) {
        Object here = root;
        for (String step : path.split("/")) {
            here = here instanceof List<?> list
                    ? list.get(Integer.parseInt(step))
                    : ((Map<?, ?>) here).getOrDefault(step, null);
            if (here == null) {
                throw new AssertionError("There is no '" + step + "' of " + path);
            }
        }
        return here.toString();
    }
}

package org.lozenge.workbench.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.lozenge.plugin.AnalysisSpec;

/** The list of analyses as JSON. */
final class AnalysisList {

    private AnalysisList() {}

    static String json(List<AnalysisSpec> analyses) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (AnalysisSpec analysis : analyses) {
                json.writeStartObject();
                json.writeStringField("id", analysis.id());
                json.writeStringField("title", analysis.title());
                json.writeStringField("summary", analysis.summary());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
        return text.toString();
    }
}

package org.lozenge.hosts.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

/** The example notebook runs, and shows the kinds of output that are kept in it. */
class NotebookTest {

    private static final Path NOTEBOOK = Path.of("examples/lenalidomide-review.ipynb");

    @Test
    void everyCellRunsAndShowsWhatTheNotebookKeeps() throws Exception {
        JsonObject notebook = JsonParser.parseString(Files.readString(NOTEBOOK)).getAsJsonObject();
        int cells = 0;
        try (NotebookKernel kernel = new NotebookKernel()) {
            for (JsonElement element : notebook.getAsJsonArray("cells")) {
                JsonObject cell = element.getAsJsonObject();
                if (cell.get("cell_type").getAsString().equals("code")) {
                    run(kernel, cell);
                    cells++;
                }
            }
        }
        assertThat(cells).isGreaterThanOrEqualTo(9);
    }

    private static void run(NotebookKernel kernel, JsonObject cell) {
        String source = text(cell.get("source"));
        JsonObject kept = cell.getAsJsonArray("outputs").get(0).getAsJsonObject();
        assertThat(kept.get("output_type").getAsString()).as(source).isEqualTo("execute_result");
        Set<String> shown = new TreeSet<>();
        DisplayData data = kernel.eval(source);
        for (MIMEType type : Set.of(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN, MIMEType.IMAGE_SVG)) {
            if (data.hasDataForType(type)) {
                shown.add(type.toString());
            }
        }
        assertThat(shown).as(source).isEqualTo(kept.getAsJsonObject("data").keySet());
    }

    @Test
    void theNotebookNamesNoMachine() throws Exception {
        assertThat(Files.readString(NOTEBOOK)).doesNotContain("/home/", "/root/", "/tmp/", "file:", "Exception");
    }

    private static String text(JsonElement source) {
        StringBuilder lines = new StringBuilder();
        source.getAsJsonArray().forEach(line -> lines.append(line.getAsString()));
        return lines.toString();
    }
}

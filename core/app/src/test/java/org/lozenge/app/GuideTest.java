package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.JTextField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.Scalar;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.form.Form;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Compiles and runs what the guides for authors and for hosts show. */
class GuideTest {

    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private static Map<String, String> author = Map.of();
    private static Map<String, String> host = Map.of();

    @BeforeAll
    static void compile() throws Exception {
        author = write("author-guide.md", folder.resolve("author"));
        host = write("host-guide.md", folder.resolve("host"));
    }

    private static Path docs() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("plugin-api"))) {
            at = at.getParent();
        }
        return at.resolve("plugin-api/docs");
    }

    private static Map<String, String> write(String guide, Path to) throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher block = FILE.matcher(Files.readString(docs().resolve(guide)));
        while (block.find()) {
            Path file = to.resolve("src").resolve(block.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, block.group(2));
            files.put(block.group(1), block.group(2));
        }
        Sources.compile(to.resolve("src"), to.resolve("classes"));
        return files;
    }

    private static URLClassLoader classes() throws Exception {
        return new URLClassLoader(
                new URL[] {folder.resolve("host/classes").toUri().toURL()}, GuideTest.class.getClassLoader());
    }

    // ---- authors

    @Test
    void thePluginOfTheAuthorsGuideLoadsRunsAndPasses() throws Exception {
        assertThat(author).hasSize(4);
        Path classes = folder.resolve("author/classes");
        Files.createDirectories(classes.resolve("META-INF/services"));
        Files.copy(
                folder.resolve("author/src/META-INF/services/org.lozenge.plugin.Analysis"),
                classes.resolve("META-INF/services/org.lozenge.plugin.Analysis"));
        Files.createDirectories(folder.resolve("plugins"));
        Path jar = Sources.jar(classes, folder.resolve("plugins/demo.jar"));

        try (Workbench workbench = Workbench.open(folder.resolve("plugins"))) {
            assertThat(workbench.problems()).isEmpty();
            Outcome mean = workbench
                    .run("trimmed-mean", csv("yi\n1\n2\n3\n99\n"))
                    .set("trim", 0.25)
                    .get();
            assertThat(mean.get().item("mean", Scalar.class).value()).isEqualTo(2.5);

            // Weights 1/0.04 and 1/0.01: by hand, (25 × −0.5 + 100 × −0.2) / 125, error 1/√125.
            Outcome pooled = workbench
                    .run("pooled-hazard-ratio", csv("study,effect,se\nA,-0.5,0.2\nB,-0.2,0.1\n"))
                    .get();
            Estimate estimate = pooled.get().item("pooled", Estimate.class);
            assertThat(estimate.value()).isCloseTo(-0.26, org.assertj.core.data.Offset.offset(1e-15));
            assertThat(estimate.low())
                    .isCloseTo(-0.26 - 1.959963984540054 / Math.sqrt(125), org.assertj.core.data.Offset.offset(1e-15));

            Outcome ratios = workbench
                    .run(
                            "pooled-hazard-ratio",
                            csv(Samples.get("lenalidomide-maintenance").csv()))
                    .get();
            assertThat(ratios.status()).as(ratios.messages().toString()).isEqualTo("ok");

            Outcome wrong = workbench
                    .run("pooled-hazard-ratio", csv("hr,ci_low,ci_high\n0.5,0.6,0.9\n0.7,0.5,0.9\n"))
                    .get();
            assertThat(wrong.messages())
                    .singleElement()
                    .satisfies(
                            message -> assertThat(message.text()).contains("0.5 is outside its interval, 0.6 to 0.9"));
        }

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Main.run(
                List.of("plugin", "check", jar.toString()),
                new ByteArrayInputStream(new byte[0]),
                out,
                new ByteArrayOutputStream());
        assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("pooled-hazard-ratio: ", "trimmed-mean: ")
                .doesNotContain("FAILED", "do not suit");
    }

    @Test
    void theTemplateIsThePluginOfTheGuide() throws Exception {
        String guide = author.getOrDefault("demo/TrimmedMean.java", "");
        String template;
        try (java.io.InputStream in = Main.class.getResourceAsStream("plugin/Analysis.java.txt")) {
            template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(statements(template)).isEqualTo(statements(guide));
    }

    /** The body of {@code run} without white space. */
    private static String statements(String source) {
        return source.substring(source.indexOf("double[] x")).replaceAll("\\s", "");
    }

    // ---- hosts

    @Test
    void theFiveLinesOfTheHostsGuideRun() throws Exception {
        try (URLClassLoader classes = classes()) {
            java.io.PrintStream before = System.out;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            System.setOut(new java.io.PrintStream(out, true, StandardCharsets.UTF_8));
            try {
                classes.loadClass("FiveLines").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            } finally {
                System.setOut(before);
            }
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("ok 2");
        }
    }

    @Test
    void theSwingFormOfTheHostsGuideFollowsItsFields() throws Exception {
        Dataset data = csv(Samples.get("bcg").csv());
        try (Workbench workbench = Workbench.openLazily();
                URLClassLoader classes = classes()) {
            Form form = Form.of(workbench.find("mantel-haenszel").orElseThrow()).data(data);
            List<Form> heard = new ArrayList<>();
            Object swing = classes.loadClass("SwingForm")
                    .getConstructor(Form.class, Consumer.class)
                    .newInstance(form, (Consumer<Form>) heard::add);
            JPanel panel = (JPanel) swing.getClass().getMethod("panel").invoke(swing);
            Map<String, Component> widgets = new LinkedHashMap<>();
            Stream.of(panel.getComponents())
                    .filter(component -> component.getName() != null)
                    .forEach(component -> widgets.put(component.getName(), component));

            assertThat(widgets.keySet())
                    .containsExactlyElementsOf(form.groups().stream()
                            .flatMap(group -> group.fields().stream())
                            .map(field -> field.key())
                            .toList());
            assertThat(((JComboBox<?>) widgets.get("mapping.events_t")).getSelectedItem())
                    .isEqualTo(form.value("mapping.events_t"));
            String dependent = form.fields().stream()
                    .filter(field -> field.enabledWhen().isPresent())
                    .findFirst()
                    .orElseThrow()
                    .key();
            assertThat(widgets.get(dependent).isEnabled()).isFalse();

            var condition = form.field(dependent).enabledWhen().orElseThrow();
            ((JComboBox<?>) widgets.get(condition.key())).setSelectedItem(condition.value());

            assertThat(widgets.get(dependent).isEnabled()).isTrue();
            Form last = heard.get(heard.size() - 1);
            assertThat(last.value(condition.key())).isEqualTo(condition.value());
            assertThat(last.fill(workbench.run(last.id(), data)).get().status()).isEqualTo("ok");
            assertThat(widgets.values())
                    .anySatisfy(widget -> assertThat(widget).isInstanceOf(JCheckBox.class))
                    .anySatisfy(widget -> assertThat(widget).isInstanceOf(JTextField.class));
        }
    }

    @Test
    void askAndRunOfTheHostsGuideFillsARun() throws Exception {
        try (Workbench workbench = Workbench.openLazily();
                URLClassLoader classes = classes()) {
            Outcome outcome = (Outcome) classes.loadClass("AskAndRun")
                    .getMethod("run", Workbench.class, String.class, Dataset.class, Map.class)
                    .invoke(
                            null,
                            workbench,
                            "pool",
                            csv(Samples.get("bcg").csv()),
                            Map.of("params.tau2", "pm", "mapping.study", "year"));

            assertThat(outcome.status()).as(outcome.messages().toString()).isEqualTo("ok");
            assertThat(outcome.provenance().params()).containsEntry("tau2", "pm");
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    @Test
    void theForeignHostOfTheHostsGuideGetsAnOutcome() throws Exception {
        String request = host.getOrDefault("request.json", "");
        List<URL> jars = new ArrayList<>();
        for (Path entry : Sources.classPath()) {
            jars.add(entry.toUri().toURL());
        }
        try (URLClassLoader classes = classes()) {
            String outcome = (String) classes.loadClass("ForeignHost")
                    .getMethod("run", URL[].class, String.class)
                    .invoke(null, jars.toArray(URL[]::new), request);

            assertThat(outcome).contains("\"status\": \"ok\"", "\"study\": [\"trial\"]", "\"tau2\": \"dl\"");
        }
    }

    private static Dataset csv(String text) {
        return Dataset.parse("t.csv", text.getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
    }
}

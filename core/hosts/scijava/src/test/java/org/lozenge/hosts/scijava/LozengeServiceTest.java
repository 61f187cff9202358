package org.lozenge.hosts.scijava;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.form.Field;
import org.scijava.Context;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

class LozengeServiceTest {

    private static Context context;
    private static ModuleService modules;
    private static File schools;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws Exception {
        context = new Context(); // all services that SciJava finds, ours among them
        modules = context.service(ModuleService.class);
        schools = Files.writeString(
                        folder.resolve("eight-schools.csv"),
                        Samples.get("eight-schools").csv())
                .toFile();
    }

    @AfterAll
    static void close() {
        context.dispose();
    }

    private static ModuleInfo info(String id) {
        return modules.getModuleById("lozenge:" + id);
    }

    private static Module run(String id, Map<String, Object> inputs) throws Exception {
        return modules.run(info(id), true, inputs).get();
    }

    @Test
    void everyAnalysisIsAModuleWithAPlaceInTheMenu() {
        List<String> ids = context.service(LozengeService.class).workbench().analyses().stream()
                .map(spec -> "lozenge:" + spec.id())
                .toList();
        assertThat(ids).hasSizeGreaterThan(20).allMatch(id -> modules.getModuleById(id) != null);
        assertThat(modules.getModules()).extracting(ModuleInfo::getIdentifier).containsAll(ids);
        assertThat(info("pool").getMenuPath().getMenuString()).isEqualTo("Plugins > Meta-analysis > Pooled effect");
        assertThat(info("pool").getLabel()).isEqualTo("Pooled effect");
        assertThat(info("pool").getDescription()).isNotBlank();
    }

    @Test
    void inputsHaveLabelsRangesChoicesAndDefaults() {
        ModuleItem<?> level = info("pool").getInput("level");
        assertThat(level.getType()).isEqualTo(Double.class);
        assertThat(level.getLabel()).isEqualTo("Confidence level");
        assertThat(level.getDefaultValue()).isEqualTo(0.95);
        ModuleItem<?> test = info("pool").getInput("test");
        assertThat(test.getDefaultValue()).isEqualTo("hksj");
        assertThat(test.getChoices().toString()).contains("hksj", "z");
        assertThat(test.getDescription()).isNotBlank();
    }

    @Test
    void rangesAreThoseOfTheForm() {
        int bounded = 0;
        for (ModuleInfo info : modules.getModules()) {
            if (info instanceof AnalysisInfo analysis) {
                for (Field field : analysis.asked()) {
                    ModuleItem<?> item = info.getInput(AnalysisInfo.input(field));
                    if (field.kind() == Field.Kind.WHOLE && field.min().isPresent()) {
                        assertThat(item.getMinimumValue())
                                .isEqualTo(field.min().get().intValue());
                        bounded++;
                    }
                    if (field.kind() == Field.Kind.NUMBER && field.max().isPresent()) {
                        assertThat(item.getMaximumValue()).isEqualTo(field.max().get());
                        bounded++;
                    }
                }
            }
        }
        assertThat(bounded).isGreaterThan(5);
    }

    @Test
    void inputsOfOneModuleHaveDifferentNames() {
        for (ModuleInfo info : modules.getModules()) {
            if (info instanceof AnalysisInfo) {
                List<String> names = new ArrayList<>();
                info.inputs().forEach(item -> names.add(item.getName()));
                assertThat(names)
                        .as(info.getIdentifier())
                        .doesNotHaveDuplicates()
                        .startsWith("data");
            }
        }
    }

    @Test
    void aRunGivesTextHtmlAndSvg() throws Exception {
        Module done = run("pool", Map.of("data", schools));
        assertThat((String) done.getOutput("text")).contains("Pooled effect", "7.686");
        assertThat((String) done.getOutput("html"))
                .startsWith("<!DOCTYPE html>")
                .contains("<svg ");
        assertThat((String) done.getOutput("svg")).startsWith("<svg ");
        Outcome outcome = (Outcome) done.getOutput("outcome");
        assertThat(outcome.get().item("model", Tabular.class).number("k", 0)).isEqualTo(8);
    }

    @Test
    void inputsReachTheRun() throws Exception {
        Module done = run("pool", Map.of("data", schools, "tau2", "dl", "level", 0.9));
        Outcome outcome = (Outcome) done.getOutput("outcome");
        assertThat(outcome.provenance().params()).containsEntry("tau2", "dl").containsEntry("level", "0.9");
    }

    @Test
    void otherColumnsCanBeNamed() throws Exception {
        File other = Files.writeString(folder.resolve("other.csv"), "who,what,how\nA,1,0.5\nB,2,0.4\nC,1.5,0.6\n")
                .toFile();
        Module done = run("pool", Map.of("data", other, "columns", "study=who; effect=what ;se = how"));
        assertThat(((Outcome) done.getOutput("outcome")).status()).isEqualTo("ok");
    }

    @Test
    void whatIsWrongIsSaidNotThrown() throws Exception {
        Module wrong = run("pool", Map.of("data", schools, "tau2", "nonsense"));
        assertThat((String) wrong.getOutput("text")).contains("nonsense");
        Module missing = run("pool", Map.of("data", new File("no-such.csv")));
        assertThat((String) missing.getOutput("text")).contains("no-such.csv");
    }

    @Test
    void aNewContextFindsThemAgain() {
        try (Context second = new Context(ModuleService.class, LozengeService.class)) {
            assertThat(second.service(ModuleService.class).getModuleById("lozenge:pool"))
                    .isNotNull();
        }
    }
}

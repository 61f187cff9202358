package org.lozenge.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;

class EveryAnalysisHasItsPageTest {

    private static final Path DOCS = Path.of("docs");

    /** Pages that are about something else than one analysis. */
    private static final Set<String> OTHER_PAGES = Set.of("traps", "validation", "README");

    static List<AnalysisSpec> analyses() {
        return ServiceLoader.load(Analysis.class).stream()
                .map(provider -> provider.get().spec())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void namesEachOption(String id) throws IOException {
        AnalysisSpec spec = analyses().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        String own = Files.readString(DOCS.resolve(id + ".md"));
        String page = own + shared(own);
        assertThat(own).startsWith("# " + id + "\n");
        assertThat(own).contains("lozenge run " + id);
        List<String> missing = spec.params().stream()
                .map(Param::name)
                .filter(name -> !isNamed(page, name))
                .toList();
        assertThat(missing).as("options that docs/%s.md does not name", id).isEmpty();
        List<String> required = spec.roles().stream()
                .filter(role -> role.isRequired() && !isNamed(page, role.name()))
                .map(role -> role.name())
                .toList();
        assertThat(required).as("roles that docs/%s.md does not name", id).isEmpty();
        assertThat(spec.alternatives().stream()
                        .filter(group -> group.stream().noneMatch(role -> isNamed(page, role.name())))
                        .toList())
                .as("groups of roles that docs/%s.md does not name", id)
                .isEmpty();
    }

    /** The pages on which options that several analyses share are explained, where a page refers to them. */
    private static String shared(String page) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String other : List.of("effect-size", "pool", "hazard-ratio")) {
            if (page.contains("(" + other + ".md)")) {
                text.append('\n').append(Files.readString(DOCS.resolve(other + ".md")));
            }
        }
        return text.toString();
    }

    static List<String> ids() {
        return analyses().stream().map(AnalysisSpec::id).toList();
    }

    /** Within code marks, alone or among others. */
    private static boolean isNamed(String page, String name) {
        return Pattern.compile("`([^`\n]*[^a-z0-9_`-])?" + Pattern.quote(name) + "([^a-z0-9_`-][^`\n]*)?`")
                .matcher(page)
                .find();
    }

    @Test
    void everyPageBelongsToAnAnalysis() throws IOException {
        try (Stream<Path> files = Files.list(DOCS)) {
            Set<String> pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .map(name -> name.substring(0, name.length() - 3))
                    .filter(name -> !OTHER_PAGES.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(pages).isEqualTo(new TreeSet<>(ids()));
        }
    }
}

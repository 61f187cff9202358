package org.lozenge.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the arrows between modules and packages. A package may use the packages of ours that {@link #ARROWS} names, the
 * libraries that {@link #LIBRARIES} names, and the JDK.
 */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.lozenge");

    /** Package (without {@code org.lozenge.}) to the packages of ours that it may use besides itself. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("plugin", Set.of()),
            Map.entry("samples", Set.of()),
            Map.entry("stats", Set.of()),
            Map.entry("stats.numeric", Set.of("stats")),
            Map.entry("stats.survival", Set.of("stats", "stats.numeric")),
            Map.entry("stats.tau2", Set.of("stats", "stats.numeric")),
            Map.entry("stats.model", Set.of("stats", "stats.numeric", "stats.tau2", "stats.robust")),
            Map.entry("stats.bias", Set.of("stats", "stats.numeric", "stats.tau2", "stats.model", "stats.effect")),
            Map.entry("stats.robust", Set.of("stats", "stats.numeric")),
            Map.entry("stats.multilevel", Set.of("stats", "stats.numeric", "stats.model", "stats.robust")),
            Map.entry("stats.trial", Set.of("stats", "stats.numeric")),
            Map.entry("stats.glmm", Set.of("stats", "stats.numeric", "stats.model")),
            Map.entry("stats.effect", Set.of("stats", "stats.numeric")),
            Map.entry("stats.sensitivity", Set.of("stats", "stats.numeric", "stats.tau2", "stats.model")),
            Map.entry("workbench.table", Set.of("plugin")),
            Map.entry("workbench.mapping", Set.of("plugin", "workbench.table")),
            Map.entry("workbench.plugins", Set.of("plugin")),
            Map.entry("workbench", Set.of("plugin", "workbench.table", "workbench.mapping", "workbench.plugins")),
            Map.entry("workbench.form", Set.of("plugin", "workbench", "workbench.mapping", "workbench.table")),
            Map.entry("workbench.figure", Set.of("plugin")),
            Map.entry("workbench.report", Set.of("plugin", "workbench", "workbench.figure")),
            Map.entry(
                    "workbench.testkit",
                    Set.of(
                            "plugin",
                            "workbench",
                            "workbench.form",
                            "workbench.json",
                            "workbench.report",
                            "workbench.table")),
            Map.entry(
                    "workbench.json",
                    Set.of(
                            "plugin",
                            "workbench",
                            "workbench.form",
                            "workbench.mapping",
                            "workbench.report",
                            "workbench.table")),
            Map.entry(
                    "workbench.isolate",
                    Set.of(
                            "plugin",
                            "workbench",
                            "workbench.json",
                            "workbench.plugins",
                            "workbench.report",
                            "workbench.table")),
            Map.entry("analyses.explore", Set.of()),
            Map.entry(
                    "analyses.shared",
                    Set.of(
                            "plugin",
                            "stats",
                            "stats.numeric",
                            "stats.survival",
                            "stats.trial",
                            "stats.effect",
                            "stats.tau2",
                            "stats.model",
                            "stats.sensitivity",
                            "stats.bias")),
            Map.entry(
                    "analyses.dependent",
                    Set.of(
                            "plugin",
                            "stats",
                            "stats.numeric",
                            "stats.model",
                            "stats.multilevel",
                            "stats.robust",
                            "analyses.shared")),
            Map.entry("analyses.formula", Set.of("plugin", "stats", "stats.tau2", "stats.model", "analyses.shared")),
            Map.entry("analyses.reports", Set.of("plugin", "stats.survival", "analyses.shared")),
            Map.entry(
                    "app",
                    Set.of(
                            "plugin",
                            "samples",
                            "workbench",
                            "workbench.plugins",
                            "workbench.isolate",
                            "workbench.json",
                            "workbench.table",
                            "workbench.form",
                            "workbench.figure",
                            "workbench.report",
                            "workbench.testkit")));

    /** What a bundled analysis may use: the contract, the numbers and what all analyses share; never another topic. */
    private static final Set<String> TOPIC_ARROWS = Set.of(
            "plugin",
            "stats",
            "stats.numeric",
            "stats.survival",
            "stats.trial",
            "stats.effect",
            "stats.tau2",
            "stats.model",
            "stats.sensitivity",
            "stats.robust",
            "stats.multilevel",
            "stats.bias",
            "stats.glmm",
            "analyses.shared",
            "analyses.dependent",
            "analyses.formula",
            "analyses.reports",
            "analyses.explore");

    /** Library package to the only packages of ours that may use it. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("org.apache.commons.math3", Set.of("stats.numeric")),
            Map.entry("org.apache.commons.statistics", Set.of("stats.numeric")),
            // analyses.shared only passes the table of its inputs on; a formula may name any of its columns;
            // analyses.explore takes Tablesaw's bridge to Smile.
            Map.entry(
                    "tech.tablesaw",
                    Set.of(
                            "plugin",
                            "workbench",
                            "workbench.table",
                            "workbench.mapping",
                            "workbench.testkit",
                            "analyses.shared",
                            "analyses.formula",
                            "analyses.explore",
                            "app")),
            Map.entry(
                    "com.fasterxml.jackson",
                    Set.of(
                            "workbench.table",
                            "workbench.form",
                            "workbench.json",
                            "workbench.isolate",
                            "workbench.report",
                            "app")),
            Map.entry("de.siegmar.fastcsv", Set.of("workbench.table", "workbench.report")),
            Map.entry("org.dhatim.fastexcel", Set.of("workbench.table")),
            Map.entry("org.apache.pdfbox", Set.of("workbench.figure")),
            Map.entry("java.awt", Set.of("workbench.figure")),
            Map.entry("picocli", Set.of("app")),
            Map.entry("jdk.jshell", Set.of("app")),
            Map.entry("smile", Set.of("analyses.explore")));

    static Stream<String> packages() {
        return OURS.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring("org.lozenge.".length()))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packages")
    void usesOnlyThePackagesItMay(String name) {
        Set<String> allowed =
                name.startsWith("analyses.") && !ARROWS.containsKey(name) ? TOPIC_ARROWS : ARROWS.get(name);
        assertThat(allowed).as("the architecture names the package " + name).isNotNull();
        List<String> targets = new ArrayList<>(List.of("org.lozenge." + name));
        allowed.forEach(target -> targets.add("org.lozenge." + target));

        classes()
                .that(areIn(name))
                .should()
                .onlyDependOnClassesThat(describe(
                        "are in " + targets + " or not ours",
                        type -> !type.getPackageName().startsWith("org.lozenge")
                                || targets.contains(type.getPackageName())))
                .check(OURS);
    }

    static Stream<String> libraries() {
        return LIBRARIES.keySet().stream().sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("libraries")
    void aLibraryIsUsedWhereItBelongs(String library) {
        noClasses()
                .that(describe(
                        "are outside " + LIBRARIES.get(library),
                        type -> !LIBRARIES
                                .get(library)
                                .contains(type.getPackageName().substring("org.lozenge.".length()))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library, library + "..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.lozenge.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void nothingStaticCanChange() {
        fields().that().areStatic().should().beFinal().check(OURS);
    }

    @Test
    void everyPackageOfTheArchitectureExists() {
        assertThat(packages()).containsAll(ARROWS.keySet());
    }

    private static DescribedPredicate<JavaClass> areIn(String name) {
        return describe("are in " + name, type -> type.getPackageName().equals("org.lozenge." + name));
    }
}

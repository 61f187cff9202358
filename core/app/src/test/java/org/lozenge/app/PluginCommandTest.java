package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PluginCommandTest {

    @TempDir
    private Path folder;

    private record Ended(int status, String out, String err) {}

    private static Ended lozenge(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(List.of(args), new ByteArrayInputStream(new byte[0]), out, err);
        return new Ended(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void writeRepository() throws Exception {
        Files.createDirectories(folder.resolve("repository/org/lozenge"));
        Files.writeString(folder.resolve("repository/org/lozenge/a.pom"), "<project/>");
    }

    private Ended write(String name, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("plugin", "new", name));
        words.addAll(List.of("--out", folder.resolve("made").toString()));
        words.addAll(List.of(more));
        if (!words.contains("--repository")) {
            words.addAll(List.of("--repository", folder.resolve("repository").toString()));
        }
        return lozenge(words.toArray(String[]::new));
    }

    /** What Maven would do with the project, without Maven. */
    private Path build(String name) throws Exception {
        Path classes = folder.resolve("classes");
        Sources.compile(folder.resolve("made/src/main/java"), classes);
        Sources.compile(folder.resolve("made/src"), folder.resolve("test-classes"));
        Sources.copy(folder.resolve("made/src/main/resources"), classes);
        Files.createDirectories(folder.resolve("plugins"));
        return Sources.jar(classes, folder.resolve("plugins/" + name + ".jar"));
    }

    @Test
    void writesAProjectWhoseJarPassesAndLoads() throws Exception {
        Ended made = write("hodges-lehmann");
        assertThat(made.status).as(made.err).isZero();
        assertThat(folder.resolve("made/pom.xml")).content().contains("<artifactId>hodges-lehmann</artifactId>");
        assertThat(folder.resolve("made/repository/org/lozenge/a.pom")).hasContent("<project/>");
        assertThat(folder.resolve("made/.gitignore")).hasContent("target/");
        try (Stream<Path> files = Files.walk(folder.resolve("made"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().doesNotContainPattern("@[A-Z]+@");
            }
        }

        Path jar = build("hodges-lehmann");
        Path snapshot = folder.resolve("spec.json");
        Ended checked = lozenge("plugin", "check", jar.toString(), "--snapshot", snapshot.toString());
        assertThat(checked.status).as(checked.out + checked.err).isZero();
        assertThat(checked.out).startsWith("hodges-lehmann: ").contains("all checks passed", "it was written");
        assertThat(snapshot).exists();

        Path data = Files.writeString(folder.resolve("d.csv"), "yi\n1\n2\n3\n99\n");
        Ended ran = lozenge(
                "run",
                "hodges-lehmann",
                data.toString(),
                "--trim",
                "0.25",
                "--plugins",
                folder.resolve("plugins").toString(),
                "--format",
                "json");
        assertThat(ran.status).as(ran.err).isZero();
        assertThat(ran.out).contains("\"value\": 2.5");
    }

    @Test
    void putsClassesIntoTheGivenPackage() {
        Ended made = write("median", "--package", "org.example.median");

        assertThat(made.status).as(made.err).isZero();
        assertThat(folder.resolve("made/src/main/java/org/example/median/MedianAnalysis.java"))
                .content()
                .startsWith("package org.example.median;");
    }

    static Stream<Arguments> badNames() {
        return Stream.of(
                Arguments.of("HodgesLehmann", List.of(), "such as hodges-lehmann, but not 'HodgesLehmann'"),
                Arguments.of("the_mean", List.of(), "such as the-mean, but not 'the_mean'"),
                Arguments.of("my plugin!", List.of(), "such as my-plugin, but not"),
                Arguments.of("2nd-mean", List.of(), "first a letter"),
                Arguments.of("../mean", List.of(), "such as mean, but not '../mean'"),
                Arguments.of("médiane", List.of(), "lower-case letters"),
                Arguments.of("中央値", List.of(), "such as trimmed-mean, but not"),
                Arguments.of("", List.of(), "such as trimmed-mean, but not ''"),
                Arguments.of("median", List.of("--package", "été"), "'été' cannot be the name of a Java package"),
                Arguments.of("median", List.of("--package", "java.lang"), "Packages below 'java' are not taken"),
                Arguments.of("median", List.of("--package", "org.lozenge.plugin"), "below 'org.lozenge' are not taken"),
                Arguments.of("median", List.of("--repository", "nowhere"), "it has no folder org/lozenge"),
                Arguments.of("-x", List.of(), "NAME is missing"),
                Arguments.of("pool", List.of(), "There is an analysis 'pool' already"),
                Arguments.of("new", List.of(), "'plugins.new' cannot be the name of a Java package"),
                Arguments.of("median", List.of("--package", "org.1"), "'org.1' cannot be the name of a Java package"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badNames")
    void namesThatCannotBeAreRefused(String name, List<String> more, String said) {
        Ended ended = write(name, more.toArray(String[]::new));

        assertThat(ended.status).isEqualTo(ExitStatus.MEND);
        assertThat(ended.err).contains(said);
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void whatIsThereIsLeftAlone() throws Exception {
        Files.createDirectories(folder.resolve("made"));
        Files.writeString(folder.resolve("made/thesis.txt"), "years of work");

        Ended ended = write("median");

        assertThat(ended.status).isEqualTo(ExitStatus.MEND);
        assertThat(ended.err).contains("is not empty", "[folder-in-use]");
        assertThat(folder.resolve("made")).isDirectoryContaining(file -> file.endsWith("thesis.txt"));
        assertThat(folder.resolve("made/pom.xml")).doesNotExist();
    }

    @Test
    void aFileInTheWayIsLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("made"), "years of work");

        Ended ended = write("median");

        assertThat(ended.status).isEqualTo(ExitStatus.MEND);
        assertThat(ended.err).contains("made cannot be a folder: there is a file in its place. [folder-in-use]");
        assertThat(file).hasContent("years of work");
    }

    static Stream<Arguments> badCalls() {
        return Stream.of(
                Arguments.of(List.of("plugin"), "is missing"),
                Arguments.of(List.of("plugin", "neew", "a"), "Did you mean 'new'"),
                Arguments.of(List.of("plugin", "check"), "JAR is missing"),
                Arguments.of(List.of("plugin", "check", "no.jar"), "There is no jar 'no.jar'"),
                Arguments.of(List.of("plugin", "new", "a", "--ouut", "b"), "Did you mean '--out'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCalls")
    void badCallsSayWhatToDo(List<String> call, String said) {
        Ended ended = lozenge(call.toArray(String[]::new));

        assertThat(ended.status).as(ended.out).isEqualTo(ExitStatus.MEND);
        assertThat(ended.err).contains(said);
    }

    @Test
    void aPluginThatFailsEndsWithStatusThreeAndAReport() throws Exception {
        write("median");
        Path source = folder.resolve("made/src/main/java/plugins/median/MedianAnalysis.java");
        Files.writeString(
                source,
                Files.readString(source)
                        .replace("int cut = (int) (x.length * in.get(TRIM));", "int cut = Math.min(0, 1 / x.length);"));
        Path jar = build("median");

        Ended ended = lozenge("plugin", "check", jar.toString());
        assertThat(ended.status).as(ended.err).isEqualTo(ExitStatus.FAILED);
        assertThat(ended.out).contains("FAILED  dead-options", "No run read the option 'trim'");

        Ended mild = lozenge(
                "plugin",
                "check",
                jar.toString(),
                "--idle",
                "trim",
                "--data",
                "sample:eight-schools",
                "--map",
                "value=effect");
        assertThat(mild.status).as(mild.out + mild.err).isZero();

        Ended without = lozenge("plugin", "check", jar.toString(), "--without", "dead-option");
        assertThat(without.status).isEqualTo(ExitStatus.MEND);
        assertThat(without.err).contains("Did you mean 'dead-options'");

        Ended other = lozenge("plugin", "check", jar.toString(), "--analysis", "mean");
        assertThat(other.status).isEqualTo(ExitStatus.MEND);
        assertThat(other.err).contains("It brings median");
    }

    @Test
    void aJarWithoutAnAnalysisFails() throws Exception {
        Path jar = Sources.jar(Files.createDirectories(folder.resolve("empty")), folder.resolve("empty.jar"));

        Ended ended = lozenge("plugin", "check", jar.toString());

        assertThat(ended.status).isEqualTo(ExitStatus.FAILED);
        assertThat(ended.out).contains("empty.jar: loading", "It brings no analysis.");
    }

    @Test
    void aFileThatIsNoJarFailsUnderItsOwnName() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");

        Ended ended = lozenge("plugin", "check", text.toString());

        assertThat(ended.status).isEqualTo(ExitStatus.FAILED);
        assertThat(ended.out).contains("error: " + text + " is not a jar that can be read", "[bad-jar]");
    }

    @Test
    void aNameThatHostsPassOverIsRefused() throws Exception {
        Path zip = Files.writeString(folder.resolve("median.zip"), "");

        Ended ended = lozenge("plugin", "check", zip.toString());

        assertThat(ended.status).isEqualTo(ExitStatus.MEND);
        assertThat(ended.err).contains("median.zip' is not named as a plugin: that is NAME.jar", "[not-a-plugin]");
    }

    @Test
    void aFolderIsAPluginWithItsLibraries() throws Exception {
        write("median");
        Path jar = build("median");
        Path plugin = Files.createDirectories(folder.resolve("in/median"));
        Files.copy(jar, plugin.resolve("median.jar"));
        Files.writeString(plugin.resolve("README.txt"), "not a jar");
        Sources.jar(Files.createDirectories(folder.resolve("none")), plugin.resolve("library.jar"));

        Ended ended = lozenge("plugin", "check", plugin.toString());
        assertThat(ended.status).as(ended.out + ended.err).isZero();
        assertThat(ended.out).startsWith("median: ").contains("all checks passed");

        Ended empty = lozenge("plugin", "check", folder.resolve("none").toString());
        assertThat(empty.status).isEqualTo(ExitStatus.FAILED);
        assertThat(empty.out).contains("none: loading", "holds no jar");
    }

    @Test
    void helpFollowsTheAction() {
        assertThat(lozenge("plugin", "--help").out).contains("lozenge plugin new|check");
        assertThat(lozenge("plugin", "new", "--help").out).contains("--package", "--repository");
        assertThat(lozenge("plugin", "check", "--help").out).contains("--data", "--snapshot", "--without");
    }
}

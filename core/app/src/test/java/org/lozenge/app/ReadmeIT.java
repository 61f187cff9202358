package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what the README shows: every {@code bash} block that calls the program, the host application, and the JShell
 * session. A block that belongs to the build itself (it calls Maven) is checked for what it names, not run again.
 */
class ReadmeIT {

    private static final Path ROOT = root();
    private static final Path DISTRIBUTION = ROOT.resolve("core/app/target/lozenge");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private record Block(String language, String code) {}

    private record Ended(int status, String output) {}

    @Test
    void buildCommandRunsTheMainJob() throws Exception {
        String command = only(marked("build")).code().strip();

        assertThat(command).startsWith("mvn -q -DskipTests package && ");
        Ended ended = bash(command.substring(command.indexOf("&& ") + 3));
        assertThat(ended.status).as(ended.output).isZero();
        assertThat(folder.resolve("review/report.html")).content().contains("<svg", "QuiRedex", "IFM 2005-02");
        assertThat(folder.resolve("review/results.json")).exists();
    }

    @Test
    void testCommandIsTheOneThatRunsThisTest() throws Exception {
        assertThat(only(marked("test")).code().strip()).isEqualTo("mvn verify");
    }

    @Test
    void commandLineBlocksRun() throws Exception {
        List<Block> blocks = marked("command line");
        assertThat(blocks).isNotEmpty();
        for (Block block : blocks) {
            Ended ended = bash(block.code());
            assertThat(ended.status).as(block.code() + "\n" + ended.output).isZero();
        }
    }

    @Test
    void hostApplicationCompilesAndPrintsWhatTheReadmeSays() throws Exception {
        String code = marked("host").stream()
                .filter(block -> block.language.equals("java"))
                .findFirst()
                .orElseThrow()
                .code();
        Matcher name = Pattern.compile("public (?:final )?class (\\w+)").matcher(code);
        assertThat(name.find()).isTrue();
        Files.writeString(folder.resolve(name.group(1) + ".java"), code);
        Path java = Path.of(System.getProperty("java.home"), "bin");
        String classPath = DISTRIBUTION.resolve("lib") + "/*";

        Ended compiled = run(List.of(
                java.resolve("javac").toString(),
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                ".",
                name.group(1) + ".java"));
        assertThat(compiled.status).as(compiled.output).isZero();
        Ended ended = run(List.of(
                java.resolve("java").toString(),
                "-cp",
                "." + java.getFileSystem().getSeparator().replace("/", ":") + classPath,
                name.group(1)));

        assertThat(ended.status).as(ended.output).isZero();
        for (String line : expected("host")) {
            assertThat(ended.output).contains(line);
        }
    }

    @Test
    void jshellSessionPrintsWhatTheReadmeSays() throws Exception {
        Block session = marked("jshell").get(0);
        StringBuilder input = new StringBuilder();
        List<String> prints = new ArrayList<>();
        for (String line : session.code().lines().toList()) {
            if (line.startsWith("lozenge> ")) {
                input.append(line.substring("lozenge> ".length())).append('\n');
            } else if (!line.isBlank() && !line.startsWith("…")) {
                prints.add(line.strip());
            }
        }
        assertThat(input.toString()).isNotBlank();
        Files.writeString(folder.resolve("session.txt"), input + "/exit\n");

        Ended ended = bash("core/app/target/lozenge/bin/lozenge jshell < session.txt");

        assertThat(ended.status).as(ended.output).isZero();
        for (String line : prints) {
            assertThat(ended.output.lines().map(String::strip)).contains(line);
        }
    }

    @Test
    void pictureIsTheOneThatTheProgramDraws() throws Exception {
        Matcher picture = Pattern.compile("\\]\\((\\.github/[\\w-]+\\.svg)\\)").matcher(readme());
        assertThat(picture.find()).isTrue();
        Path shown = ROOT.resolve(picture.group(1));

        Ended ended = bash("core/app/target/lozenge/bin/lozenge review sample:lenalidomide --out again --quiet");

        assertThat(ended.status).as(ended.output).isZero();
        try (Stream<Path> figures = Files.list(folder.resolve("again/figures"))) {
            String drawn = Files.readString(figures.filter(file -> file.getFileName()
                            .toString()
                            .equals(shown.getFileName().toString()))
                    .findFirst()
                    .orElseThrow());
            assertThat(Files.readString(shown)).isEqualTo(drawn);
        }
    }

    /** Lines that a block of plain text directly below a marked block says are printed. */
    private static List<String> expected(String mark) throws IOException {
        return marked(mark).stream()
                .filter(block -> block.language.equals("text"))
                .flatMap(block -> block.code().lines())
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** The code blocks between {@code <!-- mark -->} and the next comment or heading. */
    private static List<Block> marked(String mark) throws IOException {
        String text = readme();
        int start = text.indexOf("<!-- " + mark + " -->");
        assertThat(start).as("README.md has a part <!-- " + mark + " -->").isNotNegative();
        Matcher end = Pattern.compile("\\n(<!--|## )").matcher(text);
        String part = end.find(start + 5) ? text.substring(start, end.start()) : text.substring(start);
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(part);
        while (block.find()) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
        return blocks;
    }

    private static Block only(List<Block> blocks) {
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private Ended bash(String command) throws Exception {
        Path link = folder.resolve("core");
        if (Files.notExists(link)) {
            Files.createSymbolicLink(link, ROOT.resolve("core"));
        }
        return run(List.of("bash", "-euc", command));
    }

    private Ended run(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path output = folder.resolve("output.txt");
        builder.redirectOutput(output.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("plugin-api"))) {
            at = at.getParent();
        }
        return at;
    }
}

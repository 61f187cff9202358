package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins, isolation and replays from the command line. */
class PluginFoldersTest {

    private static final String TRIM = """
            package demo;
            import java.util.Arrays;
            import org.lozenge.plugin.*;
            public final class Trim implements Analysis {
                static final Role VALUE = Role.number("value", "Values");
                static final Param<Double> TRIM = Param.number("trim", "Fraction", 0.2).min(0.0).max(0.49).formerly("cut");
                public AnalysisSpec spec() {
                    return AnalysisSpec.of("trim", "Trimmed mean").roles(VALUE).params(TRIM).formerly("old-trim");
                }
                public AnalysisResult run(Inputs in, RunContext context) {
                    double[] x = in.numbers(VALUE);
                    Arrays.sort(x);
                    int cut = (int) (x.length * in.get(TRIM));
                    double mean = Arrays.stream(x, cut, x.length - cut).average().orElse(Double.NaN);
                    return AnalysisResult.of(Scalar.of("mean", "Trimmed mean", mean));
                }
            }
            """;

    /** Ends its program, and every other time gives another number: it reads the clock. */
    private static final String RUDE = """
            package demo;
            import org.lozenge.plugin.*;
            public final class Rude implements Analysis {
                static final Param<Boolean> EXIT = Param.flag("exit", "Exit", true);
                public AnalysisSpec spec() { return AnalysisSpec.of("rude", "Rude").params(EXIT); }
                public AnalysisResult run(Inputs in, RunContext context) {
                    if (in.get(EXIT)) System.exit(0);
                    return AnalysisResult.of(Scalar.of("now", "Now", System.nanoTime()));
                }
            }
            """;

    private static final String UNLISTED =
            TRIM.replace("Trim ", "Unlisted ").replace("\"trim\", \"T", "\"unlisted\", \"T");

    @TempDir
    private static Path folder;

    @TempDir
    private Path work;

    private record Ended(int status, String out, String err) {}

    @BeforeAll
    static void build() throws Exception {
        plugin("trim", "Trim", TRIM, true);
        plugin("rude", "Rude", RUDE, true);
        plugin("unlisted", "Unlisted", UNLISTED, false);
    }

    private static void plugin(String name, String type, String source, boolean listed) throws Exception {
        Path sources = folder.resolve("sources").resolve(name);
        Path classes = folder.resolve("classes").resolve(name);
        Files.createDirectories(sources);
        Files.writeString(sources.resolve(type + ".java"), source);
        Sources.compile(sources, classes);
        if (listed) {
            Path services = classes.resolve("META-INF/services/org.lozenge.plugin.Analysis");
            Files.createDirectories(services.getParent());
            Files.writeString(services, "demo." + type + "\n");
        }
        Files.createDirectories(folder.resolve("plugins"));
        Sources.jar(classes, folder.resolve("plugins/" + name + ".jar"));
    }

    private static Ended lozenge(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(List.of(args), new ByteArrayInputStream(new byte[0]), out, err);
        return new Ended(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Ended withPlugins(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--plugins", folder.resolve("plugins").toString()));
        return lozenge(all.toArray(String[]::new));
    }

    private String data(String rows) throws Exception {
        return Files.writeString(work.resolve("d.csv"), "value\n" + rows).toString();
    }

    @Test
    void theyAreListedDescribedAndRun() throws Exception {
        Ended list = withPlugins("list");
        assertThat(list.status).isZero();
        assertThat(list.out).contains("trim  ", "rude  ", "pool  ").doesNotContain("unlisted ");
        assertThat(list.err)
                .isEqualTo(
                        "warning: unlisted: demo.Unlisted implements Analysis, but is not listed, so it is not used. Add"
                                + " the line 'demo.Unlisted' to META-INF/services/org.lozenge.plugin.Analysis. [not-listed]\n");

        assertThat(withPlugins("describe", "trim").out).contains("--trim", "from 0 up to 0.49");
        Ended run = withPlugins("run", "trim", data("1\n2\n60\n"), "--trim", "0.4");
        assertThat(run.status).as(run.err).isZero();
        assertThat(run.out).contains("Trimmed mean  2");
        assertThat(lozenge("run", "trim", "x.csv").err).contains("There is no analysis 'trim'");
        assertThat(lozenge("list", "--plugins", "no-such-folder").err)
                .contains("error: no-such-folder: there is no such folder to take plugins from");
    }

    @Test
    void formerNamesWorkWithAWarning() throws Exception {
        Ended run = withPlugins("run", "old-trim", data("1\n2\n60\n"), "--cut", "0.4");
        assertThat(run.status).as(run.err).isZero();
        assertThat(run.out)
                .contains("Trimmed mean  2", "'old-trim' is now called 'trim'. [renamed-analysis]")
                .contains("Option 'cut' is now called 'trim'. [renamed-option]");
        assertThat(withPlugins("describe", "old-trim").out)
                .contains("lozenge run trim DATA")
                .doesNotContain("--cut");
    }

    @Test
    void aListOfAllowedPluginsKeepsOthersOut() throws Exception {
        Path list = Files.writeString(work.resolve("allowed.txt"), "trim.jar\n");
        Ended ended = withPlugins("list", "--allow-plugins", list.toString());
        assertThat(ended.out).contains("trim  ").doesNotContain("rude  ");
        assertThat(ended.err).contains("rude.jar is refused: it is not on the list", "If you trust it, add the line '");
    }

    @Test
    void aRunThatEndsItsProgramIsSurvivedInAProcessOfItsOwn() throws Exception {
        Ended ended = withPlugins("run", "rude", data("1\n"), "--isolate", "--memory", "64");
        assertThat(ended.status).isEqualTo(ExitStatus.FAILED);
        assertThat(ended.err)
                .contains("'rude' of the plugin rude ended its process with exit status 0 in place of a result");
        assertThat(lozenge("run", "pool", "sample:bcg", "--memory", "64").err)
                .contains("--memory limits the memory of a process of its own");
        assertThat(lozenge("run", "pool", "sample:bcg", "--isolate", "--memory", "1").err)
                .contains("--memory takes megabytes from 16 on");
    }

    @Test
    void anIsolatedRunGivesTheSameBytes() {
        String[] call = {"run", "pool", "sample:lenalidomide-maintenance", "--tau2", "dl", "--format", "json"};
        List<String> isolated = new ArrayList<>(List.of(call));
        isolated.add("--isolate");
        assertThat(lozenge(isolated.toArray(String[]::new)).out).isEqualTo(lozenge(call).out);
    }

    @Test
    void aReplayIsEqualOrSaysWhatChanged() throws Exception {
        String data = data("1\n2\n60\n");
        String saved = work.resolve("saved.json").toString();
        assertThat(withPlugins("run", "old-trim", data, "--cut", "0.4", "--out", saved).status)
                .isZero();

        Ended equal = withPlugins("replay", saved);
        assertThat(equal.out)
                .isEqualTo("equal: the run of 'trim' on d.csv gives the same outcome (1 numbers compared)\n");
        assertThat(equal.status).isZero();

        data("1\n3\n60\n");
        Ended other = withPlugins("replay", saved);
        assertThat(other.status).isEqualTo(ExitStatus.DIFFERENT);
        assertThat(other.out)
                .startsWith(
                        "different: the run of 'trim' on d.csv gives another outcome (1 numbers compared, largest relative"
                                + " difference 0.33)\n  input.sha256 was '")
                .endsWith("  items mean.value was 2, is 3\n");

        assertThat(lozenge("replay", saved).err)
                .contains("There is no analysis 'trim'. It was one of the plugin 'trim': name the folder");
        assertThat(lozenge("replay", data).err).contains("is not an outcome that '--format json' wrote");
        assertThat(lozenge("replay", "no.json").err).contains("no.json: there is no such file");
        assertThat(withPlugins("replay", saved, "--tolerance", "2").err).contains("--tolerance takes a number");
        Files.delete(Path.of(data));
        assertThat(withPlugins("replay", saved).err).contains("The data 'd.csv' are neither beside");
    }

    @Test
    void aReplayFindsAnAnalysisThatIsNotDeterministic() throws Exception {
        String saved = work.resolve("saved.json").toString();
        assertThat(withPlugins("run", "rude", data("1\n"), "--exit", "false", "--out", saved).status)
                .isZero();
        Ended ended = withPlugins("replay", saved);
        assertThat(ended.status).isEqualTo(ExitStatus.DIFFERENT);
        assertThat(ended.out).contains("items now.value was ");
    }

    @Test
    void aReviewInAFolderCanBeReplayed() {
        Path review = work.resolve("review");
        assertThat(lozenge("review", "sample:lenalidomide", "--out", review.toString(), "--quiet").status)
                .isZero();
        Ended ended = lozenge("replay", review.toString());
        assertThat(ended.status).as(ended.out + ended.err).isZero();
        assertThat(ended.out).startsWith("equal: the run of 'review' on sample:lenalidomide");
    }
}

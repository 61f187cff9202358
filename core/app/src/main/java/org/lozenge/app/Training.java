package org.lozenge.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the classes that commands commonly need, for the archive of classes that makes them start fast. The launcher
 * script runs it; its output goes nowhere.
 */
final class Training {

    private static final List<String> CALLS = List.of(
            "--help",
            "list",
            "list --json",
            "describe pool",
            "describe pool --json-schema",
            "run --help",
            "sample",
            "run pool sample:lenalidomide-maintenance",
            "run pool sample:lenalidomide-maintenance --format json",
            "run pool sample:lenalidomide-maintenance --format csv",
            "run pool sample:lenalidomide-maintenance --tau3 dl");

    private Training() {}

    /** Makes a few calls. */
    public static void main(String[] args) throws IOException {
        CALLS.forEach(call -> call(call.split(" ")));
        Path folder = Files.createTempDirectory("lozenge");
        try {
            call(
                    "run",
                    "pool",
                    "sample:lenalidomide-maintenance",
                    "--out",
                    folder.resolve("pool.html").toString());
            call(
                    "review",
                    "sample:lenalidomide",
                    "--out",
                    folder.resolve("review").toString());
        } finally {
            delete(folder);
        }
        System.exit(ExitStatus.DONE);
    }

    private static void call(String... words) {
        Main.run(
                Arrays.asList(words),
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}

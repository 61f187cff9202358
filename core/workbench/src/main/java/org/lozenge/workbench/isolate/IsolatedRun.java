package org.lozenge.workbench.isolate;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.RunSettings;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.report.Report;

/**
 * The process of an isolated run. It reads the request from a folder and leaves the outcome there; on standard output it
 * tells how far it is, and when standard input ends, the run is cancelled: so it does not outlive its host.
 */
@SuppressForbidden("takes the standard streams away from plugins, and owns its process")
final class IsolatedRun {

    private IsolatedRun() {}

    /**
     * Runs one analysis and ends the process.
     *
     * @param args the folder
     */
    public static void main(String[] args) throws IOException {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        run(Path.of(args[0]), in, new Frames(out));
        Runtime.getRuntime().halt(0); // threads and hooks of plugins do not keep it
    }

    private static void run(Path folder, InputStream in, Frames frames) throws IOException {
        RunSettings settings = RequestFile.read(folder.resolve(Isolation.REQUEST));
        Workbench workbench = Workbench.openLazily(settings.plugins());
        RunHandle handle = run(workbench, settings).onProgress(frames::progress).start();
        frames.started();
        watch(in, handle);
        Outcome outcome = handle.get();
        if (outcome instanceof Outcome.Failed failed) {
            Files.writeString(folder.resolve(Isolation.TRACE), failed.trace());
        }
        Path part = Files.writeString(
                folder.resolve(Isolation.OUTCOME + ".part"), Report.of(outcome).losslessJson());
        Files.move(part, folder.resolve(Isolation.OUTCOME), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Run run(Workbench workbench, RunSettings settings) {
        Run run = workbench
                .run(settings.analysis(), settings.data())
                .seed(settings.seed())
                .timeoutMillis(settings.timeoutMillis())
                .strict(settings.strict());
        for (Map.Entry<String, List<String>> role : settings.columns().entrySet()) {
            run = run.map(role.getKey(), role.getValue().toArray(String[]::new));
        }
        for (Map.Entry<String, String> option : settings.options().entrySet()) {
            run = run.set(option.getKey(), option.getValue());
        }
        for (RunSettings.Condition condition : settings.conditions()) {
            run = run.where(condition.column(), condition.value());
        }
        return settings.by().isPresent() ? run.by(settings.by().get()) : run;
    }

    private static void watch(InputStream in, RunHandle handle) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (in.read() >= 0) {
                            Thread.onSpinWait();
                        }
                        handle.cancel();
                        Thread.sleep(IsolatedProcess.GRACE_MILLIS);
                    } catch (IOException | InterruptedException e) {
                        handle.cancel();
                    }
                    Runtime.getRuntime().halt(1);
                },
                "lozenge-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** What the process tells its host: lines that begin with a character that no text holds. */
    private static final class Frames {
        private final OutputStream out;

        Frames(OutputStream out) {
            this.out = out;
        }

        void started() {
            write("started");
        }

        void progress(double fraction, String step) {
            write(fraction + " " + step.replace('\n', ' '));
        }

        private synchronized void write(String text) {
            try {
                out.write(("\n" + Isolation.FRAME + text + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) { // nobody listens any more, and the end of standard input will tell
                return;
            }
        }
    }
}

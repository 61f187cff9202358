package org.lozenge.app;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.NumberText;

/** The command {@code lozenge}. */
public final class Main {

    private static final int USUAL_COLUMNS = 100;

    private Main() {}

    /** Runs a command line and ends the program with an {@link ExitStatus}. */
    public static void main(String[] args) {
        int status = run(
                Arrays.asList(args),
                new Console(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                        new FileOutputStream(FileDescriptor.out),
                        new FileOutputStream(FileDescriptor.err),
                        setting()));
        System.exit(status);
    }

    /**
     * Runs a command line in this JVM, as if neither output were a terminal.
     *
     * @param in what {@code -} reads
     * @param out gets the results, UTF-8
     * @param err gets everything else, UTF-8
     * @return an {@link ExitStatus}
     */
    public static int run(List<String> args, InputStream in, OutputStream out, OutputStream err) {
        return run(args, new Console(in, out, err, Console.Setting.PLAIN));
    }

    /** The launcher script knows whether there is a terminal; Java does not, unless all three streams are one. */
    private static Console.Setting setting() {
        boolean out = Boolean.getBoolean("lozenge.out.terminal");
        boolean err = Boolean.getBoolean("lozenge.err.terminal");
        int columns = Optional.ofNullable(System.getProperty("lozenge.columns"))
                .flatMap(NumberText::parse)
                .map(Double::intValue)
                .filter(n -> n >= 40)
                .orElse(USUAL_COLUMNS);
        boolean colour =
                Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty()
                        && !"dumb".equals(System.getenv("TERM"));
        boolean debug = "1".equals(System.getenv("LOZENGE_DEBUG"));
        return new Console.Setting(out, err, out ? columns : USUAL_COLUMNS, colour, debug);
    }

    static int run(List<String> args, Console console) {
        try (Host host = new Host()) {
            return new CommandLines(commands(host)).run(args, console);
        } catch (Console.WriteException e) {
            return unwritable(e, console);
        } catch (UncheckedIOException e) {
            return unwritten(e, console);
        } catch (CommandException e) {
            console.tell(e.messages());
            return e.status();
        } catch (OutOfMemoryError e) {
            console.tell("error: The memory is too small. Give more: JAVA_OPTS=-Xmx4g in the environment. [memory]");
            return ExitStatus.FAILED;
        } catch (RuntimeException | Error e) {
            return broken(e, console);
        }
    }

    private static Map<String, Command> commands(Host host) {
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put("list", new ListCommand(host));
        commands.put("describe", new DescribeCommand(host));
        commands.put("run", new RunCommand(host));
        commands.put("review", new ReviewCommand(host));
        commands.put("replay", new ReplayCommand(host));
        commands.put("sample", new SampleCommand());
        commands.put("plugin", new PluginCommand(host));
        commands.put("jshell", new ShellCommand());
        return commands;
    }

    /** A reader that has enough closes the pipe; that is no error. */
    private static int unwritable(Console.WriteException e, Console console) {
        String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("broken pipe") || reason.contains("pipe is being closed")) {
            return ExitStatus.BROKEN_PIPE;
        }
        console.tell("error: Cannot write to standard output: " + e.getMessage() + " [write]");
        return ExitStatus.WRITE_FAILED;
    }

    private static int unwritten(UncheckedIOException e, Console console) {
        console.tell("error: " + e.getMessage() + " [write]");
        trace(e, console);
        return ExitStatus.WRITE_FAILED;
    }

    private static int broken(Throwable e, Console console) {
        console.tell(
                "error: Lozenge itself broke (" + Console.clean(e.toString()).replace('\n', ' ')
                        + "). Please report this with the command and the data, if you may share them;"
                        + " LOZENGE_DEBUG=1 in the environment shows where. [internal]");
        trace(e, console);
        return ExitStatus.FAILED;
    }

    private static void trace(Throwable e, Console console) {
        if (console.setting().debug()) {
            java.io.StringWriter text = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(text));
            console.tell(text.toString());
        }
    }
}

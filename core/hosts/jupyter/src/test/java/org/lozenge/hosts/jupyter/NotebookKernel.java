package org.lozenge.hosts.jupyter;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * JJava's base kernel with JShell behind it: protocol, rendering and extensions are JJava's own. Maven Central has these,
 * but not the kernel that JJava builds of them.
 */
public final class NotebookKernel extends BaseKernel implements AutoCloseable {

    /** What the last expression gave; JShell runs in this JVM and writes it here. */
    public static volatile Object value;

    private final JShell shell;

    NotebookKernel() {
        super(
                "lozenge-test",
                "1",
                new LanguageInfo.Builder("Java")
                        .version("17")
                        .mimetype("text/x-java-source")
                        .fileExtension(".jshell")
                        .pygments("java")
                        .codemirror("java")
                        .build(),
                List.of(),
                null,
                new JupyterIO(StandardCharsets.UTF_8),
                new CommManager(),
                new Renderer(),
                new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
                new MagicsRegistry(),
                true,
                new StringStyler.Builder().build());
        shell = JShell.builder().executionEngine("local").build();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            shell.addToClasspath(entry);
        }
        installExtensions(NotebookKernel.class.getClassLoader());
    }

    /** Serves Jupyter; the argument is its connection file. */
    public static void main(String[] arguments) throws Exception {
        JupyterConnection connection =
                new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0]))));
        try (NotebookKernel kernel = new NotebookKernel()) {
            kernel.becomeHandlerForConnection(connection);
            connection.connect();
            kernel.onStartup();
            connection.waitUntilClose();
        }
        System.exit(0);
    }

    @Override
    public Object evalRaw(String source) {
        Object last = null;
        String rest = source;
        while (!rest.isBlank()) {
            CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (info.source() == null) {
                throw new IllegalArgumentException("Not a whole statement: " + rest);
            }
            last = snippet(info.source());
            rest = info.remaining();
        }
        return last;
    }

    private Object snippet(String source) {
        Object last = null;
        for (SnippetEvent event : shell.eval(source)) {
            if (event.exception() != null) {
                throw new IllegalStateException(
                        source + ": " + event.exception().getMessage(), event.exception());
            }
            if (event.status() == Snippet.Status.REJECTED) {
                List<String> said = shell.diagnostics(event.snippet())
                        .map((Diag diag) -> diag.getMessage(null))
                        .toList();
                throw new IllegalArgumentException(source + ": " + said);
            }
            last = value(event.snippet());
        }
        return last;
    }

    private Object value(Snippet snippet) {
        if (snippet.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                && snippet.subKind() != Snippet.SubKind.VAR_VALUE_SUBKIND) {
            return null;
        }
        String name = snippet instanceof jdk.jshell.VarSnippet variable ? variable.name() : snippet.source();
        value = null;
        shell.eval(NotebookKernel.class.getName() + ".value = " + name + ";");
        return value;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return new ReplacementOptions(List.of(), at, at);
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_MAYBE;
    }

    @Override
    public void close() {
        shell.close();
    }
}

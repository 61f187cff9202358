package org.lozenge.hosts.jupyter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.ResultItem;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.figure.Figure;
import org.lozenge.workbench.report.Fragment;
import org.lozenge.workbench.table.Dataset;

/**
 * Teaches the JJava kernel how to show outcomes, results and their parts (as HTML with tables and inline SVG), figures
 * (as images), and data sets (as the first rows of a table). Each has a form in plain text too, for viewers without HTML.
 *
 * <p>The kernel installs it when the jar is on its class path: at its start, or when {@code %classpath} or {@code %jars}
 * adds it.
 */
public final class LozengeExtension implements Extension {

    /** For the kernel, which finds this class by the services file. */
    public LozengeExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        register(kernel.getRenderer());
    }

    private static void register(Renderer renderer) {
        renderer.createRegistration(Outcome.class)
                .preferring(MIMEType.TEXT_HTML)
                .register((outcome, context) -> show(Fragment.of(outcome), context));
        renderer.createRegistration(AnalysisResult.class)
                .preferring(MIMEType.TEXT_HTML)
                .register((result, context) -> show(Fragment.of(result), context));
        renderer.createRegistration(ResultItem.class)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.IMAGE_SVG)
                .register(LozengeExtension::show);
        renderer.createRegistration(Figure.class)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.IMAGE_SVG)
                .register(LozengeExtension::show);
        renderer.createRegistration(Dataset.class)
                .preferring(MIMEType.TEXT_HTML)
                .register((data, context) -> show(Fragment.of(FirstRows.of(data)), context));
    }

    private static void show(Fragment fragment, RenderContext context) {
        context.renderIfRequested(MIMEType.TEXT_HTML, fragment::html);
        context.renderIfRequested(MIMEType.TEXT_PLAIN, fragment::text);
    }

    private static void show(ResultItem item, RenderContext context) {
        show(Fragment.of(item), context);
        if (Figure.canDraw(item)) {
            context.renderIfRequested(MIMEType.IMAGE_SVG, () -> Figure.of(item).svg());
        }
    }

    private static void show(Figure figure, RenderContext context) {
        context.renderIfRequested(MIMEType.TEXT_HTML, () -> image(figure));
        context.renderIfRequested(MIMEType.IMAGE_SVG, figure::svg);
        context.renderIfRequested(MIMEType.TEXT_PLAIN, figure::description);
    }

    /** As an image, whose ids are its own: figures of the same plot in several cells must not share any. */
    private static String image(Figure figure) {
        byte[] svg = figure.svg().getBytes(StandardCharsets.UTF_8);
        return "<img style=\"max-width: 100%; background: #fff\" alt=\"" + attribute(figure.description())
                + "\" src=\"data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg) + "\">";
    }

    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}

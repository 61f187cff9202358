package org.lozenge.workbench.report;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.figure.Figure;

/**
 * An outcome as a folder: {@code report.html}, {@code report.md}, {@code results.json}, {@code tables/*.csv},
 * {@code figures/*}, and {@code manifest.txt} with the SHA-256 of each of them. Items within sections have the ids of
 * their sections in front of their names.
 *
 * <p>The folder appears whole or not at all. A folder that Lozenge wrote before is replaced, unless somebody added or
 * changed a file in it; any other folder that is not empty is left alone.
 */
public final class ReportFolder {

    /** What a folder can hold. */
    public enum Content {
        /** {@code report.html}. */
        HTML,
        /** {@code report.md}. */
        MARKDOWN,
        /** {@code results.json}. */
        JSON,
        /** {@code tables/*.csv}. */
        TABLES
    }

    /** File formats of figures. */
    public enum FigureFormat {
        /** Vector graphics for the web. */
        SVG,
        /** Pixels, 300 per inch. */
        PNG,
        /** Vector graphics for print. */
        PDF
    }

    private static final int DPI = 300;

    private final Report report;
    private final Outcome outcome;
    private final Set<Content> contents;
    private final Set<FigureFormat> figures;

    private ReportFolder(Report report, Outcome outcome, Set<Content> contents, Set<FigureFormat> figures) {
        this.report = report;
        this.outcome = outcome;
        this.contents = contents.isEmpty() ? EnumSet.noneOf(Content.class) : EnumSet.copyOf(contents);
        this.figures = figures.isEmpty() ? EnumSet.noneOf(FigureFormat.class) : EnumSet.copyOf(figures);
    }

    /** Returns a folder with everything and figures as SVG and PNG. */
    static ReportFolder of(Report report, Outcome outcome) {
        return new ReportFolder(
                report, outcome, EnumSet.allOf(Content.class), EnumSet.of(FigureFormat.SVG, FigureFormat.PNG));
    }

    /** Returns this folder with these contents only, beside the figures. */
    public ReportFolder contents(Set<Content> chosen) {
        return new ReportFolder(report, outcome, chosen, figures);
    }

    /** Returns this folder with figures in these formats; none for no figures. */
    public ReportFolder figures(Set<FigureFormat> formats) {
        return new ReportFolder(report, outcome, contents, formats);
    }

    /**
     * Writes the folder.
     *
     * @param folder made together with the folders above it
     * @throws FolderInUseException if it holds files that Lozenge did not write
     * @throws UncheckedIOException if it cannot be written; an older folder is left as it was
     */
    public void write(Path folder) {
        FolderSwap.write(folder, files());
    }

    /** Returns the figures by name of the file, for a place without a folder. */
    public Map<String, byte[]> figureFiles() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        new Walk(files, "", "").figures();
        return files;
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Walk walk = new Walk(files, "tables/", "figures/");
        IdentityHashMap<ResultItem, String> pictures = walk.figures();
        if (contents.contains(Content.HTML)) {
            put(files, "report.html", report.html());
        }
        if (contents.contains(Content.MARKDOWN)) {
            put(files, "report.md", report.markdown(item -> pictures.getOrDefault(item, "")));
        }
        if (contents.contains(Content.JSON)) {
            put(files, "results.json", report.json());
        }
        if (contents.contains(Content.TABLES)) {
            walk.tables();
            walk.attachments();
        }
        return files;
    }

    private static void put(Map<String, byte[]> files, String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Goes through the items and their sections and names their files. */
    private final class Walk {

        private final Map<String, byte[]> files;
        private final String tableFolder;
        private final String figureFolder;
        private final FileNames tableNames = new FileNames();
        private final FileNames figureNames = new FileNames();
        private final FileNames attachmentNames = new FileNames();

        Walk(Map<String, byte[]> files, String tableFolder, String figureFolder) {
            this.files = files;
            this.tableFolder = tableFolder;
            this.figureFolder = figureFolder;
        }

        void tables() {
            tables("", items());
        }

        void attachments() {
            attachments("", items());
        }

        /** Writes the figures and returns the file to show for each plot. */
        IdentityHashMap<ResultItem, String> figures() {
            IdentityHashMap<ResultItem, String> shown = new IdentityHashMap<>();
            if (!figures.isEmpty()) {
                figures("", items(), shown);
            }
            return shown;
        }

        private List<ResultItem> items() {
            return outcome.available().map(AnalysisResult::items).orElse(List.of());
        }

        private void tables(String prefix, List<ResultItem> items) {
            for (ResultItem item : items) {
                if (item instanceof Tabular table) {
                    put(files, tableFolder + tableNames.unique(prefix + table.id()) + ".csv", CsvReport.of(table));
                } else if (item instanceof Section section) {
                    tables(prefix + section.id() + "-", section.items());
                }
            }
        }

        /** Beside the report; an attachment of a section carries the section's name. */
        private void attachments(String prefix, List<ResultItem> items) {
            for (ResultItem item : items) {
                if (item instanceof Attachment attachment) {
                    put(
                            files,
                            attachmentNames.unique(prefix + attachment.id()) + "." + attachment.extension(),
                            attachment.body());
                } else if (item instanceof Section section) {
                    attachments(prefix + section.id() + "-", section.items());
                }
            }
        }

        private void figures(String prefix, List<ResultItem> items, IdentityHashMap<ResultItem, String> shown) {
            for (ResultItem item : items) {
                if (item instanceof ForestPlot || item instanceof XYPlot) {
                    shown.put(item, draw(figureFolder + figureNames.unique(prefix + item.id()), Figure.of(item)));
                } else if (item instanceof Section section) {
                    figures(prefix + section.id() + "-", section.items(), shown);
                }
            }
        }

        private String draw(String name, Figure figure) {
            String shown = "";
            for (FigureFormat format : figures) {
                String file = name + "." + format.name().toLowerCase(java.util.Locale.ROOT);
                files.put(file, bytes(figure, format));
                shown = shown.isEmpty() && format != FigureFormat.PDF ? file : shown;
            }
            return shown;
        }
    }

    private static byte[] bytes(Figure figure, FigureFormat format) {
        return switch (format) {
            case SVG -> figure.svg().getBytes(StandardCharsets.UTF_8);
            case PNG -> figure.png(DPI);
            case PDF -> figure.pdf();
        };
    }

    /** The folder holds files that Lozenge did not write; the message names one of them. */
    public static final class FolderInUseException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FolderInUseException(String message) {
            super(message);
        }
    }
}

package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Text;

class FigureTest {

    @TempDir
    private Path folder;

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Test
    void drawsPlotsAndNothingElse() {
        assertThat(Figure.canDraw(SamplePlots.bcg())).isTrue();
        assertThat(Figure.canDraw(SamplePlots.bcgFunnel())).isTrue();
        ResultItem scalar = Scalar.of("q", "Cochran's Q", 3.2);
        assertThat(Figure.canDraw(scalar)).isFalse();
        assertThat(Figure.canDraw(new Text("methods", "Methods", "Text"))).isFalse();
        String message = assertThrows(IllegalArgumentException.class, () -> Figure.of(scalar))
                .getMessage();
        assertThat(message).contains("'q'").contains("Scalar").contains("ForestPlot");
    }

    @Test
    void pixelsFollowFromTheResolution() throws IOException {
        Figure figure = Figure.of(SamplePlots.bcg());
        BufferedImage image = read(figure.png(144));
        assertEquals(1020, image.getWidth());
        assertEquals(Math.ceil(2 * figure.height()), image.getHeight());
    }

    @Test
    void thePngStatesItsResolutionAndDescription() {
        byte[] png = Figure.of(SamplePlots.bcg()).png(300);
        String text = new String(png, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("pHYs");
        assertEquals(11811, ByteBuffer.wrap(png).getInt(at + 4));
        assertEquals(11811, ByteBuffer.wrap(png).getInt(at + 8));
        assertEquals(1, png[at + 12]);
        assertThat(text).contains("iTXtTitle").contains("iTXtDescription").contains("TPT Madras 1980, 10.2%");
    }

    @Test
    void thePictureIsWhereTheSceneSays() throws IOException {
        Figure figure = Figure.of(SamplePlots.bcg());
        BufferedImage image = read(figure.png(288));
        Drawn drawn = Drawn.of(figure.scene());
        Drawn.BoxOf square = drawn.box("Hart & Sutherland 1977");
        int x = (int) (4 * (square.corner().x() + square.width() / 2));
        int y = (int) (4 * (square.corner().y() + square.height() / 2 - 2));
        assertEquals(Theme.COLOUR.data(), image.getRGB(x, y) & 0xFFFFFF);
        assertEquals(0xFFFFFF, image.getRGB(2, 2) & 0xFFFFFF);
    }

    @Test
    void textIsInk() throws IOException {
        Figure figure = Figure.of(SamplePlots.bcg());
        BufferedImage image = read(figure.png(288));
        Shape.Words study = Drawn.of(figure.scene()).text("Aronson 1948");
        int dark = 0;
        for (int x = 0; x < 4 * study.length(); x++) {
            for (int y = 0; y < 4 * 6; y++) {
                int rgb = image.getRGB(
                        (int) (4 * study.at().x()) + x, (int) (4 * study.at().y()) - y);
                dark += new Color(rgb).getRed() < 128 ? 1 : 0;
            }
        }
        double share = dark / (4 * study.length() * 24);
        assertThat(share).isBetween(0.15, 0.4);
    }

    @Test
    void pixelsAreTheSameWhetherPaintedInStripsOrAtOnce() throws IOException {
        Figure figure = Figure.of(SamplePlots.headAndNeck());
        BufferedImage strips = read(figure.png(144));
        BufferedImage whole = new BufferedImage(strips.getWidth(), strips.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = whole.createGraphics();
        figure.paint(graphics, strips.getWidth(), 2 * figure.height());
        graphics.dispose();
        int differing = 0;
        for (int y = 0; y < (int) (2 * figure.height()); y++) {
            for (int x = 0; x < whole.getWidth(); x++) {
                int a = whole.getRGB(x, y);
                int b = strips.getRGB(x, y);
                differing += far(a, b) ? 1 : 0;
            }
        }
        assertThat(differing).isLessThan(20);
    }

    private static boolean far(int a, int b) {
        return Math.abs((a & 0xFF) - (b & 0xFF)) > 32 || Math.abs((a >> 8 & 0xFF) - (b >> 8 & 0xFF)) > 32;
    }

    @Test
    void paintsInTheMiddleOfItsBox() {
        BufferedImage image = new BufferedImage(400, 1000, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        Figure.of(SamplePlots.bcg()).paint(graphics, 400, 1000);
        assertEquals(0, image.getRGB(200, 100) & 0xFFFFFF);
        assertEquals(0xFFFFFF, image.getRGB(2, 500) & 0xFFFFFF);
        assertEquals(Color.RED, graphics.getColor());
        graphics.dispose();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 35, 1201})
    void refusesOtherResolutions(int dpi) {
        Figure figure = Figure.of(SamplePlots.bcg());
        String message = assertThrows(IllegalArgumentException.class, () -> figure.png(dpi))
                .getMessage();
        assertThat(message).contains(String.valueOf(dpi));
    }

    @Test
    void thePdfHasOnePageOfTheRightSizeWithSearchableTextInAnEmbeddedFont() throws IOException {
        Figure figure = Figure.of(SamplePlots.bcg());
        try (PDDocument document = Loader.loadPDF(figure.pdf())) {
            assertEquals(1, document.getNumberOfPages());
            assertEquals(510, document.getPage(0).getMediaBox().getWidth());
            assertEquals(figure.height(), document.getPage(0).getMediaBox().getHeight(), 0.01);
            assertThat(new PDFTextStripper().getText(document))
                    .contains("Frimodt-Moller et al 1973")
                    .contains("0.49 (0.33 to 0.73)")
                    .contains("τ² = 0.31");
            for (var name : document.getPage(0).getResources().getFontNames()) {
                PDFont font = document.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).isTrue();
                assertThat(font.getName()).contains("LiberationSans");
            }
            assertEquals(
                    "BCG vaccine against tuberculosis",
                    document.getDocumentInformation().getTitle());
            assertThat(document.getDocumentInformation().getSubject()).startsWith("Forest plot of 13 studies");
        }
    }

    @Test
    void thePdfIsSmallAndTheSameEveryTime() {
        byte[] pdf = Figure.of(SamplePlots.bcg()).pdf();
        assertThat(pdf.length).isLessThan(60_000);
        assertArrayEquals(pdf, Figure.of(SamplePlots.bcg()).pdf());
    }

    @Test
    void thePdfLooksLikeThePng() throws IOException {
        for (ResultItem item : List.of(SamplePlots.lenalidomide(), SamplePlots.bcgFunnel())) {
            Figure figure = Figure.of(item);
            BufferedImage png = read(figure.png(72));
            try (PDDocument document = Loader.loadPDF(figure.pdf())) {
                BufferedImage pdf = new PDFRenderer(document).renderImageWithDPI(0, 72);
                double sum = 0;
                for (int y = 0; y < Math.min(png.getHeight(), pdf.getHeight()); y++) {
                    for (int x = 0; x < Math.min(png.getWidth(), pdf.getWidth()); x++) {
                        sum += Math.abs((png.getRGB(x, y) & 0xFF) - (pdf.getRGB(x, y) & 0xFF));
                    }
                }
                // edges differ a little, shapes in another place would give 10 and more
                assertThat(sum / png.getWidth() / png.getHeight()).isLessThan(5);
            }
        }
    }

    @Test
    void charactersOutsideTheFontAreDrawnInEveryFormatAndNamed() throws IOException {
        Figure figure = Figure.of(HardPlots.all().get("scripts"));
        assertThat(figure.messages()).extracting(Message::code).containsExactly("glyphs-missing");
        assertThat(figure.messages().get(0).text()).contains("U+0627");
        assertThat(read(figure.png(72)).getWidth()).isEqualTo(510);
        try (PDDocument document = Loader.loadPDF(figure.pdf())) {
            assertThat(new PDFTextStripper().getText(document)).contains("Müller-Łukasiewicz");
        }
    }

    @Test
    void hardPlotsCanBeWrittenInEveryFormat() throws IOException {
        for (ResultItem item : HardPlots.all().values()) {
            Figure figure = Figure.of(item);
            assertThat(read(figure.png(36)).getWidth()).isPositive();
            try (PDDocument document = Loader.loadPDF(figure.pdf())) {
                assertEquals(1, document.getNumberOfPages());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"forest.svg", "forest.png", "forest.pdf", "FOREST.SVG"})
    void savesInTheFormatOfTheName(String name) throws IOException {
        Path file = folder.resolve(name);
        Figure.of(SamplePlots.bcg()).save(file);
        byte[] start = java.util.Arrays.copyOf(Files.readAllBytes(file), 4);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        assertThat(List.of("<svg", "\u0089PNG", "%PDF")).contains(text);
        assertThat(filesInFolder()).containsExactly(name);
    }

    @Test
    void replacesAnOlderFile() throws IOException {
        Path file = folder.resolve("forest.svg");
        Files.writeString(file, "old");
        Figure.of(SamplePlots.bcg()).save(file);
        assertEquals(Figure.of(SamplePlots.bcg()).svg(), Files.readString(file));
    }

    @Test
    void anUnknownEndingIsRefusedBeforeAnythingIsWritten() throws IOException {
        Figure figure = Figure.of(SamplePlots.bcg());
        String message = assertThrows(IllegalArgumentException.class, () -> figure.save(folder.resolve("forest.jpeg")))
                .getMessage();
        assertThat(message).contains("'forest.jpeg'").contains(".svg, .png and .pdf");
        assertThat(filesInFolder()).isEmpty();
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("missing").resolve("forest.svg");
        Figure figure = Figure.of(SamplePlots.bcg());
        String message = assertThrows(UncheckedIOException.class, () -> figure.save(file))
                .getMessage();
        assertThat(message).contains(file.toString());
    }

    @Test
    void aFailureLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("forest.svg");
        Files.createDirectories(file.resolve("not-empty"));
        Figure figure = Figure.of(SamplePlots.bcg());
        assertThrows(UncheckedIOException.class, () -> figure.save(file));
        assertThat(filesInFolder()).containsExactly("forest.svg");
    }

    private List<String> filesInFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void thePlotsOwnDescriptionComesFirst() {
        assertEquals(
                "In short.", Figure.of(SamplePlots.bcg().describe("In short.")).description());
        assertEquals(
                "In short.",
                Figure.of(SamplePlots.bcgFunnel().describe("In short.")).description());
    }

    @Test
    void aPlotWithoutDescriptionGetsOne() {
        assertThat(Figure.of(SamplePlots.bcgFunnel()).description())
                .startsWith("Funnel plot: Standard error of the log risk ratio against Risk ratio, log scale. It shows")
                .contains("13 points (Trials)");
        assertThat(Figure.of(HardPlots.all().get("empty")).description()).isEqualTo("Forest plot of 0 studies: Hard.");
    }

    @Test
    void themesDifferInColoursOnly() {
        Scene colour = Figure.of(SamplePlots.bcg(), Theme.COLOUR).scene();
        Scene dark = Figure.of(SamplePlots.bcg(), Theme.DARK).scene();
        assertEquals(colour.width(), dark.width());
        assertEquals(Drawn.of(colour).texts(), Drawn.of(dark).texts());
        assertEquals(0xFFFFFF, colour.background());
        assertEquals(Theme.DARK.background(), dark.background());
    }

    @Test
    void severalThreadsMayUseOneFigure() {
        Figure figure = Figure.of(HardPlots.all().get("scripts"));
        byte[] expected = figure.png(72);
        assertThat(Stream.generate(() -> figure).limit(8).parallel().map(f -> f.png(72)))
                .allMatch(png -> java.util.Arrays.equals(png, expected));
    }
}

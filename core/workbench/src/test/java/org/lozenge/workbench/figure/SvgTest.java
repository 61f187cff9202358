package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scale;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The golden files are written anew with {@code mvn -pl core/workbench -am test -Dtest=SvgTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dlozenge.golden=write}; look at them before committing.
 */
class SvgTest {

    private static final String GOLDEN = "src/test/resources/org/lozenge/workbench/figure/";

    private static Document parse(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(svg, e);
        }
    }

    static Stream<Object[]> golden() {
        return Stream.of(
                new Object[] {"bcg.svg", SamplePlots.bcg(), FigureOptions.defaults()},
                new Object[] {
                    "lenalidomide-column.svg",
                    SamplePlots.lenalidomide(),
                    FigureOptions.defaults()
                            .width(FigureOptions.Width.COLUMN)
                            .theme(Theme.MONO)
                            .idPrefix("progression")
                },
                new Object[] {"funnel.svg", SamplePlots.bcgFunnel(), FigureOptions.defaults()},
                new Object[] {"scripts.svg", HardPlots.all().get("scripts"), FigureOptions.defaults()});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void equalsTheGoldenFile(String name, ResultItem item, FigureOptions options) throws IOException {
        String svg = Figure.of(item, options).svg();
        if ("write".equals(System.getProperty("lozenge.golden"))) {
            Files.writeString(Path.of(GOLDEN + name), svg);
        }
        try (InputStream in = Objects.requireNonNull(SvgTest.class.getResourceAsStream(name), name)) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), svg);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "de-DE", "hi-IN-u-nu-deva"})
    void isTheSameInEveryLocale(String tag) {
        String expected = Figure.of(SamplePlots.bcg()).svg()
                + Figure.of(SamplePlots.bcgFunnel()).svg();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertEquals(
                    expected,
                    Figure.of(SamplePlots.bcg()).svg()
                            + Figure.of(SamplePlots.bcgFunnel()).svg());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void hardPlotsAreWellFormed() {
        for (Map.Entry<String, ResultItem> plot : HardPlots.all().entrySet()) {
            assertThat(parse(Figure.of(plot.getValue()).svg())
                            .getDocumentElement()
                            .getTagName())
                    .as(plot.getKey())
                    .isEqualTo("svg");
        }
    }

    @RepeatedTest(100)
    void anyTextIsWellFormedAndInert(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            out.append((char) (random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
            out.append(List.of("<script>", "]]>", "<!--", "&amp;", "\"'", "javascript:", "\uD83D")
                    .get(random.nextInt(7)));
        }
        String text = out.toString();
        ForestPlot plot = ForestPlot.of("forest", text, Scale.LOG)
                .measure(text)
                .favours(text, text)
                .axis(text)
                .describe(text)
                .study(text, 0.5, 0.3, 0.8, 1)
                .note(text)
                .footnote(text);

        Document document = parse(Figure.of(plot).svg());

        Set<String> allowed =
                Set.of("svg", "title", "desc", "g", "line", "rect", "polygon", "polyline", "circle", "text");
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            assertThat(allowed).contains(((Element) all.item(i)).getTagName());
        }
    }

    @Test
    void saysWhatItIsToReadersWhoCannotSeeIt() {
        Element svg = parse(Figure.of(SamplePlots.bcg()).svg()).getDocumentElement();
        assertEquals("img", svg.getAttribute("role"));
        assertEquals("forest-title forest-desc", svg.getAttribute("aria-labelledby"));
        assertEquals(
                "BCG vaccine against tuberculosis",
                svg.getElementsByTagName("title").item(0).getTextContent());
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("Forest plot of 13 studies: BCG vaccine against tuberculosis. Random effects (REML, HKSJ):"
                        + " risk ratio 0.49, 95% CI 0.33 to 0.73. 95% prediction interval: 0.14 to 1.76. Largest"
                        + " weight: TPT Madras 1980, 10.2%.");
    }

    @Test
    void everyMarkHasATooltip() {
        assertThat(Figure.of(SamplePlots.bcg()).svg())
                .contains("<title>Aronson 1948: 0.41 (0.13 to 1.26), weight 5.1%</title>")
                .contains("<title>Random effects (REML, HKSJ): 0.49 (0.33 to 0.73)</title>")
                .contains("<title>95% prediction interval: (0.14 to 1.76)</title>");
    }

    @Test
    void idsStartWithThePrefix() {
        Pattern id = Pattern.compile(" id=\"([^\"]*)\"");
        Set<String> seen = new HashSet<>();
        for (String prefix : List.of("a", "b")) {
            FigureOptions options = FigureOptions.defaults().idPrefix(prefix);
            Matcher matcher = id.matcher(Figure.of(SamplePlots.bcg(), options).svg());
            while (matcher.find()) {
                assertThat(matcher.group(1)).startsWith(prefix + "-");
                assertThat(seen.add(matcher.group(1))).isTrue();
            }
        }
        assertThat(seen).hasSize(4);
    }

    @Test
    void numbersHaveAtMostTwoDecimalsAndNoExponent() {
        for (ResultItem item : HardPlots.all().values()) {
            Matcher numbers = Pattern.compile(" (?:x|y|x1|x2|y1|y2|width|height|cx|cy|r|points)=\"([^\"]*)\"")
                    .matcher(Figure.of(item).svg());
            List<String> found = new ArrayList<>();
            while (numbers.find()) {
                found.addAll(List.of(numbers.group(1).replace("pt", "").split("[ ,]")));
            }
            assertThat(found).isNotEmpty().allMatch(number -> number.matches("-?\\d+(\\.\\d{1,2})?"));
        }
    }

    @Test
    void refersToNothingOutsideAndHasNoScript() {
        assertThat(Figure.of(SamplePlots.bcg()).svg())
                .doesNotContain("href")
                .doesNotContain("url(")
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContain("<script")
                .doesNotContain("<?xml");
    }

    @Test
    void textsThatTheFontLacksKeepTheirWidth() {
        String svg = Figure.of(HardPlots.all().get("scripts")).svg();
        assertThat(svg).containsPattern("textLength=\"[\\d.]+\" lengthAdjust=\"spacingAndGlyphs\">試験グループ 2001<");
        assertThat(svg)
                .doesNotContainPattern("textLength=\"[\\d.]+\" lengthAdjust=\"spacingAndGlyphs\">Random effects<");
    }

    @Test
    void usesAFontWithTheSameMetricsEverywhere() {
        assertThat(Figure.of(SamplePlots.bcg()).svg())
                .contains("font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\"");
    }
}

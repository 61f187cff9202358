package org.lozenge.workbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;

class FragmentTest {

    private static final Tabular TABLE =
            Tabular.of("model", "The <model>").texts("name", "a & b").numbers("value", -1.5);

    @Test
    void htmlIsOneElementWithItsStyleAndWithoutAPage() {
        String html = Fragment.of(AnalysisResult.of(TABLE)).html();
        assertThat(html).startsWith("<div class=\"lozenge\">\n<style>").endsWith("</div>\n");
        assertThat(html)
                .contains("The &lt;model&gt;", "a &amp; b", "\u22121.5")
                .doesNotContain("<html", "<footer", "<h1");
    }

    @Test
    void idsFollowFromTheContent() {
        Tabular other = TABLE.numbers("more", 3);
        assertThat(Fragment.of(TABLE).html()).isEqualTo(Fragment.of(TABLE).html());
        assertThat(id(Fragment.of(TABLE).html()))
                .isNotEqualTo(id(Fragment.of(other).html()))
                .matches("f[0-9a-f]{8}\\.model");
    }

    private static String id(String html) {
        String rest = html.substring(html.indexOf("<section id=\"") + 13);
        return rest.substring(0, rest.indexOf('"'));
    }

    @Test
    void textHasNoHeadingOfARun() {
        assertThat(Fragment.of(Estimate.of("hr", "Hazard ratio", 0.5, 0.25, 1)).text())
                .isEqualTo("Hazard ratio  0.50 (95% CI 0.25 to 1.00)\n");
    }

    @Test
    void plainHtmlLeavesStyleAndFiguresOut() {
        XYPlot plot = XYPlot.of("curve", "A curve", "x", "y");
        String html = Fragment.of(AnalysisResult.of(TABLE, plot)).plainHtml();
        assertThat(html).contains("<table>", "The &lt;model&gt;").doesNotContain("<style>", "<svg", "A curve");
    }
}

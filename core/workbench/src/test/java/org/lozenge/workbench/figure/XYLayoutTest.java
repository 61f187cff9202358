package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.workbench.figure.Drawn.CircleOf;
import org.lozenge.workbench.figure.Drawn.PathOf;

class XYLayoutTest {

    private static XYPlot plot() {
        return XYPlot.of("xy", "Plot", "x", "y");
    }

    private static Drawn draw(XYPlot plot) {
        return Drawn.of(Figure.of(plot).scene());
    }

    @Test
    void theStandardErrorOfAFunnelGrowsDownwardsFromZero() {
        Drawn drawn = draw(SamplePlots.bcgFunnel());
        double previous = 0;
        for (String tick : List.of("0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7")) {
            double y = drawn.text(tick).at().y();
            assertThat(y).isGreaterThan(previous);
            previous = y;
        }
    }

    @Test
    void effectsTickAtOneTwoFive() {
        assertThat(draw(SamplePlots.bcgFunnel()).texts()).contains("0.2", "0.5", "1", "2");
    }

    @Test
    void pointsStandAtTheirValues() {
        Drawn drawn =
                draw(plot().layer(Mark.POINTS, Tone.DATA, "Trials", new double[] {0, 5, 10}, new double[] {0, 1, 2}));
        CircleOf middle = drawn.circles.get(1);
        assertEquals(drawn.text("1.0").at().y() - Sizes.drop(8), middle.centre().y(), 1e-9);
        assertEquals(
                drawn.circles.get(2).centre().x() - middle.centre().x(),
                middle.centre().x() - drawn.circles.get(0).centre().x(),
                1e-9);
    }

    @Test
    void areasOfPointsAreInProportionToSizes() {
        Drawn drawn = draw(plot().points(
                        Tone.DATA,
                        "Trials",
                        new double[] {0, 5, 10},
                        new double[] {0, 1, 2},
                        new double[] {1, 4, 16},
                        List.of()));
        List<Double> radii = drawn.circles.stream()
                .filter(c -> c.tooltip().startsWith("Trials"))
                .map(CircleOf::radius)
                .toList();
        assertThat(radii).containsExactly(7.0, 3.5, 1.75);
    }

    @Test
    void areasCompareAcrossLayers() {
        Drawn drawn = draw(plot().points(
                        Tone.DATA, "A", new double[] {0, 9}, new double[] {0, 1}, new double[] {1, 4}, List.of())
                .points(Tone.DATA, "B", new double[] {5, 10}, new double[] {1, 2}, new double[] {1, 16}, List.of()));
        assertThat(drawn.circles.stream()
                        .filter(c -> c.tooltip().startsWith("A") || c.tooltip().startsWith("B"))
                        .map(CircleOf::radius))
                .containsExactly(3.5, 1.75, 7.0, 1.75);
    }

    @Test
    void manyPointsAreSmaller() {
        double[] x = IntStream.range(0, 240).asDoubleStream().toArray();
        double[] size = new double[240];
        Arrays.fill(size, 2);
        Drawn drawn = draw(plot().points(Tone.DATA, "Trials", x, x, size, List.of()));
        assertThat(drawn.circles.get(0).radius()).isEqualTo(3.5);
    }

    @Test
    void smallPointsLieOnLargeOnes() {
        Drawn drawn = draw(plot().points(
                        Tone.DATA,
                        "",
                        new double[] {0, 5, 5},
                        new double[] {0, 1, 1},
                        new double[] {1, 2, 9},
                        List.of()));
        assertThat(drawn.circles.get(0).radius()).isEqualTo(7);
    }

    @Test
    void imputedPointsAreHollow() {
        Drawn drawn =
                draw(plot().layer(Mark.POINTS, Tone.IMPUTED, "Imputed", new double[] {1, 2}, new double[] {1, 2}));
        assertEquals(Theme.COLOUR.background(), drawn.circles.get(0).style().fill());
        assertEquals(Theme.COLOUR.data(), drawn.circles.get(0).style().stroke());
    }

    @Test
    void pointsOfDifferentToneDifferInShape() {
        Set<String> shapes =
                List.of(Tone.DATA, Tone.ESTIMATE, Tone.SECOND, Tone.REFERENCE, Tone.IMPUTED, Tone.LIMIT).stream()
                        .map(tone -> new XYMarks(Theme.MONO, 1, List.of()).symbol(tone, new Point(0, 0), 3, false))
                        .map(shape -> shape.getClass()
                                + (shape instanceof Shape.Path path
                                        ? "" + path.points().size()
                                        : "")
                                + (style(shape).fill() == Theme.MONO.background()))
                        .collect(Collectors.toSet());
        assertThat(shapes).hasSize(6);
    }

    private static Style style(Shape shape) {
        if (shape instanceof Shape.Circle circle) {
            return circle.style();
        }
        return shape instanceof Shape.Box box ? box.style() : ((Shape.Path) shape).style();
    }

    @Test
    void stepsMoveRightFirst() {
        Drawn drawn = draw(plot().layer(Mark.STEP, Tone.DATA, "Curve", new double[] {0, 10}, new double[] {1, 0.5}));
        List<Point> corners = drawn.paths("Curve").get(0).points();
        assertThat(corners).hasSize(3);
        assertEquals(corners.get(0).y(), corners.get(1).y());
        assertEquals(corners.get(1).x(), corners.get(2).x());
    }

    @Test
    void bandsRunThereAndBack() {
        Drawn drawn = draw(
                plot().band(Tone.ESTIMATE, "Band", new double[] {0, 10}, new double[] {1, 2}, new double[] {3, 5}));
        PathOf band = drawn.paths("Band").get(0);
        assertThat(band.closed()).isTrue();
        assertThat(band.points()).hasSize(4);
        assertThat(band.style().opacity()).isLessThan(1);
    }

    @Test
    void aMissingValueBreaksALine() {
        double[] x = {0, 1, 2, 3, 4};
        double[] y = {0, 1, Double.NaN, 1, 2};
        assertThat(draw(plot().layer(Mark.LINE, Tone.DATA, "Line", x, y)).paths("Line"))
                .hasSize(2);
        assertThat(draw(plot().band(Tone.DATA, "Band", x, y, new double[] {1, 2, 3, 4, 5}))
                        .paths("Band"))
                .hasSize(2);
    }

    @Test
    void linesAreCutAtThePanel() {
        Drawn drawn = draw(plot().layer(Mark.POINTS, Tone.DATA, "Trials", new double[] {1, 2}, new double[] {1, 2})
                .layer(Mark.LINE, Tone.LIMIT, "Far", new double[] {-1000, 1000}, new double[] {-1000, 1000}));
        PathOf line = drawn.paths("Far").get(0);
        assertThat(line.left()).isPositive();
        assertThat(line.right()).isLessThan(320);
        assertThat(drawn.circles.get(1).centre().x()
                        - drawn.circles.get(0).centre().x())
                .isGreaterThan(60);
    }

    @Test
    void regionsEndTheAxisSoThatNoWhiteRimRemains() {
        Drawn drawn = draw(SamplePlots.bcgFunnel());
        PathOf wall = drawn.paths("P < 0.01").get(0);
        PathOf axis = drawn.paths.stream()
                .filter(p -> p.tooltip().isEmpty() && p.left() == p.right() && p.bottom() - p.top() > 100)
                .min(Comparator.comparingDouble(PathOf::left))
                .orElseThrow();
        assertEquals(axis.top(), wall.top(), 1e-9);
        assertEquals(axis.bottom(), wall.bottom(), 1e-9);
        assertEquals(axis.left(), wall.left(), 1e-9);
    }

    @Test
    void theLegendStandsBelowThePanelAndNamesEachLayerOnce() {
        Drawn drawn = draw(SamplePlots.bcgFunnel());
        double label = drawn.text("Risk ratio, log scale").at().y();
        for (String name : List.of("P < 0.01", "0.01 to 0.05", "Common effect", "Egger's regression", "Trials")) {
            assertThat(drawn.text(name).at().y()).isGreaterThan(label);
        }
        assertThat(drawn.texts()).containsOnlyOnce("95% limits around the common effect");
    }

    @Test
    void pointsWithoutAPlaceAreCounted() {
        Figure figure = Figure.of(HardPlots.all().get("points-without-place"));
        assertThat(figure.messages()).extracting(Message::code).containsExactly("points-not-shown");
        assertThat(figure.messages().get(0).text()).startsWith("5 points");
        assertThat(Drawn.of(figure.scene()).texts()).anyMatch(text -> text.startsWith("5 points have no place"));
    }

    @Test
    void labelsOfAFewPointsAreShownAndNoneOverlap() {
        XYPlot plot = plot().points(
                        Tone.DATA,
                        "",
                        new double[] {1, 5, 9},
                        new double[] {1, 5, 9},
                        new double[0],
                        List.of("A", "B", "C"));
        assertThat(draw(plot).texts()).contains("A", "B", "C");
    }

    @Test
    void ofManyLabelsOnlyTheOutlyingAreShown() {
        double[] x = {1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 9};
        List<String> labels = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "Outlier");
        Drawn drawn = draw(plot().points(Tone.DATA, "", x, x, new double[0], labels));
        assertThat(drawn.texts()).contains("Outlier").doesNotContain("e");
        assertThat(drawn.circles).anyMatch(c -> c.tooltip().equals("e: 1.4, 1.4"));
    }

    @ParameterizedTest
    @EnumSource(Mark.class)
    void everyMarkIsDrawnInEveryTone(Mark mark) {
        for (Tone tone : Tone.values()) {
            double[] x = {1, 2, 3};
            double[] y = {1, 3, 2};
            XYPlot plot = mark == Mark.BAND
                    ? plot().band(tone, "Layer", x, y, new double[] {2, 4, 3})
                    : plot().layer(mark, tone, "Layer", x, y);
            Drawn drawn = draw(plot);
            long shapes = drawn.paths("Layer").size()
                    + drawn.circles.stream()
                            .filter(c -> c.tooltip().startsWith("Layer"))
                            .count()
                    + drawn.boxes.stream()
                            .filter(b -> b.tooltip().startsWith("Layer"))
                            .count();
            assertEquals(mark == Mark.POINTS ? 3 : 1, shapes, mark + " " + tone);
        }
    }

    @Test
    void theUsersLimitsAreKept() {
        XYPlot plot = plot().scales(Scale.LOG, Scale.LINEAR)
                .layer(Mark.POINTS, Tone.DATA, "", new double[] {0.5, 30}, new double[] {1, 2});
        Figure figure = Figure.of(plot, FigureOptions.defaults().limits(0.1, 10));
        assertThat(Drawn.of(figure.scene()).texts()).contains("0.1", "10").doesNotContain("20");
        assertThat(figure.messages()).extracting(Message::code).containsExactly("points-not-shown");
    }

    @Test
    void cloudsOfPointsHaveNoTooltips() {
        Figure figure = Figure.of(HardPlots.all().get("cloud"));
        assertThat(figure.svg().length()).isLessThan(2_000_000);
        assertThat(Drawn.of(figure.scene()).circles)
                .hasSizeGreaterThan(20_000)
                .allMatch(c -> c.tooltip().isEmpty());
    }
}

package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.figure.FigureOptions.Width;

class LayoutTest {

    @ParameterizedTest
    @MethodSource("samples")
    void nothingOverlapsOrLeavesThePage(String name, ResultItem item, Width width) {
        FigureOptions options = FigureOptions.defaults().width(width);
        assertThat(faults(item, options)).isEmpty();
    }

    private static List<String> faults(ResultItem item, FigureOptions options) {
        Scene scene = Figure.of(item, options).scene();
        return item instanceof XYPlot ? LayoutCheck.faultsAboveAreas(scene) : LayoutCheck.faults(scene);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void largerTypeDoesNotOverlapEither(String name, ResultItem item, Width width) {
        FigureOptions options = FigureOptions.defaults().width(width).fontScale(1.5);
        assertThat(faults(item, options)).isEmpty();
    }

    static Stream<Object[]> samples() {
        List<Object[]> samples = new ArrayList<>();
        for (Width width : Width.values()) {
            samples.add(new Object[] {"bcg", SamplePlots.bcg(), width});
            samples.add(new Object[] {"lenalidomide", SamplePlots.lenalidomide(), width});
            samples.add(new Object[] {"head and neck", SamplePlots.headAndNeck(), width});
            samples.add(new Object[] {"funnel", SamplePlots.bcgFunnel(), width});
            samples.add(new Object[] {"every mark", SamplePlots.everyMark(), width});
            HardPlots.all().forEach((name, item) -> samples.add(new Object[] {name, item, width}));
        }
        return samples.stream();
    }

    @RepeatedTest(300)
    void randomForestPlotsAreTidy(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        ForestPlot plot = RandomPlots.forest(random);
        FigureOptions options = RandomPlots.options(random);
        assertThat(faults(plot, options)).isEmpty();
    }

    @RepeatedTest(300)
    void randomPlotsOverTwoAxesAreTidy(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        XYPlot plot = RandomPlots.xy(random);
        FigureOptions options = RandomPlots.options(random);
        assertThat(faults(plot, options)).isEmpty();
    }

    @Test
    void theCheckFindsOverlapsAndTextsBeyondThePage() {
        TextStyle style = TextStyle.of(8, 0);
        Shape one = new Shape.Words(new Point(10, 10), "Overlap", style);
        Shape two = new Shape.Words(new Point(20, 12), "Overlap", style);
        Shape three = new Shape.Words(new Point(190, 30), "Beyond the page", style);
        Scene scene = new Scene(200, 50, 0xFFFFFF, "", "", List.of(one, two, three));

        assertThat(LayoutCheck.faults(scene))
                .hasSize(2)
                .anyMatch(fault -> fault.contains("overlaps"))
                .anyMatch(fault -> fault.contains("leaves the page"));
    }

    @Test
    void theCheckFindsTextsOverMarks() {
        Shape mark = new Shape.Group("A", List.of(Shape.Box.square(15, 10, 8, Style.filled(0))));
        Shape text = new Shape.Words(new Point(10, 10), "Text", TextStyle.of(8, 0));
        Scene scene = new Scene(200, 50, 0xFFFFFF, "", "", List.of(mark, text));

        assertThat(LayoutCheck.faults(scene)).singleElement().asString().contains("covers");
    }

    @Test
    void pagesHaveTheStatedWidth() {
        ForestPlot plot = ForestPlot.of("forest", "Plot", Scale.LOG).study("A", 0.5, 0.3, 0.8, 1);
        for (Width width : Width.values()) {
            double points =
                    Figure.of(plot, FigureOptions.defaults().width(width)).width();
            assertThat(points).isEqualTo(width.forest());
        }
        assertThat(Figure.of(SamplePlots.bcgFunnel()).width()).isEqualTo(320);
    }
}

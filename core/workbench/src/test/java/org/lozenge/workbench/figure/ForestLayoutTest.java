package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Scale;
import org.lozenge.workbench.figure.Drawn.BoxOf;
import org.lozenge.workbench.figure.Drawn.PathOf;
import org.lozenge.workbench.figure.FigureOptions.Width;

class ForestLayoutTest {

    private static final double NONE = Double.NaN;

    private static ForestPlot plot() {
        return ForestPlot.of("forest", "Plot", Scale.LOG).measure("Hazard ratio");
    }

    private static Drawn draw(ForestPlot plot) {
        return draw(plot, FigureOptions.defaults());
    }

    private static Drawn draw(ForestPlot plot, FigureOptions options) {
        return Drawn.of(Figure.of(plot, options).scene());
    }

    @Test
    void rowsThatAreNoStudiesAreNotCalledSo() {
        ForestPlot means = ForestPlot.of("means", "Means", Scale.LINEAR)
                .addAll(List.of(Row.of(RowKind.SUBTOTAL, "a (k = 3)", 1, 0.5, 1.5, Double.NaN)));
        assertThat(draw(means).texts()).contains("a (k = 3)").doesNotContain("Study");
    }

    @Test
    void printsEffectsIntervalsAndWeights() {
        assertThat(draw(SamplePlots.bcg()).texts())
                .contains("Study", "Risk ratio", "(95% CI)", "Weight", "Vaccinated", "events/total", "4/123")
                .contains("0.41 (0.13 to 1.26)", "5.1%", "0.49 (0.33 to 0.73)", "(0.14 to 1.76)")
                .contains("0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10")
                .contains("← Favours vaccine", "Favours control →", "Risk ratio, log scale");
    }

    @Test
    void areasOfSquaresAreInProportionToWeights() {
        Drawn drawn = draw(plot().study("Light", 0.5, 0.1, 2, 0.1).study("Heavy", 0.8, 0.2, 3, 0.4));
        double light = drawn.box("Light").width();
        double heavy = drawn.box("Heavy").width();
        assertEquals(8.4, heavy);
        assertEquals(4, heavy * heavy / (light * light), 1e-12);
    }

    @Test
    void theSmallestWeightIsStillVisible() {
        Drawn drawn = draw(plot().study("Light", 0.5, 0.1, 2, 1e-9).study("Heavy", 0.8, 0.2, 3, 1));
        assertEquals(1.6, drawn.box("Light").width());
    }

    @Test
    void squaresStandAtTheEstimate() {
        Drawn drawn =
                draw(plot().study("A", 0.1, 0.1, 0.1, 1).study("B", 1, 1, 1, 1).study("C", 10, 10, 10, 1));
        double a = middle(drawn.box("A"));
        double b = middle(drawn.box("B"));
        double c = middle(drawn.box("C"));
        assertEquals(b - a, c - b, 1e-9);
        assertEquals(drawn.text("1").at().x(), b, 1e-9);
    }

    private static double middle(BoxOf box) {
        return box.corner().x() + box.width() / 2;
    }

    @Test
    void aStudyWithoutWeightIsHollow() {
        Drawn drawn = draw(plot().study("Counts", 0.5, 0.3, 0.8, 1).study("Does not", 0.7, 0.3, 1.6, NONE));
        assertEquals(Theme.COLOUR.data(), drawn.box("Counts").style().fill());
        assertEquals(Theme.COLOUR.background(), drawn.box("Does not").style().fill());
        assertEquals(Theme.COLOUR.data(), drawn.box("Does not").style().stroke());
    }

    @Test
    void withoutAnyWeightsAllSquaresAreFilledAndThereIsNoWeightColumn() {
        Drawn drawn = draw(plot().study("A", 0.5, 0.3, 0.8, NONE).study("B", 0.7, 0.3, 1.6, NONE));
        assertEquals(Theme.COLOUR.data(), drawn.box("A").style().fill());
        assertEquals(drawn.box("A").width(), drawn.box("B").width());
        assertThat(drawn.texts()).doesNotContain("Weight");
    }

    @Test
    void aStudyThatCannotBeEstimatedHasNoMark() {
        Drawn drawn = draw(plot().study("Known", 0.5, 0.3, 0.8, 1).study("No events", NONE, NONE, NONE, NONE));
        assertThat(drawn.texts()).contains("not estimable");
        assertThat(drawn.boxes).noneMatch(box -> box.tooltip().startsWith("No events"));
    }

    @Test
    void anIntervalHiddenByItsSquareIsShownInside() {
        Drawn drawn = draw(plot().study("Narrow", 0.5, 0.495, 0.505, 1).study("Wide", 0.5, 0.05, 5, 0.1));
        BoxOf square = drawn.box("Narrow");
        PathOf tick = drawn.paths("Narrow").get(1);
        assertEquals(Theme.COLOUR.background(), tick.style().stroke());
        assertThat(tick.left()).isGreaterThan(square.corner().x());
        assertThat(tick.right()).isLessThan(square.corner().x() + square.width());
        assertThat(drawn.paths("Wide")).hasSize(1);
    }

    @Test
    void anIntervalBeyondTheAxisEndsInAnArrow() {
        FigureOptions options = FigureOptions.defaults().limits(0.1, 1);
        Drawn drawn = draw(plot().study("Long", 0.5, 0.01, 0.9, 1), options);
        List<PathOf> paths = drawn.paths("Long");
        PathOf head = paths.get(1);
        assertThat(head.closed()).isTrue();
        assertEquals(5, head.right() - head.left(), 1e-9);
        assertEquals(4.4, head.bottom() - head.top(), 1e-9);
        assertEquals(drawn.text("0.1").at().x(), head.left(), 1e-9);
        assertThat(paths.get(0).left()).isBetween(head.left(), head.right());
    }

    @Test
    void anEstimateBeyondTheAxisIsAnArrowOnly() {
        FigureOptions options = FigureOptions.defaults().limits(0.1, 1);
        Drawn drawn = draw(plot().study("Outside", 5, 2, 12, 1), options);
        assertThat(drawn.boxes).isEmpty();
        assertThat(drawn.paths("Outside")).singleElement().matches(PathOf::closed);
    }

    @Test
    void openIntervalsEndInArrows() {
        Drawn drawn =
                draw(plot().study("Open", 0.5, 0, Double.POSITIVE_INFINITY, 1).study("B", 0.7, 0.3, 1.6, 1));
        assertThat(drawn.paths("Open").stream().filter(PathOf::closed)).hasSize(2);
        assertThat(drawn.texts()).contains("0.50 (0 to ∞)");
    }

    @Test
    void theTipsOfADiamondAreTheInterval() {
        Drawn drawn = draw(plot().study("A", 0.5, 0.2, 1, 1).summary("Random effects", 0.5, 0.2, 1));
        PathOf diamond = drawn.paths("Random effects").get(0);
        PathOf whisker = drawn.paths("A").get(0);
        assertEquals(whisker.left(), diamond.left(), 1e-9);
        assertEquals(whisker.right(), diamond.right(), 1e-9);
        assertEquals(9.2, diamond.bottom() - diamond.top(), 1e-9);
        assertEquals(Theme.COLOUR.estimate(), diamond.style().fill());
    }

    @Test
    void theDiamondOfAGroupIsSmallerAndLighter() {
        ForestPlot plot = plot().study("A", 0.5, 0.2, 1, 1).add(Row.of(RowKind.SUBTOTAL, "Group", 0.5, 0.2, 1, NONE));
        PathOf diamond = draw(plot).paths("Group").get(0);
        assertEquals(8, diamond.bottom() - diamond.top(), 1e-9);
        assertEquals(Theme.COLOUR.estimateLight(), diamond.style().fill());
        assertEquals(Theme.COLOUR.estimate(), diamond.style().stroke());
    }

    @Test
    void thePredictionIntervalIsABarOfItsOwn() {
        Drawn drawn = draw(plot().study("A", 0.5, 0.2, 1, 1).prediction("95% prediction interval", 0.2, 1));
        BoxOf bar = drawn.box("95% prediction interval");
        assertEquals(3, bar.height());
        assertEquals(drawn.paths("A").get(0).left(), bar.corner().x(), 1e-9);
    }

    @Test
    void theLineOfNoEffectRunsFromTheHeaderToTheAxis() {
        Drawn drawn = draw(SamplePlots.bcg());
        double x = drawn.text("1").at().x();
        assertThat(drawn.paths)
                .anyMatch(p -> p.left() == x
                        && p.right() == x
                        && p.style().dash() == 0
                        && p.top() < drawn.text("Aronson 1948").at().y()
                        && p.bottom()
                                > drawn.text("95% prediction interval").at().y());
    }

    @Test
    void theDashedLineOfTheLastPooledResultEndsAtItsDiamond() {
        Drawn drawn = draw(SamplePlots.lenalidomide());
        PathOf diamond = drawn.paths("Random effects").get(0);
        assertThat(drawn.paths)
                .anyMatch(p -> p.style().dash() == 2
                        && p.left() > diamond.left()
                        && p.right() < diamond.right()
                        && Math.abs(p.bottom() - (diamond.top() + diamond.bottom()) / 2) < 1e-9);
    }

    @Test
    void aMeasureWithoutNullValueHasNoNullLine() {
        ForestPlot proportion =
                ForestPlot.of("forest", "Share", Scale.LINEAR).reference(NONE).study("A", 0.2, 0.1, 0.3, 1);
        assertThat(draw(proportion).paths).noneMatch(p -> p.left() == p.right() && p.bottom() - p.top() > 10);
    }

    @Test
    void uprightLinesLeaveNotesFree() {
        Drawn drawn = draw(SamplePlots.lenalidomide(), FigureOptions.defaults().width(Width.COLUMN));
        Shape.Words note = drawn.words.stream()
                .filter(w -> w.text().startsWith("Heterogeneity: τ² = 0.00"))
                .findFirst()
                .orElseThrow();
        double right = note.at().x() + note.length();
        assertThat(drawn.paths.stream()
                        .filter(p -> p.left() == p.right() && p.tooltip().isEmpty() && p.left() < right))
                .noneMatch(
                        p -> p.top() < note.at().y() && p.bottom() > note.at().y());
    }

    @Test
    void numbersOfColumnsAreRightAlignedAndTextsLeft() {
        Drawn drawn = draw(plot().column("n", "Patients", Side.LEFT)
                .column("place", "Place", Side.RIGHT)
                .add(Row.of(RowKind.STUDY, "A", 0.5, 0.2, 1, 1).cell("n", "-12").cell("place", "Oslo")));
        assertEquals(TextStyle.Anchor.END, drawn.text("−12").style().anchor());
        assertEquals(TextStyle.Anchor.START, drawn.text("Oslo").style().anchor());
    }

    @Test
    void studiesInGroupsAreIndented() {
        Drawn drawn = draw(SamplePlots.lenalidomide());
        assertEquals(
                8,
                drawn.text("QuiRedex").at().x()
                        - drawn.text("Smoldering myeloma").at().x());
    }

    @Test
    void pooledRowsAndHeadingsAreBold() {
        Drawn drawn = draw(SamplePlots.lenalidomide());
        assertThat(Stream.of("Smoldering myeloma", "Subtotal", "Common effect", "0.42 (0.34 to 0.52)"))
                .allMatch(text -> drawn.text(text).style().bold());
        assertThat(Stream.of("QuiRedex", "95% prediction interval", "0.18 (0.09 to 0.32)"))
                .noneMatch(text -> drawn.text(text).style().bold());
    }

    @Test
    void aNarrowPageLeavesOutColumnsInOrder() {
        Figure figure = Figure.of(SamplePlots.bcg(), FigureOptions.defaults().width(Width.COLUMN));
        assertThat(Drawn.of(figure.scene()).texts())
                .doesNotContain("4/123", "11/139", "Weight")
                .contains("0.41 (0.13 to 1.26)");
        assertThat(figure.messages()).singleElement().satisfies(message -> {
            assertEquals("columns-left-out", message.code());
            assertThat(message.text()).contains("'Vaccinated events/total'").contains("'Weight'");
        });
    }

    @Test
    void aPageWithManyColumnsGrowsAndSaysSo() {
        Figure figure = Figure.of(HardPlots.all().get("many-columns"));
        assertThat(figure.width()).isGreaterThan(510);
        assertThat(figure.messages()).extracting(Message::code).containsExactly("page-widened");
    }

    @Test
    void aLongNameWrapsAndItsTooltipHasAllOfIt() {
        String name = "The Multicentre Randomised Placebo-Controlled Double-Blind Trial Investigators 2001";
        ForestPlot plot = plot().column("a", "Events of the treated patients", Side.LEFT)
                .column("b", "Events of the control patients", Side.LEFT)
                .study(name, 0.5, 0.3, 0.8, 1);
        Drawn drawn = draw(plot);
        assertThat(drawn.texts()).doesNotContain(name).contains("The Multicentre");
        assertThat(drawn.boxes.get(0).tooltip()).isEqualTo(name + ": 0.50 (0.30 to 0.80), weight 100.0%");
    }

    @Test
    void thePlotsOwnLimitsAreKept() {
        Drawn drawn = draw(SamplePlots.bcg(), FigureOptions.defaults().limits(0.2, 5));
        assertThat(drawn.texts()).contains("0.2", "0.5", "1", "2", "5").doesNotContain("0.1", "10");
    }

    @Test
    void limitsThatALogAxisCannotShowAreRefused() {
        FigureOptions options = FigureOptions.defaults().limits(-1, 2);
        assertThrows(IllegalArgumentException.class, () -> Figure.of(SamplePlots.bcg(), options));
    }

    @Test
    void decimalsAreAnOption() {
        assertThat(draw(SamplePlots.bcg(), FigureOptions.defaults().decimals(3)).texts())
                .contains("0.489 (0.330 to 0.726)");
    }

    @Test
    void smallEffectsGetMoreDecimals() {
        assertThat(draw(plot().study("A", 0.0012, 0.0008, 0.0019, 1)).texts()).contains("0.0012 (0.0008 to 0.0019)");
    }

    @Test
    void theLevelStandsInTheHeader() {
        assertThat(draw(SamplePlots.bcg().level(0.999)).texts()).contains("(99.9% CI)");
    }

    @Test
    void groupsAreSetApart() {
        Drawn drawn = draw(SamplePlots.lenalidomide());
        double note = drawn.words.stream()
                .filter(w -> w.text().startsWith("0.35; I²") || w.text().startsWith("P = 0.35"))
                .mapToDouble(w -> w.at().y())
                .max()
                .orElseThrow();
        assertThat(drawn.text("After transplantation").at().y() - note).isGreaterThan(1.3 * 12.5);
    }

    @Test
    void anEmptyPlotSaysSo() {
        assertThat(draw(plot()).texts()).contains("No studies");
    }

    @Test
    void theRowsAreEquallyHigh() {
        Drawn drawn = draw(SamplePlots.headAndNeck());
        assertEquals(
                12.5,
                drawn.text("GETTECadj").at().y() - drawn.text("Pitie-74").at().y(),
                1e-9);
    }
}

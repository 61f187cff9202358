package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.workbench.figure.FigureOptions.Limits;

class XYRangeTest {

    private static final double RIM = 0.05;

    private static XYPlot points(double... values) {
        return XYPlot.of("xy", "Plot", "x", "y").layer(Mark.POINTS, Tone.DATA, "", values, values);
    }

    @Test
    void pointsKeepARimToTheEnds() {
        Limits range = XYRange.ofX(points(10, 20), RIM);
        assertEquals(9.5, range.low(), 1e-9);
        assertEquals(20.5, range.high(), 1e-9);
    }

    @Test
    void axesNearZeroStartAtZero() {
        assertEquals(0, XYRange.ofY(points(2, 20), RIM).low());
        assertThat(XYRange.ofY(points(15, 20), RIM).low()).isGreaterThan(10);
        assertEquals(0, XYRange.ofY(points(15, 20).invertY(), RIM).low());
    }

    @Test
    void aPointAtZeroHasRoom() {
        assertThat(XYRange.ofY(points(0, 20), RIM).low()).isBetween(-2.0, -0.5);
    }

    @Test
    void stepCurvesAreShownWholeInAnyTone() {
        XYPlot plot = points(1, 2).layer(Mark.STEP, Tone.SECOND, "", new double[] {0, 60}, new double[] {1, 0});
        assertThat(XYRange.ofX(plot, RIM).high()).isGreaterThan(60);
    }

    @Test
    void withoutPointsAllLinesAreShown() {
        XYPlot plot = points().layer(Mark.LINE, Tone.LIMIT, "", new double[] {-900, 900}, new double[] {0, 1})
                .layer(Mark.LINE, Tone.ESTIMATE, "", new double[] {0, 1}, new double[] {0, 1});
        assertThat(XYRange.ofX(plot, RIM).low()).isLessThan(-899);
    }

    @Test
    void linesOfDataAreShownWhole() {
        XYPlot plot = points(1, 2).layer(Mark.LINE, Tone.DATA, "", new double[] {0, 60}, new double[] {1, 0});
        assertThat(XYRange.ofX(plot, RIM).high()).isGreaterThan(60);
    }

    @Test
    void limitsAndReferencesDoNotSqueezeThePoints() {
        XYPlot plot = points(1, 2).layer(Mark.LINE, Tone.LIMIT, "", new double[] {-900, 900}, new double[] {0, 1});
        Limits range = XYRange.ofX(plot, RIM);
        assertThat(range.high() - range.low()).isLessThan(4);
        assertThat(range.high()).isGreaterThan(2.9);
    }

    @Test
    void theAxisEndsWhereRegionsEndUnlessPointsLieBeyond() {
        double[] x = {-5, -5, 25, 25};
        XYPlot plot = points(10, 20).layer(Mark.REGION, Tone.SHADE_DARK, "", x, new double[] {0, 20.1, 20.1, 0});
        Limits range = XYRange.ofY(plot, 0.001);
        assertThat(range.high()).isBetween(20.0, 20.11);
        assertEquals(9.5, XYRange.ofX(plot, RIM).low(), 1e-9);
        assertThat(XYRange.ofY(plot, RIM).high()).isGreaterThan(20.1);
    }

    @Test
    void anythingWithoutLengthHasAUsualRange() {
        assertEquals(new Limits(0, 1), XYRange.ofX(points(), RIM));
        assertEquals(new Limits(0.1, 10), XYRange.ofX(points().scales(Scale.LOG, Scale.LINEAR), RIM));
        Limits one = XYRange.ofX(points(5), RIM);
        assertThat(one.low()).isLessThan(4);
        assertThat(one.high()).isGreaterThan(6);
        Limits zero = XYRange.ofX(points(0), RIM);
        assertThat(zero.low()).isNegative();
        assertThat(zero.high()).isPositive();
    }

    @Test
    void whatTheAxisCannotShowDoesNotCount() {
        Limits range = XYRange.ofX(
                points(Double.NaN, Double.POSITIVE_INFINITY, -3, 0, 1, 10).scales(Scale.LOG, Scale.LINEAR), RIM);
        assertThat(range.low()).isBetween(0.5, 1.0);
        assertThat(range.high()).isBetween(10.0, 20.0);
    }

    @Test
    void aLineOfEqualityMakesBothAxesEqual() {
        XYPlot plot = XYPlot.of("p", "P", "x", "y")
                .layer(Mark.LINE, Tone.REFERENCE, "", new double[] {0, 4}, new double[] {0, 4})
                .layer(Mark.POINTS, Tone.DATA, "", new double[] {1, 2}, new double[] {3, 9});
        assertThat(XYRange.hasEquality(plot)).isTrue();
        Limits both = XYRange.ofBoth(plot, RIM);
        assertThat(both.low()).isEqualTo(0);
        assertThat(both.high()).isBetween(9.0, 12.0);
        assertThat(XYRange.hasEquality(plot.invertY())).isFalse();
        assertThat(XYRange.hasEquality(plot.scales(Scale.LOG, Scale.LINEAR))).isFalse();
        assertThat(XYRange.hasEquality(points(1, 2))).isFalse();
    }
}

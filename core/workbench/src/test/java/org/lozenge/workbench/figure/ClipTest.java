package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ClipTest {

    private static final Clip.Window WINDOW = new Clip.Window(0, 0, 10, 10);

    @Test
    void linesInsideStayWhole() {
        List<Point> line = List.of(new Point(1, 1), new Point(5, 5), new Point(9, 1));
        assertThat(Clip.line(line, WINDOW)).containsExactly(line);
    }

    @Test
    void linesOutsideVanish() {
        assertThat(Clip.line(List.of(new Point(-5, 8), new Point(2, 18)), WINDOW))
                .isEmpty();
    }

    @Test
    void aLineThatLeavesAndReturnsHasTwoParts() {
        List<Point> line = List.of(new Point(1, 5), new Point(5, 15), new Point(9, 5));
        assertThat(Clip.line(line, WINDOW))
                .containsExactly(
                        List.of(new Point(1, 5), new Point(3, 10)), List.of(new Point(7, 10), new Point(9, 5)));
    }

    @Test
    void aPolygonAroundTheWindowBecomesTheWindow() {
        List<Point> polygon = List.of(new Point(-9, -9), new Point(30, -9), new Point(30, 30), new Point(-9, 30));
        assertEquals(100, area(Clip.polygon(polygon, WINDOW)), 1e-9);
    }

    @Test
    void aPolygonOutsideVanishes() {
        assertThat(Clip.polygon(List.of(new Point(11, 1), new Point(12, 1), new Point(12, 2)), WINDOW))
                .isEmpty();
    }

    @RepeatedTest(50)
    void partsInsideAndOutsideMakeTheWholeTriangle(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<Point> triangle = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            triangle.add(new Point(30 * random.nextDouble() - 10, 30 * random.nextDouble() - 10));
        }
        double sum = 0;
        double[] cuts = {-10, 0, 10, 20};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                sum += area(Clip.polygon(triangle, new Clip.Window(cuts[i], cuts[j], cuts[i + 1], cuts[j + 1])));
            }
        }
        assertEquals(area(triangle), sum, 1e-9);
    }

    private static double area(List<Point> corners) {
        double twice = 0;
        for (int i = 0; i < corners.size(); i++) {
            Point a = corners.get(i);
            Point b = corners.get((i + 1) % corners.size());
            twice += a.x() * b.y() - b.x() * a.y();
        }
        return Math.abs(twice) / 2;
    }
}

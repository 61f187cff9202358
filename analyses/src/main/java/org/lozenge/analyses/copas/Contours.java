package org.lozenge.analyses.copas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines of equal height over a rectangular grid, by linear interpolation along the edges of its cells. */
final class Contours {

    private final double[] x;
    private final double[] y;
    private final double[][] height;

    /** Heights by the index of x and then of y; NaN where one is not known, which breaks lines. */
    Contours(double[] x, double[] y, double[][] height) {
        this.x = x;
        this.y = y;
        this.height = height;
    }

    /** Returns the lines of a height, each as its points. */
    List<List<double[]>> at(double level) {
        List<List<double[]>> lines = new ArrayList<>();
        for (int i = 0; i + 1 < x.length; i++) {
            for (int j = 0; j + 1 < y.length; j++) {
                List<double[]> crossings = crossings(i, j, level);
                for (int c = 0; c + 1 < crossings.size(); c += 2) {
                    join(lines, crossings.get(c), crossings.get(c + 1));
                }
            }
        }
        return lines;
    }

    /** Where the level crosses the edges of a cell, in order round it. */
    private List<double[]> crossings(int i, int j, double level) {
        int[][] corners = {{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}, {i, j}};
        List<double[]> crossings = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            int[] from = corners[c];
            int[] to = corners[c + 1];
            double low = height[from[0]][from[1]];
            double high = height[to[0]][to[1]];
            if (low < level != high < level && Double.isFinite(low) && Double.isFinite(high)) {
                double part = (level - low) / (high - low);
                crossings.add(new double[] {
                    x[from[0]] + part * (x[to[0]] - x[from[0]]), y[from[1]] + part * (y[to[1]] - y[from[1]])
                });
            }
        }
        return crossings;
    }

    /** Adds a piece to the lines that it meets, or starts a line. */
    private void join(List<List<double[]>> lines, double[] a, double[] b) {
        List<double[]> joined = new ArrayList<>(List.of(a, b));
        for (int n = lines.size() - 1; n >= 0; n--) {
            List<double[]> line = lines.get(n);
            if (meets(line.get(0), joined.get(0)) || meets(line.get(line.size() - 1), last(joined))) {
                Collections.reverse(joined);
            }
            if (meets(last(line), joined.get(0))) {
                lines.remove(n);
                line.addAll(joined.subList(1, joined.size()));
                joined = line;
            } else if (meets(last(joined), line.get(0))) {
                lines.remove(n);
                joined.addAll(line.subList(1, line.size()));
            }
        }
        lines.add(joined);
    }

    private static double[] last(List<double[]> line) {
        return line.get(line.size() - 1);
    }

    private boolean meets(double[] a, double[] b) {
        return Math.abs(a[0] - b[0]) <= 1e-9 * (x[x.length - 1] - x[0])
                && Math.abs(a[1] - b[1]) <= 1e-9 * (y[y.length - 1] - y[0]);
    }
}

package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts lines and areas at the edges of a window, so that no format needs clipping of its own. */
final class Clip {

    /**
     * A box on the page.
     *
     * @param left left edge
     * @param top upper edge
     * @param right right edge
     * @param bottom lower edge
     */
    record Window(double left, double top, double right, double bottom) {}

    /** An edge of the window: what is inside it, and where a line crosses it. */
    private interface Edge {
        boolean inside(Point point);

        Point crossing(Point a, Point b);
    }

    private Clip() {}

    /** Returns the part of a polygon that lies in the window; fewer than three points if there is none. */
    static List<Point> polygon(List<Point> corners, Window window) {
        List<Point> rest = corners;
        for (Edge edge : edges(window)) {
            rest = cut(rest, edge);
        }
        return rest;
    }

    private static List<Point> cut(List<Point> corners, Edge edge) {
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < corners.size(); i++) {
            Point from = corners.get(i);
            Point to = corners.get((i + 1) % corners.size());
            if (edge.inside(from)) {
                kept.add(from);
            }
            if (edge.inside(from) != edge.inside(to)) {
                kept.add(edge.crossing(from, to));
            }
        }
        return kept;
    }

    /** Returns the parts of a line that lie in the window, each with at least two points. */
    static List<List<Point>> line(List<Point> points, Window window) {
        List<List<Point>> parts = new ArrayList<>();
        List<Point> part = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            List<Point> piece = segment(points.get(i - 1), points.get(i), window);
            boolean joins = !part.isEmpty()
                    && !piece.isEmpty()
                    && part.get(part.size() - 1).equals(piece.get(0));
            if (!joins && !part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
            }
            part.addAll(joins ? piece.subList(1, 2) : piece);
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    private static List<Point> segment(Point a, Point b, Window window) {
        Point from = a;
        Point to = b;
        for (Edge edge : edges(window)) {
            if (!edge.inside(from) && !edge.inside(to)) {
                return List.of();
            }
            if (!edge.inside(from)) {
                from = edge.crossing(from, to);
            } else if (!edge.inside(to)) {
                to = edge.crossing(from, to);
            }
        }
        return List.of(from, to);
    }

    private static List<Edge> edges(Window w) {
        return List.of(
                upright(w.left(), p -> p.x() >= w.left()),
                upright(w.right(), p -> p.x() <= w.right()),
                level(w.top(), p -> p.y() >= w.top()),
                level(w.bottom(), p -> p.y() <= w.bottom()));
    }

    private static Edge upright(double x, Predicate<Point> inside) {
        return edge(inside, (a, b) -> new Point(x, a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x())));
    }

    private static Edge level(double y, Predicate<Point> inside) {
        return edge(inside, (a, b) -> new Point(a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()), y));
    }

    private static Edge edge(Predicate<Point> inside, java.util.function.BinaryOperator<Point> crossing) {
        return new Edge() {
            @Override
            public boolean inside(Point point) {
                return inside.test(point);
            }

            @Override
            public Point crossing(Point a, Point b) {
                return crossing.apply(a, b);
            }
        };
    }
}

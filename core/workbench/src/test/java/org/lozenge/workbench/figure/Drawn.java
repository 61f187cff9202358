package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;

/** The shapes of a scene sorted by kind, for tests. Shapes of groups are listed with the group's tooltip. */
final class Drawn implements Canvas {

    /** A path with the tooltip of its group; empty outside of groups. */
    record PathOf(String tooltip, List<Point> points, boolean closed, Style style) {
        double left() {
            return points.stream().mapToDouble(Point::x).min().orElseThrow();
        }

        double right() {
            return points.stream().mapToDouble(Point::x).max().orElseThrow();
        }

        double top() {
            return points.stream().mapToDouble(Point::y).min().orElseThrow();
        }

        double bottom() {
            return points.stream().mapToDouble(Point::y).max().orElseThrow();
        }
    }

    /** A box with the tooltip of its group. */
    record BoxOf(String tooltip, Point corner, double width, double height, Style style) {}

    /** A circle with the tooltip of its group. */
    record CircleOf(String tooltip, Point centre, double radius, Style style) {}

    final List<PathOf> paths = new ArrayList<>();
    final List<BoxOf> boxes = new ArrayList<>();
    final List<CircleOf> circles = new ArrayList<>();
    final List<Shape.Words> words = new ArrayList<>();

    private String tooltip = "";

    private Drawn() {}

    static Drawn of(Scene scene) {
        Drawn drawn = new Drawn();
        scene.draw(drawn);
        return drawn;
    }

    /** Returns the texts in the order in which they are drawn. */
    List<String> texts() {
        return words.stream().map(Shape.Words::text).toList();
    }

    /** Returns the only box whose tooltip starts with the given text. */
    BoxOf box(String start) {
        return boxes.stream()
                .filter(b -> b.tooltip().startsWith(start))
                .reduce((a, b) -> {
                    throw new AssertionError("several boxes of " + start);
                })
                .orElseThrow(() -> new AssertionError("no box of " + start));
    }

    /** Returns the paths whose tooltip starts with the given text. */
    List<PathOf> paths(String start) {
        return paths.stream().filter(p -> p.tooltip().startsWith(start)).toList();
    }

    /** Returns the first text equal to the given one. */
    Shape.Words text(String text) {
        return words.stream()
                .filter(w -> w.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no text '" + text + "' in " + texts()));
    }

    @Override
    public void path(List<Point> points, boolean closed, Style style) {
        paths.add(new PathOf(tooltip, points, closed, style));
    }

    @Override
    public void box(Point corner, double width, double height, Style style) {
        boxes.add(new BoxOf(tooltip, corner, width, height, style));
    }

    @Override
    public void circle(Point centre, double radius, Style style) {
        circles.add(new CircleOf(tooltip, centre, radius, style));
    }

    @Override
    public void words(Shape.Words text) {
        words.add(text);
    }

    @Override
    public void begin(String text) {
        tooltip = text;
    }

    @Override
    public void end() {
        tooltip = "";
    }
}

package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lozenge.workbench.figure.TextStyle.Anchor;

/**
 * Labels beside points, none over another label, another point or a line.
 *
 * <p>Each label tries the eight places around its point and is left out when all are taken. When more than a few points
 * have labels, only those farthest from the middle of the cloud get one; tooltips have them all.
 */
final class PointLabels {

    /** A point of the plot. The label may be empty. */
    record Spot(Point at, double radius, String label) {}

    /** A box that is taken. */
    private record Taken(double left, double top, double right, double bottom) {
        boolean meets(Taken other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    private static final int MANY = 10;
    private static final int OF_MANY = 5;
    private static final double WIDEST = 0.4;

    private static final int[][] PLACES = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}};

    private final Clip.Window window;
    private final TextStyle style;
    private final List<Taken> taken = new ArrayList<>();
    private final List<List<Point>> lines = new ArrayList<>();
    private final List<Shape> out = new ArrayList<>();

    private PointLabels(Clip.Window window, TextStyle style) {
        this.window = window;
        this.style = style;
    }

    /**
     * Returns the labels that find a place within the window.
     *
     * @param spots all points, with or without labels
     * @param lines what labels must not cross
     */
    static List<Shape> place(List<Spot> spots, List<List<Point>> lines, Clip.Window window, TextStyle style) {
        List<Spot> labelled =
                spots.stream().filter(spot -> !spot.label().isEmpty()).toList();
        if (labelled.isEmpty()) {
            return List.of();
        }
        PointLabels labels = new PointLabels(window, style);
        spots.forEach(labels::take);
        labels.lines.addAll(lines);
        List<Spot> chosen = labelled.size() <= MANY ? labelled : farthest(labelled, spots);
        chosen.forEach(labels::label);
        return labels.out;
    }

    private static List<Spot> farthest(List<Spot> labelled, List<Spot> spots) {
        double x = spots.stream().mapToDouble(spot -> spot.at().x()).average().orElse(0);
        double y = spots.stream().mapToDouble(spot -> spot.at().y()).average().orElse(0);
        Comparator<Spot> nearness = Comparator.comparingDouble(
                spot -> -Math.abs(spot.at().x() - x) - Math.abs(spot.at().y() - y));
        return labelled.stream().sorted(nearness).limit(OF_MANY).toList();
    }

    private void take(Spot spot) {
        double r = spot.radius();
        Point p = spot.at();
        taken.add(new Taken(p.x() - r, p.y() - r, p.x() + r, p.y() + r));
    }

    private void label(Spot spot) {
        String text = FigureText.fit(spot.label(), style, WIDEST * (window.right() - window.left()));
        double width = Typeface.of(style.bold()).width(text, style.size());
        for (int[] place : PLACES) {
            if (tryPlace(spot, text, width, place[0], place[1])) {
                return;
            }
        }
    }

    private boolean tryPlace(Spot spot, String text, double width, int dx, int dy) {
        double away = spot.radius() + 1.5;
        double diagonal = dx != 0 && dy != 0 ? 0.7 : 1;
        double x = spot.at().x() + dx * away * diagonal;
        double middle = spot.at().y() + dy * (away * diagonal + 0.4 * style.size());
        double left = x - width * (1 - dx) / 2;
        double half = 0.5 * style.size();
        Taken box = new Taken(left, middle - half, left + width, middle + half);
        boolean inside = box.left >= window.left()
                && box.right <= window.right()
                && box.top >= window.top()
                && box.bottom <= window.bottom();
        if (!inside || taken.stream().anyMatch(box::meets) || crossesLine(box)) {
            return false;
        }
        taken.add(box);
        out.add(new Shape.Words(new Point(left, middle + Sizes.drop(style.size())), text, style.anchor(Anchor.START)));
        return true;
    }

    private boolean crossesLine(Taken box) {
        Clip.Window around = new Clip.Window(box.left, box.top, box.right, box.bottom);
        return lines.stream().anyMatch(line -> !Clip.line(line, around).isEmpty());
    }
}

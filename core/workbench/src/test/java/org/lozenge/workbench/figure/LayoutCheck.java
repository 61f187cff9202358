package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a reader would call a bad layout: texts over each other, texts over marks, and anything beyond the page.
 * Texts are measured with the metrics of the bundled font, from the top of capitals to the tip of descenders.
 */
final class LayoutCheck implements Canvas {

    /** What a text or a mark covers. */
    record Extent(String what, double left, double top, double right, double bottom) {
        boolean meets(Extent other) {
            double touch = 0.05;
            return left + touch < other.right
                    && other.left + touch < right
                    && top + touch < other.bottom
                    && other.top + touch < bottom;
        }
    }

    private static final double ABOVE = 0.72;
    private static final double BELOW = 0.21;
    private static final double ROUNDING = 0.02;

    private final List<Extent> texts = new ArrayList<>();
    private final List<Extent> marks = new ArrayList<>();
    private final List<Extent> tooltipMarks = new ArrayList<>();

    private final boolean areas;
    private boolean inGroup;

    private LayoutCheck(boolean areas) {
        this.areas = areas;
    }

    private static LayoutCheck of(Scene scene, boolean areas) {
        LayoutCheck check = new LayoutCheck(areas);
        scene.draw(check);
        return check;
    }

    /** Returns the texts of a scene with their extents. */
    static List<Extent> texts(Scene scene) {
        return of(scene, false).texts;
    }

    /** Returns what is wrong with a scene in words; nothing if all is well. */
    static List<String> faults(Scene scene) {
        return faults(scene, false);
    }

    /** As {@link #faults(Scene)}, but polygons without an outline are areas on which texts may stand. */
    static List<String> faultsAboveAreas(Scene scene) {
        return faults(scene, true);
    }

    private static List<String> faults(Scene scene, boolean areas) {
        LayoutCheck check = of(scene, areas);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < check.texts.size(); i++) {
            Extent text = check.texts.get(i);
            for (Extent other : check.texts.subList(i + 1, check.texts.size())) {
                if (text.meets(other)) {
                    faults.add(text + " overlaps " + other);
                }
            }
            for (Extent mark : check.tooltipMarks) {
                if (text.meets(mark)) {
                    faults.add(text + " covers " + mark);
                }
            }
        }
        for (Extent extent : check.all()) {
            if (leaves(extent, scene)) {
                faults.add(extent + " leaves the page of " + scene.width() + " x " + scene.height());
            }
        }
        return faults;
    }

    private List<Extent> all() {
        List<Extent> all = new ArrayList<>(texts);
        all.addAll(marks);
        all.addAll(tooltipMarks);
        return all;
    }

    private static boolean leaves(Extent extent, Scene scene) {
        boolean inside = extent.left() >= -ROUNDING
                && extent.top() >= -ROUNDING
                && extent.right() <= scene.width() + ROUNDING
                && extent.bottom() <= scene.height() + ROUNDING;
        return !inside;
    }

    private void add(String what, double left, double top, double right, double bottom) {
        (inGroup ? tooltipMarks : marks).add(new Extent(what, left, top, right, bottom));
    }

    @Override
    public void path(List<Point> points, boolean closed, Style style) {
        double left = points.stream().mapToDouble(Point::x).min().orElseThrow();
        double right = points.stream().mapToDouble(Point::x).max().orElseThrow();
        double top = points.stream().mapToDouble(Point::y).min().orElseThrow();
        double bottom = points.stream().mapToDouble(Point::y).max().orElseThrow();
        boolean straight = points.size() == 2 && (left == right || top == bottom);
        boolean area = areas && style.stroke() == Style.NONE;
        if (closed && !area || straight) {
            add("path", left, top, right, bottom);
        } else {
            marks.add(new Extent("line or area", left, top, right, bottom));
        }
    }

    @Override
    public void box(Point corner, double width, double height, Style style) {
        add("box", corner.x(), corner.y(), corner.x() + width, corner.y() + height);
    }

    @Override
    public void circle(Point centre, double radius, Style style) {
        add("circle", centre.x() - radius, centre.y() - radius, centre.x() + radius, centre.y() + radius);
    }

    @Override
    public void words(Shape.Words words) {
        double size = words.style().size();
        double length = words.length();
        double before = switch (words.style().anchor()) {
            case START -> 0;
            case MIDDLE -> length / 2;
            case END -> length;
        };
        double x = words.at().x();
        double y = words.at().y();
        texts.add(
                words.style().upwards()
                        ? new Extent(words.text(), x - ABOVE * size, y + before - length, x + BELOW * size, y + before)
                        : new Extent(
                                words.text(), x - before, y - ABOVE * size, x - before + length, y + BELOW * size));
    }

    @Override
    public void begin(String tooltip) {
        inGroup = true;
    }

    @Override
    public void end() {
        inGroup = false;
    }
}

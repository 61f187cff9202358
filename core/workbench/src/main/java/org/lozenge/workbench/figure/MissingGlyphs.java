package org.lozenge.workbench.figure;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lozenge.plugin.Message;

/** Finds the characters of a scene that the bundled font cannot draw. */
final class MissingGlyphs implements Canvas {

    private static final int SHOWN = 8;

    private final Set<Integer> missing = new TreeSet<>();

    private MissingGlyphs() {}

    /** Returns a warning that names the characters, or nothing. */
    static List<Message> in(Scene scene) {
        MissingGlyphs canvas = new MissingGlyphs();
        scene.draw(canvas);
        if (canvas.missing.isEmpty()) {
            return List.of();
        }
        String names =
                canvas.missing.stream().limit(SHOWN).map(MissingGlyphs::name).collect(Collectors.joining(", "));
        String more = canvas.missing.size() > SHOWN ? " and " + (canvas.missing.size() - SHOWN) + " more" : "";
        return List.of(Message.warning(
                "glyphs-missing",
                "The font of the figure has no " + names + more
                        + ". Other fonts of the viewer's machine stand in; check how these characters look."));
    }

    private static String name(int codePoint) {
        String hex = Integer.toHexString(codePoint).toUpperCase(java.util.Locale.ROOT);
        return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
    }

    @Override
    public void words(Shape.Words words) {
        Typeface face = Typeface.of(words.style().bold());
        words.text().codePoints().filter(c -> !face.has(c)).forEach(missing::add);
    }

    @Override
    public void path(List<Point> points, boolean closed, Style style) {
        // only texts matter here
    }

    @Override
    public void box(Point corner, double width, double height, Style style) {
        // only texts matter here
    }

    @Override
    public void circle(Point centre, double radius, Style style) {
        // only texts matter here
    }

    @Override
    public void begin(String tooltip) {
        // only texts matter here
    }

    @Override
    public void end() {
        // only texts matter here
    }
}

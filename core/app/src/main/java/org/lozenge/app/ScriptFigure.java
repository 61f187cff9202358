package org.lozenge.app;

import java.nio.file.Path;
import org.lozenge.workbench.figure.Figure;

/** A figure in a script; printing it shows what it shows in words. */
public final class ScriptFigure {

    private final Figure figure;

    ScriptFigure(Figure figure) {
        this.figure = figure;
    }

    /**
     * Saves the figure.
     *
     * @param file ends in {@code .svg}, {@code .png} or {@code .pdf}
     * @return where it is
     * @throws ScriptException if it has another ending or cannot be written
     */
    public Path save(String file) {
        return ScriptException.guard(() -> {
            Path path = Path.of(file).toAbsolutePath();
            figure.save(path);
            return path;
        });
    }

    /** Returns the figure as SVG text. */
    public String svg() {
        return figure.svg();
    }

    @Override
    public String toString() {
        return figure.description();
    }
}

package org.lozenge.workbench.figure;

/**
 * A place on the page in points, from the top left corner.
 *
 * @param x to the right
 * @param y downwards
 */
public record Point(double x, double y) {}

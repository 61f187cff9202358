package org.lozenge.stats.numeric;

/**
 * A sum of numbers and products as exact as if computed with twice the digits and then rounded.
 *
 * @see <a href="https://doi.org/10.1137/030601818">Ogita, Rump and Oishi (2005), Accurate sum and dot product</a>
 */
public final class DoubledSum {

    private double sum;
    private double rest;

    /** Starts at 0. */
    public DoubledSum() {}

    /**
     * Adds a number.
     *
     * @param x the number
     */
    public void add(double x) {
        double next = sum + x;
        double part = next - sum;
        rest += (sum - (next - part)) + (x - part);
        sum = next;
    }

    /**
     * Adds a product.
     *
     * @param a one factor
     * @param b the other
     */
    public void addProduct(double a, double b) {
        double product = a * b;
        add(product);
        rest += Math.fma(a, b, -product);
    }

    /**
     * Returns the sum.
     *
     * @return the sum, rounded
     */
    public double value() {
        return sum + rest;
    }
}

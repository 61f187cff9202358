package org.lozenge.plugin;

/** How a number reads best. A hint for hosts that print; results keep the unrounded number. */
public enum Format {
    /** About four significant digits. */
    GENERAL,
    /** No decimals. */
    INTEGER,
    /** Two decimals. */
    FIXED2,
    /** Three decimals. */
    FIXED3,
    /** A fraction shown as a percentage: 0.768 reads 76.8 %. */
    PERCENT,
    /** A P value: three decimals below 0.01, two above, and {@code < 0.001}. Never {@code 0.00}. */
    P_VALUE
}

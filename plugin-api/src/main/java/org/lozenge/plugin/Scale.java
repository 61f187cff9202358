package org.lozenge.plugin;

/** The scale on which values are drawn. The values themselves are always as a reader expects them. */
public enum Scale {
    /** Equal distances are equal differences. */
    LINEAR,
    /** Equal distances are equal ratios; values must be above 0. */
    LOG
}

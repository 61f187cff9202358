package org.lozenge.app;

/** What the command returns to the shell; public contract. */
public final class ExitStatus {

    /** Done. */
    public static final int DONE = 0;

    /** {@code replay} gave another outcome than the saved one. */
    public static final int DIFFERENT = 1;

    /** The input or the call must be mended; the message says how. */
    public static final int MEND = 2;

    /** An analysis or a plugin failed, or Lozenge itself. */
    public static final int FAILED = 3;

    /** Output could not be written, such as on a full disk. */
    public static final int WRITE_FAILED = 74;

    /** Cancelled by the user or past the time-out. */
    public static final int CANCELLED = 130;

    /** The reader of the output went away, as {@code head} does; as a shell reports it for other tools. */
    static final int BROKEN_PIPE = 141;

    private ExitStatus() {}
}

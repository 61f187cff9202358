package org.lozenge.workbench;

/** Hears how far a run is. Called on the thread of the run; it should return quickly. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * A run got further.
     *
     * @param fraction in [0, 1]
     * @param step what is being done
     */
    void progress(double fraction, String step);
}

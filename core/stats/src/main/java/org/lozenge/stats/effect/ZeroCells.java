package org.lozenge.stats.effect;

import java.util.ArrayList;
import java.util.List;

/**
 * What to do about counts of zero before a measure is computed.
 *
 * <p>The constant is added to every cell of a table. The treatment-arm correction divides it by the sizes of the arms,
 * so that the correction itself does not push the odds ratio away from 1 where the arms differ in size: with
 * {@code add = 0.5} the cells of the arms get {@code n₁/(n₁+n₂)} and {@code n₂/(n₁+n₂)}, whose sum is that of two halves.
 *
 * @param add the constant, 0 or above
 * @param to which studies get it
 * @param split how it is divided between the arms
 * @param dropDoubleZeros whether studies without events in both arms, or with events only, are left out
 * @see <a href="https://doi.org/10.1002/sim.1761">Sweeting, Sutton and Lambert (2004), Stat. Med. 23, 1351–1375</a>
 */
public record ZeroCells(double add, To to, Split split, boolean dropDoubleZeros) {

    /** Which studies get the constant. */
    public enum To {
        /** Those with a zero cell. */
        ONLY0,
        /** All. */
        ALL,
        /** All, if any of them has a zero cell. */
        IF0ALL,
        /** None. */
        NONE
    }

    /** How the constant is divided between the arms. */
    public enum Split {
        /** The same to all cells. */
        CONSTANT,
        /** In proportion to the size of the arm; twice the constant in all. */
        TREATMENT_ARM
    }

    /**
     * One study after the treatment.
     *
     * @param data what the measure is computed from; the original data if nothing was added
     * @param corrected whether something was added
     * @param dropped whether the study is left out as a double zero
     */
    public record Treated(RawData data, boolean corrected, boolean dropped) {}

    /**
     * Checks the constant.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public ZeroCells {
        if (!(add >= 0) || Double.isInfinite(add)) {
            throw new IllegalArgumentException("The constant for zero cells must be 0 or above, but is " + add);
        }
    }

    /**
     * Returns the usual treatment: one half to all cells of studies with a zero cell; nothing is dropped.
     *
     * @return the default of most software for single studies
     */
    public static ZeroCells usual() {
        return new ZeroCells(0.5, To.ONLY0, Split.CONSTANT, false);
    }

    /**
     * Returns the treatment that leaves the counts alone.
     *
     * @return no constant, nothing dropped
     */
    public static ZeroCells none() {
        return new ZeroCells(0, To.NONE, Split.CONSTANT, false);
    }

    /**
     * Treats all studies of an analysis. Data that are not counts stay as they are.
     *
     * @param studies the data as reported
     * @return as many studies, in the same order
     */
    public List<Treated> apply(List<? extends RawData> studies) {
        boolean anyZero = studies.stream()
                .anyMatch(s -> s instanceof CountData<?> counts && !isDropped(counts) && counts.hasZero());
        List<Treated> treated = new ArrayList<>(studies.size());
        for (RawData study : studies) {
            treated.add(
                    study instanceof CountData<?> counts ? treat(counts, anyZero) : new Treated(study, false, false));
        }
        return treated;
    }

    private Treated treat(CountData<?> study, boolean anyZero) {
        boolean dropped = isDropped(study);
        boolean corrected = !dropped && isCorrected(study, anyZero);
        return new Treated(corrected ? corrected(study) : study, corrected, dropped);
    }

    private boolean isDropped(CountData<?> study) {
        return dropDoubleZeros && study.isDoubleZero();
    }

    private boolean isCorrected(CountData<?> study, boolean anyZero) {
        if (add == 0) {
            return false;
        }
        return switch (to) {
            case ONLY0 -> study.hasZero();
            case ALL -> true;
            case IF0ALL -> anyZero;
            case NONE -> false;
        };
    }

    private RawData corrected(CountData<?> study) {
        return switch (split) {
            case CONSTANT -> study.plus(add, add);
            case TREATMENT_ARM -> {
                double share = study.firstShare();
                yield study.plus(2 * add * share, 2 * add * (1 - share));
            }
        };
    }
}

package org.lozenge.stats.effect;

/**
 * Counts of the genotypes of a gene with two alleles.
 *
 * @param dominant homozygous for the dominant allele
 * @param heterozygous heterozygous
 * @param recessive homozygous for the recessive allele
 */
public record Genotypes(double dominant, double heterozygous, double recessive) implements RawData {

    /**
     * Checks the counts.
     *
     * @throws InvalidRawDataException if a count is negative or not finite
     */
    public Genotypes {
        InvalidRawDataException.count("a", dominant);
        InvalidRawDataException.count("b", heterozygous);
        InvalidRawDataException.count("c", recessive);
    }

    @Override
    public String describe() {
        return "a = " + Texts.print(dominant) + ", b = " + Texts.print(heterozygous) + ", c = "
                + Texts.print(recessive);
    }
}

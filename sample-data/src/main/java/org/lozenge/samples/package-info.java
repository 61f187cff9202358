/**
 * The data sets that come with Lozenge: published numbers with their dictionary, source and licence.
 *
 * <p>{@link org.lozenge.samples.Samples} is the catalogue, a {@link org.lozenge.samples.Sample} one
 * data set. A set is two resources beside these classes: {@code NAME.csv} (UTF-8, LF, a header row)
 * and {@code NAME.properties} (everything else); {@code index.txt} lists the names, so that nothing
 * searches the class path.
 *
 * <p>The tables hold facts as their sources print them, digit by digit: {@code 0.10} is not
 * {@code 0.1}, because an audit reads the rounding from the printed digits.
 *
 * <p>Imports the JDK alone.
 */
package org.lozenge.samples;

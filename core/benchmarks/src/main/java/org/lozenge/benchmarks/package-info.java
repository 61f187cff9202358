/**
 * JMH benchmarks. {@link org.lozenge.benchmarks.PoolingBenchmark} measures the full pooled result through the public
 * API; {@code README.md} has the command and the measured times. Never deployed.
 */
package org.lozenge.benchmarks;

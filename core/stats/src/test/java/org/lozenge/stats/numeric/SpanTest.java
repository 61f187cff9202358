package org.lozenge.stats.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SpanTest {

    @Test
    void rowsThatAreNearlyParallelSpanAPlane() {
        double[][] basis = Span.basis(new double[][] {{1, 0, 2}, {1, 1e-6, 2}}, 1e-12);
        assertThat(basis).hasNumberOfRows(2);
        assertEquals(0, Vectors.dot(basis[0], basis[1], 0, 3), 1e-15);
        assertEquals(1, basis[1][1], 1e-15);
    }

    @Test
    void whatFollowsFromOtherRowsIsLeftOut() {
        assertThat(Span.basis(new double[][] {{1, 2}, {2, 4}, {0, 0}, {1, 0}, {7, 1}}, 1e-12))
                .hasNumberOfRows(2);
        assertThat(Span.basis(new double[][] {{0, 0}}, 1e-12)).hasNumberOfRows(0);
    }
}

package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveReaderTest {

    @Test
    void startsAtOneAndSortsByTime() {
        CurveReader.Reading reading = Curves.reading("12 0.8 40/6 0.9/0 1 50/0 1");
        ReportedCurve curve = reading.curve().orElseThrow();

        assertThat(curve.time().toArray()).containsExactly(0, 6, 12);
        assertThat(curve.survival().toArray()).containsExactly(1, 0.9, 0.8);
        assertThat(curve.atRiskAt(12)).isEqualTo(40);
        assertThat(curve.size()).isEqualTo(50);
        assertThat(reading.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.row()).isEqualTo(2);
            assertThat(remark.message()).startsWith("time 6 comes after 12");
        });
    }

    @Test
    void readsFractionsPercentagesAndBarePercentages() {
        assertThat(Curves.curve("6 91%/12 82.5%").survival().toArray()).containsExactly(1, 0.91, 0.825);
        assertThat(Curves.curve("6 91/12 82.5").survival().toArray()).containsExactly(1, 0.91, 0.825);
        assertThat(Curves.reading("6 91/12 82.5").remarks()).hasSize(1);
        assertThat(Curves.curve("6 91%/12 82.5%").halfUnit()).isEqualTo(0.0005);
    }

    @Test
    void takesUnitsOffTimes() {
        CurveReader reader = new CurveReader();
        reader.add(1, java.util.Map.of(CurveReader.Column.TIME, "12 months", CurveReader.Column.SURVIVAL, "0.8"));

        assertThat(reader.read().curve().orElseThrow().last()).isEqualTo(12);
    }

    @Test
    void takesTheFootOfAStepAndFlattensTremor() {
        assertThat(Curves.curve("6 1/6 0.8/9 0.803/12 0.7").survival().toArray())
                .containsExactly(1, 0.8, 0.8, 0.7);
        assertThat(Curves.curve("6 0.80/9 0.81").survival().toArray()).containsExactly(1, 0.8, 0.8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "6 0.8/12 0.85 | 2 | SURVIVAL | the curve rises from 0.8 at time 6 (row 1) to 0.85 at time 12",
                "6 0.8/12 1.2 | 2 | SURVIVAL | must lie between 0 and 1, but is 1.2",
                "6 0.8/12 72 | 2 | SURVIVAL | write a percentage with its sign, as in 91%",
                "6 -0.1 | 1 | SURVIVAL | must lie between 0 and 1, but is -0.1",
                "0 0.9/6 0.8 | 1 | SURVIVAL | the event-free fraction at time 0 is 1, but this is 0.9",
                "0 1 50 | 1 | SURVIVAL | no point after time 0",
                "6 0.8 50/12 0.7 60 | 2 | N_RISK | rises from 50 at time 6 (row 1) to 60 at time 12",
                "6 0.8 50/6 - 51 | 2 | N_RISK | at time 6 is 51, but 50 in row 1",
                "6 0.8 50%/7 .7 | 1 | N_RISK | is a percentage, but this column takes a count",
                "6 0.8 -5/7 .7 | 1 | N_RISK | is negative",
                "-6 0.8/7 .7 | 1 | TIME | the time must be at least 0, but is '-6'",
                "x 0.8/7 .7 | 1 | TIME | 'x' is not a number",
                "- 0.8/7 .7 | 1 | TIME | a point of the curve needs its time",
                "6 0,8/7 .7 | 1 | SURVIVAL | '0,8' has a comma; write a decimal point",
            })
    void namesWhatIsWrong(String points, int row, CurveReader.Column column, String message) {
        CurveReader.Reading reading = Curves.reading(points);

        assertThat(reading.curve()).isEmpty();
        assertThat(reading.problems()).anySatisfy(problem -> {
            assertThat(problem.row()).isEqualTo(row);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void namesEveryFault() {
        assertThat(Curves.reading("6 1.5 x/y 0.8/12 0.7 9/18 0.9 10").problems())
                .hasSize(4);
    }
}

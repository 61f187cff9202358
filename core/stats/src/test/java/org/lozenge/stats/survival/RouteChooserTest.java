package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteChooserTest {

    private static RouteChoice choose(String cells) {
        return RouteChooser.standard().choose(Reports.read(cells));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "T2 | hr=0.8;ci_low=0.6;ci_high=1.07;o_minus_e=-9;v=40",
                "T4 | hr=0.8;ci_low=0.6;ci_high=1.07;p=0.13;events_t=80;events_c=100;n_t=200;n_c=200",
                "T5 | hr=0.8;ci_low=0.6;events_t=80;events_c=100",
                "T6 | ci_low=0.6;ci_high=1.07;p=0.13",
                "T10 | hr=0.8;p=0.13;events_t=80;events_c=100;n_t=200;n_c=200",
                "T12 | hr=0.8;p=0.13;events=180;n_t=200;n_c=100",
                "T12 | hr=0.8;p=0.13;events=180;n_t=200;n_c=200",
                "T11 | hr=0.8;p=0.13;events=180",
                "T7 | hr=0.8;p=0.13",
                "T7 | hr=0.28;p=0.0005",
                "T8 | hr=0.8;p=0.065;p_sided=1",
                "T13 | p=0.13;events_t=80;events_c=100;favours=treatment",
                "T15 | p=0.13;events=180;n_t=200;n_c=100;favours=treatment",
                "T14 | p=0.13;events=180;favours=treatment",
                "T7 | hr=1.06;p=0.70",
                "T7 | hr=1.06;p=0.70;survival_t=73%;survival_c=75%;n_t=307;n_c=307",
                "T20 | survival_t=73%;survival_c=75%;n_t=307;n_c=307",
                "T23 | events_t=32;events_c=12;time_t=1032;time_c=1000",
                "T7 | hr=0.50;p=0.003;survival_t=59%;survival_c=35%;n_t=307;n_c=307",
            })
    void choosesByPrecedence(String route, String cells) {
        RouteChoice choice = choose(cells);

        assertThat(choice.chosen()).get().extracting(RouteEstimate::route).isEqualTo(route);
        assertThat(choice.reason()).startsWith(route + ", from");
    }

    @Test
    void showsEveryRouteTheReportAllowsBestFirst() {
        RouteChoice choice = choose("hr=1.06;ci_low=0.77;ci_high=1.46;p=0.70;events_t=79;events_c=73;n_t=307;n_c=307");

        assertThat(choice.estimates())
                .extracting(RouteEstimate::route)
                .containsExactly("T4", "T10", "T12", "T11", "T13", "T15", "T14", "T21", "T7");
        assertThat(choice.reason()).contains("precedes T10, T12");
        assertThat(choice.estimates().size() + choice.unavailable().size())
                .isEqualTo(Route.all().size());
    }

    @Test
    void neverChoosesABoundUnlessAccepted() {
        String cells = "hr=0.50;p=<0.001";
        RouteChoice accepting = new RouteChooser(List.of(), true).choose(Reports.read(cells));

        assertThat(choose(cells).chosen()).isEmpty();
        assertThat(choose(cells).estimates()).hasSize(1);
        assertThat(choose(cells).reason()).contains("Only a bound").contains("accept bounds");
        assertThat(accepting.chosen()).get().satisfies(estimate -> {
            assertThat(estimate.bound()).isTrue();
            assertThat(estimate.route()).isEqualTo("T9");
        });
    }

    @Test
    void neverReplacesAPrintedRatioByAGuessFromTheCurves() {
        String cells = "hr=0.50;p=<0.001;survival_t=43%;survival_c=22%;n_t=307;n_c=307";
        RouteChooser preferring = new RouteChooser(List.of("T20"), false);

        assertThat(choose(cells).chosen()).isEmpty();
        assertThat(choose(cells).estimates()).extracting(RouteEstimate::route).containsExactly("T9", "T20");
        assertThat(preferring.choose(Reports.read(cells)).chosen())
                .get()
                .extracting(RouteEstimate::route)
                .isEqualTo("T20");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "p=<0.001;events=90 | only a bound give no hazard ratio",
                "hr=0.5 | add a confidence limit, an exact P value, or events",
                "hr=1.00;p=0.97 | T7: a hazard ratio printed as 1.00 may be 1",
                "p=0.01;events=90 | say which arm is favoured",
                "n_t=90 | Nothing to derive",
            })
    void saysWhatAnUnusableReportLacks(String cells, String remedy) {
        RouteChoice choice = choose(cells);

        assertThat(choice.chosen()).isEmpty();
        assertThat(choice.reason()).contains(remedy);
    }

    @Test
    void anOwnPrecedenceComesFirst() {
        RouteChooser chooser = new RouteChooser(List.of("T7", "T10"), false);
        String cells = "hr=1.06;ci_low=0.77;ci_high=1.46;p=0.70;events_t=79;events_c=73";

        assertThat(chooser.choose(Reports.read(cells)).chosen())
                .get()
                .extracting(RouteEstimate::route)
                .isEqualTo("T7");
    }

    @Test
    void refusesUnknownAndRepeatedCodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouteChooser(List.of("T99"), false))
                .withMessageContaining("'T99' is not a route")
                .withMessageContaining("T10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouteChooser(List.of("T4", "T4"), false))
                .withMessageContaining("twice");
    }

    @Test
    void theStandardOrderHoldsEveryRouteOnce() {
        assertThat(RouteChooser.PRECEDENCE)
                .containsExactlyInAnyOrderElementsOf(
                        Route.all().stream().map(Route::code).toList());
    }
}

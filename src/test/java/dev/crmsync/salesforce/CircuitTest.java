package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.DeliveryControl;
import dev.crmsync.event.SettableClock;
import dev.crmsync.salesforce.RecordedPauses.Pause;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final String CONTACTS = DeliveryControl.object("Contact");

    private final SettableClock clock = SettableClock.at("2026-05-26T18:42:00Z");
    private final RecordedPauses pauses = new RecordedPauses(clock);
    private final Circuit circuit = new Circuit(pauses, new RetryAfter(clock), clock);

    @Test
    void aFirstOutageDoesNotPause() {
        outage();
        outage();

        assertThat(pauses.all()).isEmpty();
        assertThat(circuit.openFor("Contact")).isNull();
    }

    @Test
    void theThirdOutageInARowPausesEverything() {
        outage();
        outage();
        outage();

        assertThat(pauses.all()).extracting(Pause::scope).containsExactly(DeliveryControl.ALL);
        assertThat(circuit.openFor("Contact")).isInstanceOf(DeliveryPausedException.class);
        assertThat(circuit.openFor("Account")).isInstanceOf(DeliveryPausedException.class);
    }

    @Test
    void aSuccessBetweenOutagesStartsTheCountAfresh() {
        outage();
        outage();
        circuit.succeeded("Account");
        outage();
        outage();

        assertThat(pauses.all()).isEmpty();
    }

    @Test
    void pausesDoubleUpToAMinuteWhileTheProbesFail() {
        outage();
        outage();
        for (int i = 0; i < 6; i++) {
            outage();
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(pauses.all())
                .extracting(pause -> pause.duration().toSeconds())
                .containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void callsThatFailTogetherPauseOnce() {
        circuit.failed("Contact", failure(FailureClass.CONFIGURATION, "invalid_grant"));
        circuit.failed("Account", failure(FailureClass.CONFIGURATION, "invalid_grant"));

        assertThat(pauses.all()).hasSize(1);
    }

    @Test
    void afterThePauseTheNextCallIsAProbe() {
        circuit.failed("Contact", failure(FailureClass.CONFIGURATION, "invalid_grant"));
        clock.advance(Duration.ofSeconds(5));

        assertThat(circuit.openFor("Contact")).isNull();
    }

    @Test
    void theDailyLimitPausesEverythingForAQuarterOfAnHour() {
        circuit.failed("Contact", failure(FailureClass.LIMIT, "REQUEST_LIMIT_EXCEEDED"));

        assertThat(pauses.all()).singleElement().satisfies(pause -> {
            assertThat(pause.scope()).isEqualTo(DeliveryControl.ALL);
            assertThat(pause.duration()).isEqualTo(Duration.ofMinutes(15));
            assertThat(pause.reason()).contains("REQUEST_LIMIT_EXCEEDED");
        });
    }

    @Test
    void tooManyRequestsPauseForSeconds() {
        circuit.failed("Contact", failure(FailureClass.LIMIT, "HTTP_429"));

        assertThat(pauses.all()).extracting(Pause::duration).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void aMissingFieldPausesItsObjectOnly() {
        circuit.failed("Contact", failure(FailureClass.CONFIGURATION, "INVALID_FIELD"));

        assertThat(pauses.all()).extracting(Pause::scope).containsExactly(CONTACTS);
        assertThat(circuit.openFor("Contact")).isInstanceOf(ConfigurationFailureException.class);
        assertThat(circuit.openFor("Account")).isNull();
    }

    @Test
    void anObjectThatAPersonHasPausedHasNoFailureToTell() {
        pauses.pause(CONTACTS, "looking at it", Duration.ofHours(1));

        assertThat(circuit.openFor("Contact")).isInstanceOf(ObjectPausedException.class);
    }

    @Test
    void whatConcernsOneRecordPausesNothing() {
        for (FailureClass harmless : List.of(
                FailureClass.TRANSIENT, FailureClass.MISSING_PARENT, FailureClass.PERMANENT, FailureClass.ALREADY_SO)) {
            for (int i = 0; i < 5; i++) {
                circuit.failed("Contact", failure(harmless, "ANY"));
            }
        }

        assertThat(pauses.all()).isEmpty();
    }

    private void outage() {
        circuit.failed("Contact", failure(FailureClass.UNAVAILABLE, "HTTP_503"));
    }

    private static Failure failure(FailureClass failureClass, String code) {
        return new Failure(failureClass, code, 503, List.of(), "");
    }
}

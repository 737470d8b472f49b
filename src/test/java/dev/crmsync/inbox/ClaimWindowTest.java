package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.SettableClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimWindowTest {

    private static final int MOST = 5_000;

    private final SettableClock clock = SettableClock.at("2026-05-26T12:00:00Z");
    private final ClaimWindow window = new ClaimWindow(MOST, clock);

    @Test
    void isWideWhileEventsAreDeliveredQuickly() {
        runs(10, Duration.ofMillis(300));
        assertThat(window.size()).isEqualTo(MOST);
    }

    @Test
    void holdsAboutTwoSecondsOfWork() {
        double eventsASecond = 333;
        for (int second = 0; second < 60; second++) {
            settle(Duration.ofMillis((long) (window.size() / eventsASecond * 1000)));
        }
        assertThat(window.size()).isBetween(500, 900);
    }

    @Test
    void neverHoldsLessThanFillsTwoCalls() {
        runs(30, Duration.ofSeconds(40));
        assertThat(window.size()).isEqualTo(ClaimWindow.LEAST);
    }

    @Test
    void isWideAgainSoonAfterTrouble() {
        runs(30, Duration.ofSeconds(40));
        runs(8, Duration.ofMillis(100));
        assertThat(window.size()).isEqualTo(MOST);
    }

    @Test
    void staysBelowASmallLimit() {
        assertThat(new ClaimWindow(50, clock).size()).isEqualTo(50);
    }

    private void runs(int seconds, Duration eachTook) {
        IntStream.range(0, seconds).forEach(second -> settle(eachTook));
    }

    private void settle(Duration eachTook) {
        IntStream.range(0, 300).forEach(subject -> window.settled(eachTook));
        clock.advance(Duration.ofSeconds(1));
        window.size();
    }
}

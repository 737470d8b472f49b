package dev.crmsync.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {

    private final RequestLimits limits = new RequestLimits(10, Duration.ofSeconds(30), 100);

    @Test
    void aBodyMayComeSlowlyAtFirst() {
        assertThat(limits.isTooSlow(0, RequestLimits.UNMEASURED)).isFalse();
    }

    @Test
    void afterwardsItMustComeAtTheLeastRate() {
        Duration ten = Duration.ofSeconds(10);
        long least = 10L * RequestLimits.BYTES_PER_SECOND;

        assertThat(limits.isTooSlow(least, ten)).isFalse();
        assertThat(limits.isTooSlow(least - RequestLimits.BYTES_PER_SECOND, ten))
                .isTrue();
    }

    @Test
    void aBodyMayNotTakeLongerThanARequest() {
        assertThat(limits.isTooSlow(RequestLimits.BODY_BYTES, Duration.ofSeconds(31)))
                .isTrue();
    }

    @Test
    void theLargestBodyCanComeAtTheLeastRateInTime() {
        assertThat(RequestLimits.BODY_BYTES / 30).isGreaterThan(RequestLimits.BYTES_PER_SECOND);
    }

    @Test
    void nameWhatIsWrong() {
        assertThatThrownBy(() -> new RequestLimits(0, Duration.ofSeconds(1), 1)).hasMessageContaining("0 requests");
        assertThatThrownBy(() -> new RequestLimits(1, Duration.ZERO, 1)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new RequestLimits(1, Duration.ofSeconds(1), 0)).hasMessageContaining("0 connections");
    }
}

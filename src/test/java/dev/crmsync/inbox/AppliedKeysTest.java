package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.event;
import static dev.crmsync.inbox.InboxUnderTest.ofAspect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.OrderKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AppliedKeysTest {

    private final AppliedKeys applied = AppliedKeys.NONE.with(event("e", "s", 7));

    @Test
    void areAheadOfOlderEventsOnly() {
        assertThat(applied.isAheadOf(event("e", "s", 6))).isTrue();
        assertThat(applied.isAheadOf(event("e", "s", 7))).isFalse();
        assertThat(applied.isAheadOf(event("e", "s", 8))).isFalse();
    }

    @Test
    void sayNothingAboutOtherAspectsNorAboutKeysOfAnotherKind() {
        assertThat(applied.isAheadOf(ofAspect("login", event("e", "s", 6)))).isFalse();
        assertThat(applied.isAheadOf(event("e", "s", OrderKey.of(Instant.EPOCH))))
                .isFalse();
        assertThat(applied.isAheadOf(event("e", "s"))).isFalse();
    }

    @Test
    void moveForwardOnly() {
        assertThat(applied.with(event("e", "s", 6))).isEqualTo(applied);
        assertThat(applied.with(event("e", "s"))).isEqualTo(applied);
        assertThat(applied.with(event("e", "s", 8)).isAheadOf(event("e", "s", 7)))
                .isTrue();
    }

    @Test
    void surviveBeingStored() {
        AppliedKeys all = applied.with(ofAspect("login", event("e", "s", OrderKey.of(Instant.EPOCH))))
                .withTombstone(true);
        assertThat(AppliedKeys.ofJson(all.toJson())).isEqualTo(all);
        assertThat(AppliedKeys.ofJson("{}")).isEqualTo(AppliedKeys.NONE);
    }
}

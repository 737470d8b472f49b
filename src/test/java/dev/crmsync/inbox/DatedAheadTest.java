package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crmsync.event.Event;
import dev.crmsync.event.OrderKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatedAheadTest {

    private static final Instant RECEIVED = Instant.parse("2026-05-26T12:00:00Z");

    @Test
    void aReplayKeepsTheVersionOfAnEventDatedFarAhead() throws Exception {
        Event event = InboxUnderTest.event("e1", "s1", key("[7, \"2999-01-01T00:00:00Z\"]"));
        assertThat(DatedAhead.refuse(event, RECEIVED)).isPresent();

        Event replayed = DatedAhead.asReceived(event, RECEIVED);

        assertThat(replayed.orderKey()).isEqualTo(key("[7, \"2026-05-26T12:00:00Z\"]"));
        assertThat(replayed.orderKey().isOlderThan(OrderKey.of(8))).isTrue();
        assertThat(DatedAhead.refuse(replayed, RECEIVED)).isEmpty();
    }

    @Test
    void aDateThatIsNotAheadStays() throws Exception {
        OrderKey now = key("[7, \"2026-05-26T12:59:00Z\"]");

        assertThat(DatedAhead.asReceived(now, RECEIVED)).isEqualTo(now);
    }

    private static OrderKey key(String json) throws Exception {
        return OrderKey.of(new JsonMapper().readTree(json));
    }
}

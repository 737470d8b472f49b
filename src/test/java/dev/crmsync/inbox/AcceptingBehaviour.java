package dev.crmsync.inbox;

import static dev.crmsync.inbox.Acceptance.Kind.DUPLICATE;
import static dev.crmsync.inbox.Acceptance.Kind.NEW;
import static dev.crmsync.inbox.Acceptance.Kind.REFUSED;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static dev.crmsync.inbox.InboxUnderTest.kinds;
import static dev.crmsync.inbox.InboxUnderTest.withPayload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How events come in, on every database. */
interface AcceptingBehaviour {

    InboxUnderTest inbox();

    @Test
    default void storesAnEventWithAllItSays() {
        Event event = new Event(
                new EventId("plain", "pEv_1"),
                "customer.created",
                "w_1",
                "customer:c_1 é \uD83D\uDE00",
                "login",
                OrderKey.of(Instant.parse("2026-01-02T03:04:05.678Z")),
                Instant.parse("2026-01-02T03:04:05.678Z"),
                false,
                "{\"text\":\"\\u0000 \u0000 \uD83D\uDE00\"}",
                "the body is no object");
        String traceContext = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        inbox().inbox.accept(List.of(new Received(event, traceContext)));

        StoredEvent stored = inbox().inbox.events().find(event.id()).orElseThrow();
        assertThat(stored.event()).isEqualTo(event);
        assertThat(stored.state()).isEqualTo(EventState.PENDING);
        assertThat(stored.attempts()).isZero();
        assertThat(stored.receivedAt()).isEqualTo(inbox().clock.instant());
        assertThat(stored.finishedAt()).isNull();
        assertThat(stored.traceContext()).isEqualTo(traceContext);
        assertThat(inbox().inbox.events().find(stored.id())).contains(stored);
    }

    @Test
    default void storesTheSameEventOnce() {
        assertThat(kinds(inbox().accept(event("e1", "s1")))).containsExactly(NEW);
        assertThat(kinds(inbox().accept(event("e1", "s1"), event("e2", "s1")))).containsExactly(DUPLICATE, NEW);
        assertThat(inbox().number("select count(*) from event")).isEqualTo(2);
    }

    @Test
    default void storesTheSameEventOnceWithinABatch() {
        assertThat(kinds(inbox().accept(event("e1", "s1"), event("e1", "s1")))).containsExactly(NEW, DUPLICATE);
    }

    @Test
    default void aDuplicateMakesNothingDue() {
        inbox().accept(event("e1", "s1"));
        inbox().settle(inbox().delivered(inbox().claimOne()));

        inbox().accept(event("e1", "s1"));

        assertThat(inbox().number("select count(*) from subject where claimable_at is not null"))
                .isZero();
    }

    @Test
    default void ofFiftyConcurrentCopiesOneIsNew() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService senders = Executors.newFixedThreadPool(50);
        // two queues, as two replicas have
        try (AcceptQueue one = new AcceptQueue(inbox().inbox);
                AcceptQueue other = new AcceptQueue(inbox().inbox)) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                AcceptQueue queue = i % 2 == 0 ? one : other;
                answers.add(senders.submit(() -> {
                    start.await();
                    return queue.accept(new Received(event("e1", "s1"), null));
                }));
            }
            start.countDown();
            int news = 0;
            for (Future<Boolean> answer : answers) {
                news += answer.get() ? 1 : 0;
            }
            assertThat(news).isEqualTo(1);
            assertThat(inbox().number("select count(*) from event")).isEqualTo(1);
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    default void isCommittedBeforeTheCallerGoesOn() {
        try (AcceptQueue queue = new AcceptQueue(inbox().inbox)) {
            for (int i = 1; i <= 20; i++) {
                queue.accept(new Received(event("e" + i, "s" + i), null));
                assertThat(inbox().number("select count(*) from event")).isEqualTo(i);
            }
        }
    }

    @Test
    default void refusesOnlyTheEventThatCannotBeStored() {
        List<Acceptance> results =
                inbox().accept(event("e1", "s1"), event("e2", "s\u0000"), event("e3", "s".repeat(600)));

        assertThat(kinds(results)).containsExactly(NEW, REFUSED, REFUSED);
        assertThat(results.get(1).refusal()).hasMessageContaining("subject has a NUL");
        assertThat(results.get(2).refusal()).hasMessageContaining("600 characters, at most 512");
    }

    @Test
    default void theDatabasesRefusalOfOneEventHarmsNoOther() {
        // a rule of the database that the inbox knows nothing of
        inbox().execute("create unique index one_per_type on event (type)");

        assertThat(kinds(inbox().accept(event("e1", "s1"), event("e2", "s2")))).containsExactly(NEW, REFUSED);
        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.PENDING);
    }

    @Test
    default void aRefusalQuotesNoPersonalData() {
        inbox().execute("create unique index one_per_type on event (type)");
        Event event = withPayload("{\"email\":\"ada@example.org\"}", event("e2", "s2"));

        UnstorableEventException refusal =
                inbox().accept(event("e1", "s1"), event).get(1).refusal();

        assertThat(refusal).hasMessageContaining("pivotal:e2").hasMessageNotContainingAny("ada", "616461", "acme");
    }

    @Test
    default void withAKeyNoPayloadIsStoredReadably() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        Inbox sealed = new Inbox(inbox().database, PayloadCipher.of(List.of(key)), inbox().clock, new Arrivals());
        sealed.accept(List.of(new Received(withPayload("\"ada\"", event("e1", "s1")), null)));

        inbox().accept(withPayload("\"bob\"", event("e2", "s2")));

        assertThat(inbox().text("select payload from event where event_id = 'e1'"))
                .doesNotContain("ada");
        assertThat(inbox().text("select payload from event where event_id = 'e2'"))
                .contains("bob");
        assertThat(sealed.events()
                        .find(new EventId("pivotal", "e1"))
                        .orElseThrow()
                        .event()
                        .payload())
                .isEqualTo("\"ada\"");
    }

    @Test
    default void aMissingKeyIsToldAtTheStartAndHarmsNoOtherEvent() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        Inbox sealed = new Inbox(inbox().database, PayloadCipher.of(List.of(key)), inbox().clock, new Arrivals());
        sealed.accept(List.of(new Received(event("e1", "s1"), null)));

        sealed.verifyPayloadKeys();
        assertThatThrownBy(() -> inbox().inbox.verifyPayloadKeys()).isInstanceOf(PayloadSealedException.class);
        assertThat(inbox().claimOne().events().get(0).event().unreadable()).contains("list the key");
    }

    @Test
    default void aStartIsStoppedByOldPayloadsToo() {
        Inbox before = sealedWith(1);
        before.verifyPayloadKeys();
        before.accept(List.of(
                new Received(event("dead", "s1"), null),
                new Received(event("done", "s2"), null),
                new Received(event("waits", "s3"), null)));
        inbox().execute("update event set state = 'dead', finished_at = 1 where event_id = 'dead'");
        inbox().execute("update event set state = 'delivered', finished_at = 1 where event_id = 'done'");
        Inbox after = sealedWith(2, 1);
        after.verifyPayloadKeys();
        after.accept(List.of(new Received(event("newest", "s4"), null)));

        assertThatThrownBy(() -> sealedWith(2).verifyPayloadKeys())
                .isInstanceOf(PayloadSealedException.class)
                .hasMessageContaining("3 stored payloads (1 pending, 1 delivered, 1 dead), such as that of pivotal:")
                .hasMessageContaining("1 keys of crm.database.encryption-keys: list the key");
        sealedWith(2, 1).verifyPayloadKeys();
    }

    @Test
    default void aKeyThatNothingIsSealedWithAnyMoreIsLeftOutAndForgotten() {
        Inbox before = sealedWith(1);
        before.verifyPayloadKeys();
        before.accept(List.of(new Received(event("old", "s1"), null)));
        sealedWith(2, 1).verifyPayloadKeys();
        inbox().execute("update event set payload = null");
        inbox().clock.advance(Duration.ofDays(2));

        sealedWith(2).verifyPayloadKeys();

        assertThat(inbox().number("select count(*) from payload_key")).isEqualTo(1);
    }

    private Inbox sealedWith(int... keys) {
        List<String> base64 = IntStream.of(keys)
                .mapToObj(key -> {
                    byte[] bytes = new byte[32];
                    Arrays.fill(bytes, (byte) key);
                    return Base64.getEncoder().encodeToString(bytes);
                })
                .toList();
        return new Inbox(inbox().database, PayloadCipher.of(base64), inbox().clock, new Arrivals());
    }

    @Test
    default void tellsTheCallerThatItsEventCannotBeStored() {
        try (AcceptQueue queue = new AcceptQueue(inbox().inbox)) {
            assertThatThrownBy(() -> queue.accept(new Received(event("e\u0000", "s1"), null)))
                    .isInstanceOf(UnstorableEventException.class)
                    .hasMessageContaining("pivotal:e\uFFFD cannot be stored: event id has a NUL");
        }
    }

    @Test
    default void tellsListenersAfterTheCommit() {
        List<Long> seen = new ArrayList<>();
        Runnable stop = inbox().inbox
                .arrivals()
                .listen("pivotal", () -> seen.add(inbox().number("select count(*) from event")));

        inbox().accept(event("e1", "s1"), event("e2", "s2"));
        inbox().accept(event("e1", "s1"));
        stop.run();
        inbox().accept(event("e3", "s1"));

        assertThat(seen).containsExactly(2L);
    }

    @Test
    default void storesLargePayloads() {
        String payload = "\"" + "ü".repeat(1 << 20) + "\"";
        inbox().accept(withPayload(payload, event("e1", "s1")));
        assertThat(inbox().stored("e1").event().payload()).isEqualTo(payload);
    }

    @Test
    default void aTraceContextThatIsNoneIsLeftOut() {
        inbox().inbox.accept(List.of(new Received(event("e1", "s1"), "'; drop table event")));
        assertThat(inbox().stored("e1").traceContext()).isNull();
    }
}

package dev.crmsync.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.crmsync.event.EventState;
import dev.crmsync.inbox.InboxUnavailableException;
import dev.crmsync.inbox.InboxUnderTest;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.worker.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Replaying, editing and discarding, on every database. */
interface ReplayJobBehaviour {

    DeadLettersUnderTest it();

    @Test
    default void aJobReplaysWhatMatchesAtItsRate() {
        it().dead(5);
        it().dead("other", "WORSE");
        ReplayJob job = it().job(EventFilter.of(Map.of("error", "BAD")), 4);
        assertThat(job.matched()).isEqualTo(5);

        it().worker().run(job.id());
        assertThat(it().now(job).requeued()).isEqualTo(2);
        assertThat(it().worker().run(job.id())).isFalse();

        runToTheEnd(job);
        assertThat(it().now(job))
                .returns(ReplayJob.State.DONE, ReplayJob::state)
                .returns(5L, ReplayJob::requeued)
                .returns(0L, ReplayJob::skipped);
        assertThat(it().count(EventState.PENDING)).isEqualTo(5);
        assertThat(it().inbox.stateOf("other")).isEqualTo(EventState.DEAD);
    }

    @Test
    default void aForecastCountsWhatSomethingNewerOfItsSubjectHasOvertaken() {
        it().inbox.accept(InboxUnderTest.event("old", "customer:1", 1));
        it().bury("BAD");
        it().inbox.accept(InboxUnderTest.event("new", "customer:1", 2));
        it().deliver();
        it().dead("emptied", "BAD");
        it().dead("current", "BAD");
        it().inbox.execute("update event set payload = null where event_id = 'emptied'");

        assertThat(it().deadLetters.jobs().forecast(it().request(EventFilter.dead())))
                .isEqualTo(new ReplayForecast(3, true, 1, 1))
                .returns(1L, ReplayForecast::current);
        assertThat(it().deadLetters.jobs().newestOf(it().request(EventFilter.dead()), 2))
                .containsExactly(it().number("current"), it().number("emptied"));
        assertThat(it().count(EventState.DEAD)).isEqualTo(3);
    }

    @Test
    default void anotherReplicaGoesOnWhereACrashEndedTheFirst() {
        it().dead(6);
        ReplayJob job = it().job(EventFilter.dead(), 4);
        it().worker().run(job.id());
        it().passes();
        crashInThePart(job);
        assertThat(it().now(job).requeued()).isEqualTo(2);
        assertThat(it().count(EventState.DEAD)).isEqualTo(4);

        runToTheEnd(job);

        assertThat(it().now(job).requeued()).isEqualTo(6);
        assertThat(it().count(EventState.PENDING)).isEqualTo(6);
    }

    /** The part's transaction is begun, does its work and is never committed. */
    private void crashInThePart(ReplayJob job) {
        assertThatThrownBy(() -> it().inbox.database.inTransaction(session -> {
                    session.update("update replay_job set next_at = next_at + 500 where id = ?", job.id());
                    it().inbox.inbox.replays().requeue(session, List.of(it().number("e2"), it().number("e3")));
                    throw new InboxUnavailableException("crash", null);
                }))
                .isInstanceOf(InboxUnavailableException.class);
    }

    @Test
    default void ofTwoReplicasOneDoesEachPart() throws Exception {
        it().dead(20);
        ReplayJob job = it().job(EventFilter.dead(), 4);
        var replicas = Executors.newFixedThreadPool(4);
        try {
            for (int part = 1; part <= 5; part++) {
                List<Future<Boolean>> runs = new ArrayList<>();
                for (int replica = 0; replica < 4; replica++) {
                    runs.add(replicas.submit(() -> it().worker().run(job.id())));
                }
                int did = 0;
                for (Future<Boolean> run : runs) {
                    did += run.get() ? 1 : 0;
                }
                assertThat(did).isEqualTo(1);
                assertThat(it().now(job).requeued()).isEqualTo(2L * part);
                it().passes();
            }
        } finally {
            replicas.shutdownNow();
        }
        assertThat(it().count(EventState.PENDING)).isEqualTo(10);
    }

    @Test
    default void cancellingLeavesEachEventEitherDeadOrPending() {
        it().dead(6);
        ReplayJob job = it().job(EventFilter.dead(), 4);
        it().worker().run(job.id());

        assertThat(it().deadLetters.jobs().cancel(job.id(), "ann")).isTrue();
        it().passes();

        assertThat(it().worker().run(job.id())).isFalse();
        assertThat(it().now(job).remaining()).isEqualTo(4);
        assertThat(it().count(EventState.PENDING)).isEqualTo(2);
        assertThat(it().count(EventState.DEAD)).isEqualTo(4);
        assertThat(it().deadLetters.jobs().resume(job.id(), "ann")).isFalse();
    }

    @Test
    default void aPausedJobGoesOnWhenResumed() {
        it().dead(4);
        ReplayJob job = it().job(EventFilter.dead(), 4);
        it().deadLetters.jobs().pause(job.id(), "ann");
        assertThat(it().worker().due()).isEmpty();
        assertThat(it().worker().run(job.id())).isFalse();

        it().deadLetters.jobs().resume(job.id(), "ann");
        runToTheEnd(job);

        assertThat(it().now(job).requeued()).isEqualTo(4);
    }

    @Test
    default void whatChangedMeanwhileIsSkippedAndCounted() {
        it().dead(4);
        ReplayJob job = it().job(EventFilter.dead(), 2);
        it().deadLetters.decisions().discard(List.of(it().number("e3")), "ben", "left");
        it().deadLetters.decisions().replay(it().number("e2"), "ben", "mine");

        runToTheEnd(job);

        assertThat(it().now(job))
                .returns(4L, ReplayJob::matched)
                .returns(2L, ReplayJob::requeued)
                .returns(2L, ReplayJob::skipped);
        assertThat(it().inbox.stateOf("e3")).isEqualTo(EventState.DISCARDED);
    }

    @Test
    default void whatDiesLaterIsNoPartOfTheJob() {
        it().dead(2);
        ReplayJob job = it().job(EventFilter.dead(), 2);
        it().dead("later", "BAD");

        it().worker().run(job.id());
        it().passes();
        it().bury("BAD");
        runToTheEnd(job);

        assertThat(it().now(job).requeued()).isEqualTo(2);
        assertThat(it().inbox.stateOf("later")).isEqualTo(EventState.DEAD);
    }

    @Test
    default void chosenEventsAreReplayedAndNoOthers() {
        it().dead(3);
        ReplayJob job = it().deadLetters
                .jobs()
                .create(new ReplayRequest(
                        "two", "fixed", "ann", EventFilter.ANY, List.of(it().number("e0"), it().number("e2")), 50));

        runToTheEnd(job);

        assertThat(it().now(job).requeued()).isEqualTo(2);
        assertThat(it().inbox.stateOf("e1")).isEqualTo(EventState.DEAD);
    }

    @Test
    default void liveTrafficComesFirst() {
        it().dead(2);
        ReplayJob job = it().job(EventFilter.dead(), 2);
        IntStream.range(0, 1_000).forEach(i -> it().inbox.accept(DeadLettersUnderTest.event("live" + i)));

        it().worker().run(job.id());
        assertThat(it().now(job).yields()).isTrue();
        assertThat(it().now(job).requeued()).isZero();

        it().deliver();
        runToTheEnd(job);
        assertThat(it().now(job).requeued()).isEqualTo(2);
        assertThat(it().now(job).yields()).isFalse();
    }

    @Test
    default void aRunnerDoesItAllByItself() {
        it().dead(3);
        ReplayJob job = it().job(EventFilter.dead(), 100);
        try (ReplayRunner runner = ReplayRunner.start(
                it().inbox.database, it().inbox.inbox.replays(), it().inbox.clock, () -> true, Workers.unmeasured())) {
            assertThat(runner).isNotNull();
            await().until(() -> it().now(job).isOver());
        }
        assertThat(it().count(EventState.PENDING)).isEqualTo(3);
    }

    @Test
    default void anEditedPayloadIsDeliveredAndTheReceivedOneIsKept() {
        long id = it().dead("e1", "BAD");
        StoredEvent stored = it().inbox.stored("e1");

        assertThat(it().deadLetters.decisions().replayEdited(stored, "{ \"id\": \"fixed\" }", "ann", "typo"))
                .isTrue();

        assertThat(it().inbox.claimOne().events().get(0).event().payload()).isEqualTo("{\"id\":\"fixed\"}");
        assertThat(it().deadLetters.find(id).orElseThrow().originalPayload())
                .isEqualTo(stored.event().payload());
    }

    @Test
    default void anEditThatTheEventMayNotTakeIsRefused() {
        it().dead("e1", "BAD");
        StoredEvent stored = it().inbox.stored("e1");

        assertThatThrownBy(() ->
                        it().deadLetters.decisions().replayEdited(stored, "{ \"id\": \"another\" }", "ann", "typo"))
                .hasMessage("about another");
        assertThat(it().inbox.stateOf("e1")).isEqualTo(EventState.DEAD);
    }

    @Test
    default void onlyAJsonObjectReplacesAPayload() {
        it().dead("e1", "BAD");
        StoredEvent stored = it().inbox.stored("e1");

        assertThatThrownBy(() -> it().deadLetters.decisions().replayEdited(stored, "{", "ann", "typo"))
                .hasMessageContaining("no JSON");
        assertThatThrownBy(() -> it().deadLetters.decisions().replayEdited(stored, "[]", "ann", "typo"))
                .hasMessageContaining("must be a JSON object");
        assertThat(it().inbox.stateOf("e1")).isEqualTo(EventState.DEAD);
    }

    @Test
    default void aReplayedEventCountsItsAgeFromTheReplay() {
        long id = it().dead("e1", "BAD");
        it().inbox.clock.advance(Duration.ofDays(3));

        it().deadLetters.decisions().replay(id, "ann", "fixed");

        assertThat(it().inbox.claimOne().events().get(0).pendingSince())
                .isEqualTo(it().inbox.clock.instant());
    }

    @Test
    default void everyActIsAudited() {
        it().dead(2);
        it().deadLetters.decisions().discard(List.of(it().number("e0")), "ann", "left");
        ReplayJob job = it().job(EventFilter.dead(), 50);
        it().deadLetters.jobs().cancel(job.id(), "ben");

        assertThat(it().deadLetters.audit().page(Long.MAX_VALUE, 10).entries())
                .extracting(AuditEntry::who, AuditEntry::act, AuditEntry::reason, AuditEntry::events)
                .containsExactly(
                        tuple("ben", "cancel replay job", null, 0L),
                        tuple("ann", "replay job", "Salesforce was down", 1L),
                        tuple("ann", "discard", "left", 1L));
    }

    private void runToTheEnd(ReplayJob job) {
        for (int parts = 0; !it().now(job).isOver(); parts++) {
            assertThat(parts).as("parts").isLessThan(100);
            it().passes();
            it().worker().run(job.id());
        }
    }
}

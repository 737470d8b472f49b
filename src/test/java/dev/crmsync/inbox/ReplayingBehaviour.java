package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.event;
import static dev.crmsync.inbox.InboxUnderTest.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.EventState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a person sees and decides, on every database. */
interface ReplayingBehaviour {

    InboxUnderTest inbox();

    @Test
    default void aDeadLetterBecomesPendingAgainWithAllItsAttempts() {
        long id = dead("e1");

        assertThat(inbox().inbox.replays().requeue(List.of(id))).containsExactly(id);

        ClaimedEvent again = inbox().claimOne().events().get(0);
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.attempts()).isZero();
        assertThat(inbox().stored("e1").finishedAt()).isNull();
        assertThat(inbox().inbox.events().failures(id)).hasSize(1);
    }

    @Test
    default void aDeliveredEventMayBeReplayedButAPendingOneNot() {
        inbox().accept(event("e1", "s1"));
        long id = inbox().stored("e1").id();
        assertThat(inbox().inbox.replays().requeue(List.of(id))).isEmpty();

        inbox().settle(inbox().delivered(inbox().claimOne()));
        assertThat(inbox().inbox.replays().requeue(List.of(id))).containsExactly(id);
        assertThat(inbox().inbox.replays().requeue(List.of(id))).isEmpty();
    }

    @Test
    default void aReplayDoesNotWaitForABackOff() {
        long id = dead("e1");
        inbox().accept(event("e2", "s1"));
        inbox().settle(Settlement.release(
                inbox().claimOne(), inbox().clock.instant().plusSeconds(3_600)));
        assertThat(inbox().claim()).isEmpty();

        inbox().inbox.replays().requeue(List.of(id));

        assertThat(ids(inbox().claimOne())).containsExactly("e1", "e2");
    }

    @Test
    default void aReplayDuringALeaseComesAfterIt() {
        long id = dead("e1");
        inbox().accept(event("e2", "s1"));
        SubjectClaim inFlight = inbox().claimOne();

        inbox().inbox.replays().requeue(List.of(id));

        assertThat(inbox().claimAs("two")).isEmpty();
        inbox().settle(inbox().delivered(inFlight));
        assertThat(ids(inbox().claimOne())).containsExactly("e1");
    }

    @Test
    default void ofManyWhoReplayTheSameOneDoes() throws Exception {
        long id = dead("e1");
        var people = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> requeued = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                requeued.add(people.submit(
                        () -> inbox().inbox.replays().requeue(List.of(id)).size()));
            }
            int sum = 0;
            for (Future<Integer> one : requeued) {
                sum += one.get();
            }
            assertThat(sum).isEqualTo(1);
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    default void onlyDeadLettersAreDiscardedAndOnlyOnce() {
        long id = dead("e1");
        inbox().accept(event("e2", "s2"));
        long pending = inbox().stored("e2").id();

        assertThat(inbox().inbox.replays().discard(List.of(id, pending), "customer left"))
                .containsExactly(id);
        assertThat(inbox().inbox.replays().discard(List.of(id), "again")).isEmpty();

        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.DISCARDED);
        assertThat(inbox().stored("e1").reason()).isEqualTo("customer left");
        assertThat(inbox().stateOf("e2")).isEqualTo(EventState.PENDING);
        assertThat(inbox().inbox.replays().requeue(List.of(id))).isEmpty();
    }

    @Test
    default void tellsWhatNeedsDoing() {
        dead("e1");
        inbox().accept(event("e2", "s1"));
        var oldest = inbox().clock.instant();
        inbox().clock.advance(Duration.ofMinutes(5));
        inbox().accept(event("e3", "s2"));
        inbox().claimAs("two");

        assertThat(inbox().inbox.counts().backlog()).containsExactly(new Backlog("pivotal", 2, oldest, 1));
        assertThat(inbox().inbox.counts().bySourceAndState().get("pivotal"))
                .containsEntry(EventState.PENDING, 2L)
                .containsEntry(EventState.DEAD, 1L)
                .hasSize(2);
    }

    private long dead(String id) {
        inbox().accept(event(id, "s1"));
        SubjectClaim claim = inbox().claimOne();
        long number = claim.events().get(0).id();
        inbox().settle(Settlement.of(
                claim, List.of(Outcome.dead(number, "bad", inbox().failure())), claim.applied(), null));
        return number;
    }
}

package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static dev.crmsync.inbox.InboxUnderTest.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How outcomes are recorded and subjects freed, on every database. */
interface SettlingBehaviour {

    InboxUnderTest inbox();

    @Test
    default void recordsHowEachEventEnded() {
        inbox().accept(event("e1", "s1"), event("e2", "s1"), event("e3", "s1"), event("e4", "s1"));
        SubjectClaim claim = inbox().claimOne();
        FailedAttempt failure = inbox().failure();
        List<Outcome> outcomes = List.of(
                Outcome.delivered(id(claim, 0), "[{\"id\":\"001\"}]"),
                Outcome.superseded(id(claim, 1), "version 4 was applied"),
                Outcome.ignored(id(claim, 2), "no route"),
                Outcome.dead(id(claim, 3), "bad \u0000 value", failure));

        assertThat(inbox().settle(Settlement.of(claim, outcomes, claim.applied(), null)))
                .isEqualTo(SettleResult.RECORDED);

        StoredEvent delivered = inbox().stored("e1");
        assertThat(delivered.state()).isEqualTo(EventState.DELIVERED);
        assertThat(delivered.upserts()).isEqualTo("[{\"id\":\"001\"}]");
        assertThat(delivered.attempts()).isEqualTo(1);
        assertThat(delivered.finishedAt()).isEqualTo(inbox().clock.instant());
        assertThat(inbox().stateOf("e2")).isEqualTo(EventState.SUPERSEDED);
        assertThat(inbox().stored("e3").reason()).isEqualTo("no route");
        assertThat(inbox().stateOf("e4")).isEqualTo(EventState.DEAD);
        assertThat(inbox().stored("e4").reason()).isEqualTo("bad \uFFFD value");
        assertThat(inbox().inbox.events().failures(id(claim, 3))).containsExactly(failure);
        assertThat(inbox().inbox.events().failures(id(claim, 0))).isEmpty();
        assertThat(inbox().claim()).isEmpty();
    }

    @Test
    default void retriesWhatStaysPendingWhenItsTimeHasCome() {
        inbox().accept(event("e1", "s1"), event("e2", "s1"));
        SubjectClaim claim = inbox().claimOne();
        List<Outcome> outcomes =
                List.of(Outcome.delivered(id(claim, 0), null), Outcome.retry(id(claim, 1), inbox().failure()));
        inbox().settle(Settlement.of(
                claim, outcomes, claim.applied(), inbox().clock.instant().plusSeconds(30)));

        assertThat(inbox().claim()).isEmpty();
        inbox().clock.advance(Duration.ofSeconds(30));

        SubjectClaim again = inbox().claimOne();
        assertThat(ids(again)).containsExactly("e2");
        assertThat(again.events().get(0).attempts()).isEqualTo(1);
        assertThat(again.deliveredBefore()).isTrue();
    }

    @Test
    default void whatHappensNextAtTheSourceDoesNotWaitForAnOlderFailure() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim claim = inbox().claimOne();
        inbox().settle(Settlement.of(
                claim,
                List.of(Outcome.retry(id(claim, 0), inbox().failure())),
                claim.applied(),
                inbox().clock.instant().plusSeconds(30)));

        inbox().accept(event("e2", "s1"));

        assertThat(ids(inbox().claimOne())).containsExactly("e1", "e2");
    }

    @Test
    default void aQueueTooLongForOneClaimWaitsForItsRetryToo() {
        inbox().accept(IntStream.rangeClosed(0, ClaimRequest.MAX_EVENTS_PER_SUBJECT)
                .mapToObj(i -> event("e" + i, "s1"))
                .toArray(Event[]::new));
        Settlement untried =
                Settlement.release(inbox().claimOne(), inbox().clock.instant().plusSeconds(30));
        inbox().settle(untried);

        assertThat(inbox().claim()).isEmpty();
        inbox().clock.advance(Duration.ofSeconds(30));

        assertThat(inbox().claimOne().events()).hasSize(ClaimRequest.MAX_EVENTS_PER_SUBJECT);
    }

    @Test
    default void whatArrivedDuringTheAttemptDoesNotWaitForItsFailureEither() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim claim = inbox().claimOne();
        inbox().accept(event("e2", "s1"));
        inbox().settle(Settlement.of(
                claim,
                List.of(Outcome.retry(id(claim, 0), inbox().failure())),
                claim.applied(),
                inbox().clock.instant().plusSeconds(30)));

        assertThat(ids(inbox().claimOne())).containsExactly("e1", "e2");
    }

    @Test
    default void aSubjectGivenBackUntouchedIsChargedNothing() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim claim = inbox().claimOne();

        inbox().settle(Settlement.release(claim, inbox().clock.instant()));

        SubjectClaim again = inbox().claimOne();
        assertThat(again.events().get(0).attempts()).isZero();
        assertThat(again.deliveredBefore()).isFalse();
    }

    @Test
    default void remembersHowFarASubjectIsApplied() {
        inbox().accept(event("e1", "s1", 7));
        SubjectClaim claim = inbox().claimOne();
        AppliedKeys applied =
                claim.applied().with(claim.events().get(0).event()).withTombstone(true);
        inbox().settle(Settlement.of(claim, List.of(Outcome.delivered(id(claim, 0), null)), applied, null));
        inbox().accept(event("e2", "s1", 6));

        SubjectClaim later = inbox().claimOne();

        assertThat(later.applied()).isEqualTo(new AppliedKeys(Map.of("state", OrderKey.of(7)), true));
        assertThat(later.applied().isAheadOf(later.events().get(0).event())).isTrue();
    }

    @Test
    default void aStaleHolderRecordsNothing() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim stale = inbox().claimOne();
        inbox().clock.advance(LEASE);
        SubjectClaim current = inbox().claimAs("two").get(0);

        assertThat(inbox().settle(inbox().delivered(stale))).isEqualTo(SettleResult.LOST);
        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.PENDING);
        assertThat(inbox().settle(inbox().delivered(current))).isEqualTo(SettleResult.RECORDED);
        assertThat(inbox().settle(inbox().delivered(current))).isEqualTo(SettleResult.LOST);
        assertThat(inbox().stored("e1").attempts()).isEqualTo(1);
    }

    @Test
    default void aStaleHolderDoesNotSpoilTheOthersOfItsGroup() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim stale = inbox().claimOne();
        inbox().clock.advance(LEASE);
        inbox().accept(event("e2", "s2"));
        List<SubjectClaim> current = inbox().claimAs("two");

        List<SettleResult> results = inbox().inbox
                .settle(List.of(
                        inbox().delivered(stale),
                        inbox().delivered(current.get(0)),
                        inbox().delivered(current.get(1)),
                        inbox().delivered(current.get(1))));

        assertThat(results)
                .containsExactly(SettleResult.LOST, SettleResult.RECORDED, SettleResult.RECORDED, SettleResult.LOST);
    }

    @Test
    default void aLateHolderWhoseSubjectNobodyTookStillRecords() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim claim = inbox().claimOne();
        inbox().clock.advance(LEASE.multipliedBy(2));

        assertThat(inbox().settle(inbox().delivered(claim))).isEqualTo(SettleResult.RECORDED);
    }

    @Test
    default void aPendingEventWithoutATimeToRetryIsRefused() {
        inbox().accept(event("e1", "s1"));
        SubjectClaim claim = inbox().claimOne();
        List<Outcome> retry = List.of(Outcome.retry(id(claim, 0), inbox().failure()));

        assertThatThrownBy(() -> Settlement.of(claim, retry, claim.applied(), null))
                .hasMessageContaining("needs a time to retry");
        assertThatThrownBy(() -> Settlement.of(claim, List.of(), claim.applied(), null))
                .hasMessageContaining("0 of 1 ended");
        assertThatThrownBy(() ->
                        Settlement.of(claim, List.of(Outcome.delivered(-1, null)), claim.applied(), Instant.EPOCH))
                .hasMessageContaining("one event of the claim");
    }

    @Test
    default void manySettlementsAtOnceShareTransactions() throws Exception {
        for (int i = 0; i < 100; i++) {
            inbox().accept(event("e" + i, "s" + i));
        }
        List<SubjectClaim> claims = inbox().claim();
        try (GroupSettler settler = new GroupSettler(inbox().inbox)) {
            var results = claims.stream()
                    .map(claim -> settler.settle(inbox().delivered(claim)))
                    .toList();
            for (var result : results) {
                assertThat(result.get()).isEqualTo(SettleResult.RECORDED);
            }
        }
        assertThat(inbox().number("select count(*) from event where state = 'delivered'"))
                .isEqualTo(100);
    }

    private static long id(SubjectClaim claim, int index) {
        return claim.events().get(index).id();
    }
}

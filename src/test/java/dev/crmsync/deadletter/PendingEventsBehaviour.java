package dev.crmsync.deadletter;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.event.EventState;
import dev.crmsync.inbox.AppliedKeys;
import dev.crmsync.inbox.InboxUnderTest;
import dev.crmsync.inbox.Interventions.Result;
import dev.crmsync.inbox.Outcome;
import dev.crmsync.inbox.SettleResult;
import dev.crmsync.inbox.Settlement;
import dev.crmsync.inbox.SubjectClaim;
import dev.crmsync.inbox.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators do with events that wait, and with the order of a subject, on every database. */
interface PendingEventsBehaviour {

    DeadLettersUnderTest it();

    @Test
    default void anOperatorDiscardsAnEventThatWaits() {
        long id = accept("e1", "s1");

        assertThat(pending().discard(id, "ann", "the customer is gone")).isEqualTo(Result.DONE);

        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.DISCARDED);
        assertThat(inbox().stored("e1").reason()).isEqualTo("the customer is gone");
        assertThat(inbox().stored("e1").finishedAt()).isEqualTo(inbox().clock.instant());
        assertThat(inbox().claim()).isEmpty();
        assertThat(pending().discard(id, "ann", "again")).isEqualTo(Result.CHANGED);
        assertThat(it().deadLetters.audit().page(Long.MAX_VALUE, 10).entries())
                .extracting(AuditEntry::who, AuditEntry::act, AuditEntry::reason, AuditEntry::detail)
                .containsExactly(tuple("ann", "end as discarded", "the customer is gone", "event " + id));
        assertThatThrownBy(() -> pending().discard(id, "ann", " ")).hasMessageContaining("reason");
    }

    @Test
    default void aDeadLetterThatAnOperatorMadeIsReplayedAsAnyOther() {
        long id = accept("e1", "s1");

        assertThat(pending().bury(id, "ann", "it waits for ever")).isEqualTo(Result.DONE);

        DeadLetter letter = it().deadLetters.find(id).orElseThrow().deadLetter();
        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.DEAD);
        assertThat(letter.errorCode()).isEqualTo(PendingEvents.ENDED_BY_OPERATOR);
        assertThat(letter.message()).contains("it waits for ever", "ann");
        assertThat(letter.remedy()).isNotBlank();
        assertThat(it().deadLetters.decisions().replay(id, "ben", "fixed")).isTrue();
        it().deliver();
        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.DELIVERED);
    }

    @Test
    default void anEventInFlightIsNotEndedUnderItsDelivery() {
        long id = accept("e1", "s1");
        SubjectClaim inFlight = inbox().claimOne();

        assertThat(pending().bury(id, "ann", "too slow")).isEqualTo(Result.IN_FLIGHT);
        assertThat(pending().discard(id, "ann", "too slow")).isEqualTo(Result.IN_FLIGHT);

        assertThat(inbox().settle(inbox().delivered(inFlight))).isEqualTo(SettleResult.RECORDED);
        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.DELIVERED);
        assertThat(it().deadLetters.audit().page(Long.MAX_VALUE, 10).entries()).isEmpty();
    }

    @Test
    default void anEventWhoseDeliveryWasCutOffIsEndedAndStaysSo() {
        long id = accept("e1", "s1");
        SubjectClaim cutOff = inbox().claimOne();
        inbox().clock.advance(LEASE);

        assertThat(pending().discard(id, "ann", "the process is gone")).isEqualTo(Result.DONE);

        inbox().settle(inbox().delivered(cutOff));
        assertThat(inbox().stateOf("e1")).isEqualTo(EventState.DISCARDED);
    }

    @Test
    default void whatWaitedBehindAnEventThatIsEndedGoesAtOnce() {
        long id = accept("e1", "s1");
        accept("e2", "s1");
        backOff(Duration.ofHours(1));
        assertThat(inbox().claim()).isEmpty();

        pending().discard(id, "ann", "in the way");

        assertThat(InboxUnderTest.ids(inbox().claimOne())).containsExactly("e2");
    }

    @Test
    default void tellsWhenAnEventIsTriedNext() {
        long id = accept("e1", "s1");
        Instant received = inbox().clock.instant();
        assertThat(waiting(id)).isEqualTo(new Waiting(received, false));

        backOff(Duration.ofSeconds(30));
        assertThat(waiting(id)).isEqualTo(new Waiting(received.plusSeconds(30), false));
        assertThat(it().deadLetters.history().page(EventFilter.ANY, null, 10).events())
                .extracting(EventLine::waiting)
                .containsExactly(new Waiting(received.plusSeconds(30), false));

        inbox().clock.advance(Duration.ofSeconds(30));
        SubjectClaim inFlight = inbox().claimOne();
        assertThat(waiting(id)).isEqualTo(new Waiting(null, true));

        inbox().settle(inbox().delivered(inFlight));
        assertThat(waiting(id)).isNull();
    }

    @Test
    default void theNextEventIsAppliedOnceTheOrderOfItsSubjectIsReset() {
        inbox().accept(event("newest", "s1", 99));
        SubjectClaim delivered = inbox().claimOne();
        inbox().settle(Settlement.of(
                delivered,
                List.of(Outcome.delivered(delivered.events().get(0).id(), null)),
                delivered.applied().with(delivered.events().get(0).event()).withTombstone(true),
                null));
        long id = it().number("newest");

        assertThat(pending().resetOrder(id, "ann", "its version was wrong")).isEqualTo(Result.DONE);

        inbox().accept(event("older", "s1", 5));
        SubjectClaim claim = inbox().claimOne();
        assertThat(claim.applied()).isEqualTo(AppliedKeys.NONE);
        assertThat(claim.deliveredBefore()).isTrue();
        assertThat(it().deadLetters.audit().page(Long.MAX_VALUE, 10).entries())
                .extracting(AuditEntry::act)
                .containsExactly("reset order");
    }

    @Test
    default void theOrderIsNotResetUnderADeliveryNorBroughtBackByOneThatWasCutOff() {
        inbox().accept(event("e1", "s1", 99));
        SubjectClaim inFlight = inbox().claimOne();
        long id = it().number("e1");
        assertThat(pending().resetOrder(id, "ann", "wrong")).isEqualTo(Result.IN_FLIGHT);

        inbox().clock.advance(LEASE);
        assertThat(pending().resetOrder(id, "ann", "wrong")).isEqualTo(Result.DONE);

        assertThat(inbox().settle(inbox().delivered(inFlight))).isEqualTo(SettleResult.LOST);
        assertThat(inbox().claimOne().applied()).isEqualTo(AppliedKeys.NONE);
    }

    private PendingEvents pending() {
        return it().deadLetters.pending();
    }

    private InboxUnderTest inbox() {
        return it().inbox;
    }

    private Waiting waiting(long id) {
        return it().deadLetters.find(id).orElseThrow().waiting();
    }

    private long accept(String id, String subject) {
        inbox().accept(event(id, subject));
        return it().number(id);
    }

    /** All that waits is tried, and put off. */
    private void backOff(Duration duration) {
        inbox().settle(Settlement.release(
                inbox().claimOne(), inbox().clock.instant().plus(duration)));
    }
}

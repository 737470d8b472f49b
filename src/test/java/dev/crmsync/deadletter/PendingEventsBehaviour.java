package dev.crmsync.deadletter;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.AppliedKeys;
import dev.crmsync.inbox.InboxUnderTest;
import dev.crmsync.inbox.Interventions.Reset;
import dev.crmsync.inbox.Interventions.Result;
import dev.crmsync.inbox.Outcome;
import dev.crmsync.inbox.RecordLedger;
import dev.crmsync.inbox.SettleResult;
import dev.crmsync.inbox.Settlement;
import dev.crmsync.inbox.SubjectClaim;
import dev.crmsync.inbox.Waiting;
import dev.crmsync.record.Holding;
import dev.crmsync.record.Lives;
import dev.crmsync.record.Place;
import dev.crmsync.record.RecordJson;
import dev.crmsync.record.RecordKey;
import dev.crmsync.record.RecordState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What operators do with events that wait, and with the order of a subject, on every database. */
interface PendingEventsBehaviour {

    RecordKey CONTACT = new RecordKey("Contact", "Emporix_Key__c", "acme:1");
    RecordKey ACCOUNT = new RecordKey("Account", "Emporix_Key__c", "acme:1");
    RecordKey OTHER = new RecordKey("Contact", "Emporix_Key__c", "acme:2");

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

        Reset reset = pending().resetOrder(id, "ann", "its version was wrong");

        assertThat(reset).isEqualTo(new Reset(Result.DONE, List.of()));
        assertThat(PendingEvents.forgotten(reset)).contains("the event's subject only", "never mapped");

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
        assertThat(pending().resetOrder(id, "ann", "wrong").result()).isEqualTo(Result.IN_FLIGHT);

        inbox().clock.advance(LEASE);
        assertThat(pending().resetOrder(id, "ann", "wrong").result()).isEqualTo(Result.DONE);

        assertThat(inbox().settle(inbox().delivered(inFlight))).isEqualTo(SettleResult.LOST);
        assertThat(inbox().claimOne().applied()).isEqualTo(AppliedKeys.NONE);
    }

    @Test
    default void whatHoldsTheFieldsOfItsRecordsIsForgottenWithTheOrder() {
        long id = deliveredWith(CONTACT, ACCOUNT);
        hold(CONTACT, ACCOUNT, OTHER);

        Reset reset = pending().resetOrder(id, "ann", "its version was wrong");

        assertThat(reset).isEqualTo(new Reset(Result.DONE, List.of(CONTACT, ACCOUNT)));
        assertThat(ledger().read(List.of(CONTACT, ACCOUNT)).values())
                .containsExactly(RecordState.UNKNOWN, RecordState.UNKNOWN);
        assertThat(ledger().read(List.of(OTHER))).containsEntry(OTHER, heldBy(99));
        assertThat(PendingEvents.forgotten(reset)).contains("Contact acme:1, Account acme:1", "stale-write rules");
        assertThat(it().deadLetters.audit().page(Long.MAX_VALUE, 10).entries())
                .extracting(AuditEntry::act, AuditEntry::detail)
                .containsExactly(tuple("reset order", "event " + id + ": subject, Contact acme:1, Account acme:1"));
    }

    @Test
    default void whatAnEarlierReleaseAppliedIsForgottenToo() {
        inbox().accept(event("newest", "s1", 99));
        it().deliver();
        long id = it().number("newest");
        inbox().execute("update subject set adopted = applied, kept = applied");
        inbox().accept(event("older", "s1", 5));
        assertThat(adopted()).isNotEqualTo(AppliedKeys.NONE);

        pending().resetOrder(id, "ann", "its version was wrong");

        assertThat(adopted()).isEqualTo(AppliedKeys.NONE);
    }

    @Test
    default void anOrderIsNotResetWhileOneOfItsRecordsIsBeingWritten() {
        long id = deliveredWith(CONTACT, ACCOUNT);
        hold(CONTACT, ACCOUNT);
        long until = inbox().clock.instant().plus(LEASE).toEpochMilli();
        inbox().execute("update record set lease_owner = 'another', lease_until = " + until
                + " where object = 'Account'");

        assertThat(pending().resetOrder(id, "ann", "wrong")).isEqualTo(new Reset(Result.IN_FLIGHT, List.of()));
        assertThat(ledger().read(List.of(CONTACT))).containsEntry(CONTACT, heldBy(99));
        assertThat(it().deadLetters.audit().page(Long.MAX_VALUE, 10).entries()).isEmpty();

        inbox().clock.advance(LEASE);
        assertThat(pending().resetOrder(id, "ann", "wrong").result()).isEqualTo(Result.DONE);
    }

    @Test
    default void aCallThatWasCutOffDoesNotBringAForgottenOrderBack() {
        long id = deliveredWith(CONTACT);
        hold(CONTACT);
        long version = inbox().number("select version from record");
        inbox().clock.advance(LEASE);

        pending().resetOrder(id, "ann", "wrong");

        assertThat(inbox().number("select version from record")).isGreaterThan(version);
    }

    /** An event that has sent these records. */
    private long deliveredWith(RecordKey... records) {
        inbox().accept(event("newest", "s1", 99));
        SubjectClaim claim = inbox().claimOne();
        String sent = Stream.of(records)
                .map(record -> "{\"object\":\"%s\",\"keyField\":\"%s\",\"key\":\"%s\",\"fields\":{}}"
                        .formatted(record.object(), record.keyField(), record.key()))
                .collect(Collectors.joining(",", "[", "]"));
        long id = claim.events().get(0).id();
        inbox().settle(Settlement.of(claim, List.of(Outcome.delivered(id, sent)), claim.applied(), null));
        return id;
    }

    private void hold(RecordKey... records) {
        for (RecordKey record : records) {
            inbox().execute("insert into record (object, key_field, record_key, state) values ('%s', '%s', '%s', '%s')"
                    .formatted(record.object(), record.keyField(), record.key(), RecordJson.write(heldBy(99))));
        }
    }

    private static RecordState heldBy(long version) {
        Place place = new Place(OrderKey.of(version), 1, 1);
        Lives none = RecordState.UNKNOWN.lives();
        return new RecordState(Map.of("lastname", new Holding(place, false, List.of())), none, List.of(), null);
    }

    private RecordLedger ledger() {
        return new RecordLedger(inbox().inbox, () -> Optional.of("one"), inbox().clock);
    }

    /** What a delivery is told of the time before the ledger. */
    private AppliedKeys adopted() {
        SubjectClaim claim = inbox().claimOne();
        inbox().settle(Settlement.release(claim, inbox().clock.instant()));
        return claim.adopted();
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

package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.OrderKey;
import dev.crmsync.record.Earlier;
import dev.crmsync.record.LeasedRecord;
import dev.crmsync.record.Ledger;
import dev.crmsync.record.Place;
import dev.crmsync.record.RecordKey;
import dev.crmsync.record.RecordState;
import dev.crmsync.record.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ledger of records, on any database. */
interface LedgerBehaviour {

    RecordKey ACCOUNT = new RecordKey("Account", "Pivotal_Key__c", "acme:cus_1");
    RecordKey CONTACT = new RecordKey("Contact", "Pivotal_Contact_Key__c", "acme:con_1");

    InboxUnderTest inbox();

    @Test
    default void nothingIsKnownOfARecordThatNobodySpokeAbout() {
        try (RecordLedger ledger = ledger("one")) {
            assertThat(ledger.read(List.of(ACCOUNT))).isEmpty();
            assertThat(lease(ledger, ACCOUNT).state()).isEqualTo(RecordState.UNKNOWN);
        }
    }

    @Test
    default void whatIsReleasedIsKnownFromThenOnToAll() {
        RecordState known = spokenAbout(OrderKey.of(3));
        try (RecordLedger one = ledger("one");
                RecordLedger other = ledger("other")) {
            assertThat(release(one, new Ledger.Release(lease(one, ACCOUNT), known, false)))
                    .containsExactly(ACCOUNT);
            assertThat(other.read(List.of(ACCOUNT, CONTACT)))
                    .containsOnlyKeys(ACCOUNT)
                    .containsValue(known);
            assertThat(lease(other, ACCOUNT).state()).isEqualTo(known);
        }
    }

    @Test
    default void whatWasResetDuringACallIsNotWrittenBack() {
        RecordState known = spokenAbout(OrderKey.of(3));
        try (RecordLedger ledger = ledger("one")) {
            release(ledger, new Ledger.Release(lease(ledger, ACCOUNT), known, false));
            LeasedRecord held = lease(ledger, ACCOUNT);
            inbox().execute("update record set state = '{}', version = version + 1");

            assertThat(release(ledger, new Ledger.Release(held, spokenAbout(OrderKey.of(4)), false)))
                    .isEmpty();
            assertThat(ledger.read(List.of(ACCOUNT))).containsValue(RecordState.UNKNOWN);
        }
    }

    @Test
    default void aReleaseThatChangesNothingLeavesTheRecordAsItWas() {
        RecordState known = spokenAbout(OrderKey.of(3));
        try (RecordLedger ledger = ledger("one")) {
            release(ledger, new Ledger.Release(lease(ledger, ACCOUNT), known, false));
            release(ledger, new Ledger.Release(lease(ledger, ACCOUNT), known, false));
            assertThat(lease(ledger, ACCOUNT).state()).isEqualTo(known);
        }
    }

    @Test
    default void aCallWithoutAnAnswerLeavesTheRecordUnsureForAWhile() {
        try (RecordLedger ledger = ledger("one")) {
            assertThat(lease(ledger, ACCOUNT).unsure()).isFalse();
            release(ledger, new Ledger.Release(lease(ledger, ACCOUNT), RecordState.UNKNOWN, true));
            LeasedRecord unsure = lease(ledger, ACCOUNT);
            assertThat(unsure.unsure()).isTrue();
            release(ledger, new Ledger.Release(unsure, RecordState.UNKNOWN, false));

            inbox().clock.advance(LEASE.multipliedBy(20));
            assertThat(lease(ledger, ACCOUNT).unsure()).isFalse();
        }
    }

    @Test
    default void whatAProcessWithoutLedgerHasAppliedIsTakenOver() {
        inbox().accept(event("e1", "customer:1", 5));
        inbox().inbox.settle(List.of(settledWith(inbox().claimOne(), applied(5))));
        inbox().execute("update subject set kept = null");
        inbox().accept(event("e2", "customer:1", 6));

        SubjectClaim claim = inbox().claimOne();
        Earlier earlier = claim.standingOf(claim.events().get(0)).earlier();
        assertThat(earlier.applied().key()).isEqualTo(OrderKey.of(5));
        assertThat(earlier.deletion()).isNull();

        inbox().inbox.settle(List.of(settledWith(claim, applied(6))));
        inbox().accept(event("e3", "customer:1", 7));
        assertThat(inbox().claimOne().adopted()).isEqualTo(applied(5));
    }

    @Test
    default void whatThisProcessHasAppliedIsInTheLedgerAndNotTakenOver() {
        inbox().accept(event("e1", "customer:1", 5));
        inbox().inbox.settle(List.of(settledWith(inbox().claimOne(), applied(5))));
        inbox().accept(event("e2", "customer:1", 6));

        SubjectClaim claim = inbox().claimOne();
        assertThat(claim.applied()).isEqualTo(applied(5));
        assertThat(claim.standingOf(claim.events().get(0)).earlier()).isEqualTo(Earlier.NOTHING);
    }

    @Test
    default void aRecalledEventIsDeliveredAgain() {
        inbox().accept(event("superseded", "customer:1", 3));
        SubjectClaim first = inbox().claimOne();
        long superseded = first.events().get(0).id();
        inbox().inbox
                .settle(List.of(Settlement.of(
                        first, List.of(Outcome.superseded(superseded, "deleted")), first.applied(), null)));
        inbox().accept(event("creation", "customer:1", 2));
        SubjectClaim second = inbox().claimOne();

        inbox().inbox.settle(List.of(settledWith(second, applied(2)).recalling(Set.of(superseded, 999_999L))));

        assertThat(inbox().claimOne().events()).extracting(ClaimedEvent::id).containsExactly(superseded);
    }

    private static Settlement settledWith(SubjectClaim claim, AppliedKeys applied) {
        List<Outcome> delivered = claim.events().stream()
                .map(event -> Outcome.delivered(event.id(), null))
                .toList();
        return Settlement.of(claim, delivered, applied, null);
    }

    private static AppliedKeys applied(long version) {
        return AppliedKeys.NONE.with(event("any", "customer:1", version));
    }

    /** Of a process that runs. */
    default RecordLedger ledger(String owner) {
        inbox().execute("insert into owner (name, since_at) values ('" + owner + "', 0)");
        return new RecordLedger(inbox().inbox, () -> Optional.of(owner), inbox().clock);
    }

    static LeasedRecord lease(Ledger ledger, RecordKey key) {
        return ledger.lease(List.of(key), LEASE).get(key);
    }

    static Collection<RecordKey> release(Ledger ledger, Ledger.Release release) {
        return ledger.release(List.of(release)).join();
    }

    static RecordState spokenAbout(OrderKey key) {
        return RecordState.UNKNOWN
                .judge(new Statement(
                        new Place(key, 1, 1), Statement.Kind.STATE, Set.of("Name"), Set.of(), Earlier.NOTHING))
                .next();
    }
}

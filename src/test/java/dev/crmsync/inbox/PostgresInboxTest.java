package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.OrderKey;
import dev.crmsync.record.LeasedRecord;
import dev.crmsync.record.Ledger;
import dev.crmsync.record.RecordState;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresInboxTest
        implements AcceptingBehaviour,
                ClaimingBehaviour,
                CrashLoopBehaviour,
                SettlingBehaviour,
                HoldingBehaviour,
                LedgerBehaviour,
                TakeOverBehaviour,
                ReplayingBehaviour,
                RetainingBehaviour {

    private static PostgresServer server;

    private InboxUnderTest inbox;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        inbox = new InboxUnderTest(Database.open(server.newDatabase(), PostgresServer.USER, PostgresServer.PASSWORD));
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Override
    public InboxUnderTest inbox() {
        return inbox;
    }

    /** The embedded server's default is off. */
    @Test
    void commitsAreOnDiskWhateverTheServersDefault() {
        assertThat(inbox.number("select count(*) where current_setting('synchronous_commit') = 'on'"))
                .isEqualTo(1);
    }

    @Test
    void aRecordIsLeasedToOneProcessAtATime() {
        try (RecordLedger one = ledger("one");
                RecordLedger other = ledger("other")) {
            LeasedRecord held = LedgerBehaviour.lease(one, LedgerBehaviour.ACCOUNT);
            assertThat(other.lease(List.of(LedgerBehaviour.ACCOUNT, LedgerBehaviour.CONTACT), InboxUnderTest.LEASE))
                    .containsOnlyKeys(LedgerBehaviour.CONTACT);

            LedgerBehaviour.release(one, new Ledger.Release(held, RecordState.UNKNOWN, false));
            assertThat(LedgerBehaviour.lease(other, LedgerBehaviour.ACCOUNT)).isNotNull();
        }
    }

    @Test
    void whoseLeaseWasTakenOverRecordsNothingAndTheRecordIsUnsure() {
        try (RecordLedger one = ledger("one");
                RecordLedger other = ledger("other")) {
            LeasedRecord slow = LedgerBehaviour.lease(one, LedgerBehaviour.ACCOUNT);
            inbox.clock.advance(InboxUnderTest.LEASE);
            LeasedRecord taken = LedgerBehaviour.lease(other, LedgerBehaviour.ACCOUNT);
            assertThat(taken.unsure()).isTrue();

            assertThat(LedgerBehaviour.release(
                            one, new Ledger.Release(slow, LedgerBehaviour.spokenAbout(OrderKey.of(1)), false)))
                    .isEmpty();
            assertThat(other.read(List.of(LedgerBehaviour.ACCOUNT))).containsValue(RecordState.UNKNOWN);
        }
    }

    @Test
    void theRecordsOfAProcessThatHasEndedAreFreeAndUnsure() {
        try (RecordLedger one = ledger("one");
                RecordLedger other = ledger("other")) {
            LedgerBehaviour.lease(one, LedgerBehaviour.ACCOUNT);
            assertThat(other.lease(List.of(LedgerBehaviour.ACCOUNT), InboxUnderTest.LEASE))
                    .isEmpty();
            inbox.execute("delete from owner where name = 'one'");

            assertThat(LedgerBehaviour.lease(other, LedgerBehaviour.ACCOUNT).unsure())
                    .isTrue();
        }
    }

    @Test
    void aRecordOfWhichNothingIsKnownLeavesNoRow() {
        try (RecordLedger ledger = ledger("one")) {
            LeasedRecord absent = LedgerBehaviour.lease(ledger, LedgerBehaviour.ACCOUNT);
            LedgerBehaviour.release(ledger, new Ledger.Release(absent, RecordState.UNKNOWN, false));
            assertThat(inbox.number("select count(*) from record")).isZero();
        }
    }
}

package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;

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
}

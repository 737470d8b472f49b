package dev.crmsync.inbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresInboxTest
        implements AcceptingBehaviour,
                ClaimingBehaviour,
                SettlingBehaviour,
                HoldingBehaviour,
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
}

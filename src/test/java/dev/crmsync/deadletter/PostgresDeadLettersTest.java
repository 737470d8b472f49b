package dev.crmsync.deadletter;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresDeadLettersTest implements HistoryBehaviour, PendingEventsBehaviour, ReplayJobBehaviour {

    private static PostgresServer server;

    private DeadLettersUnderTest deadLetters;

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
        deadLetters = new DeadLettersUnderTest(
                Database.open(server.newDatabase(), PostgresServer.USER, PostgresServer.PASSWORD));
    }

    @AfterEach
    void close() {
        deadLetters.close();
    }

    @Override
    public DeadLettersUnderTest it() {
        return deadLetters;
    }
}

package dev.crmsync.cli;

import dev.crmsync.inbox.PostgresServer;
import java.util.Map;

/** The same, with the inbox in PostgreSQL and two replicas that receive in turn. */
class OrderOnPostgresTest extends OrderTest {

    private PostgresServer server;

    @Override
    Map<String, String> database() throws Exception {
        server = PostgresServer.start();
        return Map.of(
                "crm.database.url", server.newDatabase(),
                "crm.database.username", PostgresServer.USER,
                "crm.database.password", PostgresServer.PASSWORD);
    }

    @Override
    int replicas() {
        return 2;
    }

    @Override
    void stopDatabase() throws Exception {
        server.close();
    }
}

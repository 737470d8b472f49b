package dev.crmsync.cli;

import dev.crmsync.inbox.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The cases in which the inbox's memory of earlier deliveries counts, with the inbox in PostgreSQL. */
class EventCasesOnPostgresTest extends EventCasesTest {

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
    Path databaseFiles() {
        return server.files();
    }

    @Override
    List<EventCase> cases() {
        return super.cases().stream()
                .filter(given -> !given.overHttp() && given.deliveries().size() > 1)
                .toList();
    }

    @Override
    void stopDatabase() throws Exception {
        server.close();
    }
}

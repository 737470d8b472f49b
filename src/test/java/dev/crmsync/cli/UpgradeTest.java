package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crmsync.inbox.Migrations;
import dev.crmsync.inbox.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods of this release on the schema of the next, which a newer pod has just migrated. */
class UpgradeTest {

    /** All that a release may change while the one before it still runs. */
    private static final String NEXT_RELEASE = """
            alter table event add column next_release text;
            alter table subject add column next_release bigint not null default 0;
            alter table dead_letter add column next_release text;
            create index event_next_release on event (next_release);
            create table next_release (id bigint primary key);
            """;

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final AtomicBoolean sending = new AtomicBoolean(true);
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private PostgresServer server;
    private Map<String, String> database;

    @BeforeEach
    void startServer() throws Exception {
        server = PostgresServer.start();
        database = Map.of(
                "crm.database.url", server.newDatabase(),
                "crm.database.username", PostgresServer.USER,
                "crm.database.password", PostgresServer.PASSWORD);
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Test
    void theyGoOnUnderLoadWhileTheSchemaMovesOnAndCanComeBackAfterwards() throws Exception {
        try (TestApplication old = TestApplication.start(folder.resolve("old"), database)) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<?> load = thread.submit(() -> sendUntilTold(old));
            await().until(() -> sent.size() > 50);

            migrateToTheNextRelease();

            int then = sent.size();
            await().until(() -> sent.size() > then + 50);
            sending.set(false);
            load.get();
            thread.shutdown();
            assertThat(sent).extracting(Sent::status).containsOnly(202);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> old.inbox().counts().backlog().isEmpty());
            List<String> names = old.org().writes("Account", "org_1:cus_1").findValuesAsText("Name");
            assertThat(names).isSorted().endsWith("Name %06d".formatted(sent.size()));
        }
        try (TestApplication back = TestApplication.start(folder.resolve("back"), database)) {
            Sent one = back.sender().pivotal(customer(999_999));

            assertThat(back.ended(one).state().label()).isEqualTo("delivered");
        }
    }

    private void sendUntilTold(TestApplication application) {
        while (sending.get()) {
            sent.add(application.sender().pivotal(customer(sent.size() + 1)));
        }
    }

    private void migrateToTheNextRelease() throws Exception {
        Path migrations = Files.createDirectory(folder.resolve("next"));
        Files.writeString(migrations.resolve("V1000__next_release.sql"), NEXT_RELEASE);
        new Migrations(
                        database.get("crm.database.url"),
                        database.get("crm.database.username"),
                        database.get("crm.database.password"))
                .apply("classpath:db/postgresql", "filesystem:" + migrations);
    }

    private static byte[] customer(int number) {
        return """
                {"id": "evt_%1$d", "type": "customer.updated", "created_at": "%2$s", "livemode": true,
                 "org_id": "org_1", "data": {"object": {"id": "cus_1", "name": "Name %1$06d"}}}
                """.formatted(number, FIRST.plusSeconds(number)).getBytes(StandardCharsets.UTF_8);
    }
}

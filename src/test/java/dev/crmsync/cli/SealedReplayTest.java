package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.crmsync.event.EventState;
import dev.crmsync.inbox.StoredEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter whose payload this process has no key for. */
class SealedReplayTest {

    private static final Map<String, String> KEY =
            Map.of("crm.database.encryption-keys", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");

    @TempDir
    Path data;

    @Test
    void aReplayDoesNotCoverUpTheRealErrorAndTheKeyBroughtBackHealsIt() throws Exception {
        StoredEvent dead = deadLetter();
        assertThat(deadLetterCode()).isEqualTo("STRING_TOO_LONG");
        forgetTheKey();

        try (TestApplication withoutKey = TestApplication.start(data, Map.of());
                CapturedLog log = new CapturedLog()) {
            execute("update event set payload = (select sealed from put_aside)");
            withoutKey.inbox().replays().requeue(List.of(dead.id()));

            await().atMost(Duration.ofSeconds(30)).until(log::text, text -> text.contains("list the key"));
            assertThat(log.text()).contains("stays pending");
        }
        assertThat(deadLetterCode()).isEqualTo("STRING_TOO_LONG");

        execute("update subject set claimable_at = 0 where claimable_at is not null");
        try (TestApplication withKey = TestApplication.start(data, KEY)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> withKey.inbox()
                                    .events()
                                    .find(dead.id())
                                    .orElseThrow()
                                    .state()
                            == EventState.DELIVERED);
        }
    }

    @Test
    void aMissingKeyStopsTheStartAndTheMessageSaysHowManyNeedIt() {
        deadLetter();

        assertThatThrownBy(() -> TestApplication.start(data, Map.of()))
                .hasMessageContaining("1 stored payloads (1 dead)")
                .hasMessageContaining("crm.database.encryption-keys");
    }

    private StoredEvent deadLetter() {
        try (TestApplication application = TestApplication.start(data, KEY)) {
            application
                    .org()
                    .control(
                            "POST",
                            "/faults",
                            "{\"kind\": \"row-error\", \"errorCode\": \"STRING_TOO_LONG\", \"count\": 1, \"nth\": 0, \"status\": 0, \"delayMillis\": 0}");
            return application.ended(application.sender().pivotal(PivotalEvent.of("sealed")));
        }
    }

    /** So that the start is let through, as it is when a pod with a newer key seals beside an older one. */
    private void forgetTheKey() throws SQLException {
        execute("create table put_aside as select payload as sealed from event");
        execute("update event set payload = null");
    }

    private String deadLetterCode() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select error_code from dead_letter")) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("crm-sync.db") + "?busy_timeout=5000");
    }
}

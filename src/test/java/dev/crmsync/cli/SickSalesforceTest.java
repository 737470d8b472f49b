package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.Pause;
import dev.crmsync.inbox.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of events while Salesforce is down, and of a record whose parent is late. */
class SickSalesforceTest {

    private static final String OUTAGE = "{\"kind\":\"http\",\"operation\":\"write\",\"status\":503}";

    private static TestApplication application;

    @TempDir
    private static Path data;

    @BeforeAll
    static void start() {
        application = TestApplication.start(data, Map.of());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void anOutageDelaysEventsWithoutCostingThemAnAttempt() {
        application.org().control("POST", "/faults", OUTAGE);
        List<Sent> sent = IntStream.range(0, 6)
                .mapToObj(i -> application.sender().pivotal(customer("outage" + i, "cus_Outage" + i)))
                .toList();
        await().atMost(Duration.ofSeconds(30)).until(() -> !paused().isEmpty());
        assertThat(paused()).extracting(Pause::scope).containsExactly("all");
        assertThat(sent).allSatisfy(each -> {
            StoredEvent waiting = application.stored(each).orElseThrow();
            assertThat(waiting.state()).isEqualTo(EventState.PENDING);
            assertThat(waiting.attempts()).isZero();
        });

        application.org().control("DELETE", "/faults", "");

        assertThat(sent)
                .allSatisfy(each -> assertThat(application.ended(each).state()).isEqualTo(EventState.DELIVERED));
        IntStream.range(0, 6)
                .forEach(i -> assertThat(application.org().writes("Account", "org_Test:cus_Outage" + i))
                        .hasSize(1));
    }

    @Test
    void aContactIsWrittenBeforeItsAccountAndRelatedWhenThatArrives() {
        Sent contact = application.sender().pivotal(body("early", "contact.created", """
                        {"id": "con_Early", "customer_id": "cus_Late", "name": "Eve Early"}"""));
        JsonNode alone = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> application.org().record("Contact", "Pivotal_Contact_Key__c", "org_Test:con_Early"),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(alone.path("AccountId").isNull()).isTrue();
        assertThat(application.stored(contact).orElseThrow().state()).isEqualTo(EventState.PENDING);

        application.sender().pivotal(customer("late", "cus_Late"));

        assertThat(application.ended(contact).state()).isEqualTo(EventState.DELIVERED);
        JsonNode account = application
                .org()
                .record("Account", "Pivotal_Key__c", "org_Test:cus_Late")
                .orElseThrow();
        assertThat(application.org().record("Contact", "Pivotal_Contact_Key__c", "org_Test:con_Early"))
                .hasValueSatisfying(
                        related -> assertThat(related.path("AccountId").asText())
                                .isEqualTo(account.path("Id").asText()));
    }

    @Test
    void aRecordThatTheSetUpRefusesForADayIsADeadLetterWithWhatSalesforceSaid() throws SQLException {
        application.org().control("POST", "/faults", """
                {"kind": "row-error", "key": "org_Test:con_Locked", "errorCode": "INSUFFICIENT_ACCESS_OR_READONLY"}""");
        Sent locked = application.sender().pivotal(body("locked", "contact.created", """
                        {"id": "con_Locked", "name": "Lee Locked"}"""));
        await().atMost(Duration.ofSeconds(30)).until(() -> dueLaterThan("1 minute"));
        StoredEvent waiting = application.stored(locked).orElseThrow();
        assertThat(waiting.state()).isEqualTo(EventState.PENDING);
        assertThat(waiting.attempts()).isZero();
        assertThat(paused()).as("one record holds up no other").isEmpty();

        execute("update event set pending_since = received_at - 86400000 where event_id = 'evt_locked'");
        execute("update subject set claimable_at = 1 where claimable_at is not null and lease_owner is null");

        StoredEvent dead = application.ended(locked);
        assertThat(dead.state()).isEqualTo(EventState.DEAD);
        assertThat(dead.reason()).isEqualTo("INSUFFICIENT_ACCESS_OR_READONLY");
        application.org().control("DELETE", "/faults", "");
    }

    /** Whether the only subject that waits for its next try does so for longer. */
    private static boolean dueLaterThan(String time) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from subject where lease_owner is null"
                        + " and claimable_at > 1000 * unixepoch('now', '+" + time + "')")) {
            return row.next() && row.getInt(1) == 1;
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("crm-sync.db") + "?busy_timeout=5000");
    }

    private static List<Pause> paused() {
        return application.inbox().pauses().list();
    }

    private static byte[] customer(String event, String id) {
        return body(event, "customer.created", "{\"id\": \"" + id + "\", \"name\": \"Acme\"}");
    }

    private static byte[] body(String event, String type, String object) {
        return """
                {"id": "evt_%s", "type": "%s", "created_at": "2026-09-01T08:00:00.000Z", "org_id": "org_Test",
                 "livemode": true, "api_version": "v1", "data": {"object": %s}}
                """.formatted(event, type, object).getBytes(StandardCharsets.UTF_8);
    }
}

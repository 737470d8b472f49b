package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.Received;
import dev.crmsync.inbox.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How events end: what the routes' steps and Salesforce's answers make of them, when no step says it. */
class EndsTest {

    private static final String KEY = "Pivotal_Key__c";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static TestApplication application;

    private final String account = "t:" + NUMBERS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path data) {
        application = TestApplication.start(
                data,
                Map.of(
                        "camel.main.routesIncludePattern",
                        "file:routes/*.camel.yaml,file:src/test/resources/routes/ends.camel.yaml"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @AfterEach
    void heal() {
        application.org().control("DELETE", "/faults", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-type-that-no-branch-names", "filtered", "stopped"})
    void whatWroteNothingIsADeadLetterThatSaysSo(String type) {
        StoredEvent dead = ended(send(type, "{}"));

        assertThat(dead.state()).isEqualTo(EventState.DEAD);
        assertThat(dead.reason()).isEqualTo("NOTHING_WRITTEN");
        assertThat(deadLetter(dead))
                .containsEntry("error_class", "mapping")
                .containsEntry("error_code", "NOTHING_WRITTEN")
                .containsEntry("route_id", "sync-ends")
                .containsEntry("fingerprint", "NOTHING_WRITTEN||sync-ends")
                .hasEntrySatisfying("remedy", remedy -> assertThat(remedy).contains("inbox:ignored", "replay"))
                .hasEntrySatisfying("message", message -> assertThat(message).contains(type));
    }

    @Test
    void anUpsertWhoseRefusalTheRouteSwallowedIsNotDelivered() {
        StoredEvent dead =
                ended(send("swallowed", "{\"first\": {\"%s\": \"%s\", \"Name\": null}}".formatted(KEY, account)));

        assertThat(dead.reason()).isEqualTo("NOTHING_WRITTEN");
        assertThat(deadLetter(dead)).isNotEmpty();
    }

    @Test
    void aRouteThatEndsItsEventAsDeadByItselfHasADeadLetterToo() {
        StoredEvent dead = ended(send("handed-over", "{}"));

        assertThat(dead.state()).isEqualTo(EventState.DEAD);
        assertThat(dead.reason()).isEqualTo("a person shall see it");
        assertThat(deadLetter(dead)).containsEntry("error_code", "DECIDED_BY_ROUTE");
    }

    @Test
    void whatThePartsOfASplitWroteCounts() {
        StoredEvent delivered = ended(send("split", all(record(account), record(account + "-b"))));

        assertThat(delivered.state()).isEqualTo(EventState.DELIVERED);
        assertThat(delivered.upserts()).contains(account + "-b");
    }

    @Test
    void aPartOfASplitThatWasRefusedIsNotDelivered() {
        String refused = "{\"%s\": \"%s-b\", \"Name\": null}".formatted(KEY, account);

        StoredEvent dead = ended(send("split", all(record(account), refused, record(account + "-c"))));

        assertThat(dead.state()).isEqualTo(EventState.DEAD);
        assertThat(deadLetter(dead)).containsEntry("error_code", "REQUIRED_FIELD_MISSING");
    }

    @Test
    void anEventDoesNotWaitForThePauseOfAnother() {
        String subject = "customer:" + account;
        sql(
                "update event set attempts = 30 where id = ?",
                waiting(send("waits", subject, one(record(account + "-never")))).id());
        application
                .org()
                .control(
                        "POST",
                        "/faults",
                        "{\"kind\":\"row-error\",\"errorCode\":\"UNABLE_TO_LOCK_ROW\",\"count\":3,\"key\":\"%s\"}"
                                .formatted(account));

        StoredEvent delivered = ended(send("account", subject, one(record(account))));

        assertThat(delivered.attempts()).isEqualTo(2);
    }

    @Test
    void ofTwoRecordsOneThatIsAbsentLeavesTheEventDelivered() {
        StoredEvent delivered = ended(send("two-accounts", two(record(account), record(account + "-absent"))));

        assertThat(delivered.state()).isEqualTo(EventState.DELIVERED);
        assertThat(delivered.reason()).isEqualTo("1 of 2 records written: no such record in Salesforce");
    }

    @Test
    void aRecordThatSalesforceHoldsNewerIsSuperseded() {
        ended(send("account", one(record(account, "Pivotal_Updated_At__c", "2026-09-02T00:00:00Z"))));

        StoredEvent stale =
                ended(send("account", one(record(account, "Pivotal_Updated_At__c", "2026-09-01T00:00:00Z"))));

        assertThat(stale.state()).isEqualTo(EventState.SUPERSEDED);
        assertThat(stale.reason()).isEqualTo("Salesforce holds something newer");
        assertThat(stale.upserts()).contains("\"result\":\"stale\"");
    }

    @Test
    void ofTwoRecordsOneThatSalesforceHoldsNewerLeavesTheEventDelivered() {
        String newer = account + "-newer";
        ended(send("account", one(record(newer, "Pivotal_Updated_At__c", "2026-09-02T00:00:00Z"))));

        StoredEvent delivered = ended(send(
                "two-accounts", two(record(account), record(newer, "Pivotal_Updated_At__c", "2026-09-01T00:00:00Z"))));

        assertThat(delivered.state()).isEqualTo(EventState.DELIVERED);
        assertThat(delivered.reason()).isEqualTo("1 of 2 records written: Salesforce holds something newer");
        assertThat(delivered.upserts()).contains("\"result\":\"created\"", "\"result\":\"stale\"");
    }

    @Test
    void aDeletionOfWhatSalesforceHasDeletedAlreadyIsSuperseded() {
        application
                .org()
                .control(
                        "POST",
                        "/faults",
                        "{\"kind\":\"row-error\",\"operation\":\"write\",\"errorCode\":\"ENTITY_IS_DELETED\"}");

        StoredEvent gone = ended(send("deleted", one(record(account))));

        assertThat(gone.state()).isEqualTo(EventState.SUPERSEDED);
        assertThat(gone.reason()).isEqualTo("Salesforce has deleted it already");
    }

    @Test
    void aRecordThatIsItsOwnParentDoesNotWaitForItself() {
        String own = "\"Parent\": {\"%s\": \"%s\"}".formatted(KEY, account);

        StoredEvent delivered =
                ended(send("account", one("{\"%s\": \"%s\", \"Name\": \"Own\", %s}".formatted(KEY, account, own))));

        assertThat(delivered.state()).isEqualTo(EventState.DELIVERED);
        JsonNode written = account(account).orElseThrow();
        assertThat(written.path("ParentId").asText())
                .isEqualTo(written.path("Id").asText());
    }

    @Test
    void recordsThatNameEachOtherAsParentsDoNotWaitForEachOther() {
        String other = account + "-other";
        EventId one = send("account", one(child(account, other)));
        EventId two = send("account", one(child(other, account)));

        assertThat(ended(one).state()).isEqualTo(EventState.DELIVERED);
        assertThat(ended(two).state()).isEqualTo(EventState.DELIVERED);
    }

    @Test
    void aParentThatNeverCameIsADeadLetterWhoseDataIsInSalesforce() {
        EventId id = send("account", one(child(account, account + "-parent")));
        StoredEvent waiting = waiting(id);
        assertThat(account(account).orElseThrow().path("ParentId").isNull()).isTrue();
        letADayPass(waiting);

        StoredEvent dead = ended(id);

        assertThat(dead.state()).isEqualTo(EventState.DEAD);
        assertThat(dead.reason()).isEqualTo("PARENT_NEVER_CAME");
        assertThat(deadLetter(dead))
                .containsEntry("error_class", "missing-parent")
                .containsEntry("error_code", "PARENT_NEVER_CAME")
                .containsEntry("field", "Parent")
                .hasEntrySatisfying("message", message -> assertThat(message).contains(account + "-parent"))
                .hasEntrySatisfying("remedy", remedy -> assertThat(remedy).contains("without the relation Parent"));

        ended(send("account", one(record(account + "-parent"))));
        application.inbox().replays().requeue(List.of(dead.id()));

        await().until(() -> stored(id).state() == EventState.DELIVERED);
        assertThat(account(account).orElseThrow().path("ParentId").asText())
                .isEqualTo(account(account + "-parent").orElseThrow().path("Id").asText());
    }

    @Test
    void aChangeThatOvertookTheCreationIsNotLost() {
        String parent = account + "-parent";
        ended(send("account", one(record(parent))));
        EventId change = send("waits", "customer:" + account, one(record(account, "Website", "early.example")));
        StoredEvent waiting = waiting(change);
        assertThat(account(account)).isEmpty();
        sql("update event set attempts = 30 where id = ?", waiting.id());

        EventId creation = send("account", "customer:" + account, one(child(account, parent)));

        assertThat(ended(creation).state()).isEqualTo(EventState.DELIVERED);
        assertThat(ended(change).state()).isEqualTo(EventState.DELIVERED);
        assertThat(account(account).orElseThrow().path("Website").asText()).isEqualTo("early.example");
    }

    @Test
    void ofSeveralChangesOnlyTheNewestWaits() {
        String subject = "customer:" + account;
        EventId older = send("waits", subject, one(record(account, "Website", "older.example")));
        waiting(older);

        EventId newer = send("waits", subject, one(record(account, "Website", "newer.example")));

        assertThat(ended(older).state()).isEqualTo(EventState.SUPERSEDED);
        assertThat(ended(older).reason()).isEqualTo("a newer event of this subject waits for the same record");
        waiting(newer);
    }

    @Test
    void aChangeWhoseRecordNeverCameIsIgnoredAfterADay() {
        EventId change = send("waits", one(record(account)));
        letADayPass(waiting(change));

        StoredEvent ignored = ended(change);

        assertThat(ignored.state()).isEqualTo(EventState.IGNORED);
        assertThat(ignored.reason()).isEqualTo("no such record in Salesforce within 24h");
        assertThat(account(account)).isEmpty();
    }

    @Test
    void onlyTheRelationThatSalesforceNamesIsLeftOut() {
        String id = "tsk_" + NUMBERS.incrementAndGet();
        application.ended(application.sender().pivotal(PivotalEvent.of(id)));
        Sent task = application.sender().pivotal("""
                {"id": "evt_task_%1$s", "type": "task.completed", "created_at": "2026-09-01T08:00:00.000Z",
                 "org_id": "org_1", "livemode": true, "api_version": "v1", "data": {"object": {
                  "id": "%1$s", "title": "Call", "customer_id": "cus_%1$s", "onboarding_id": "onb_%1$s"}}}
                """.formatted(
                id, PivotalEvent.key(id).split(":")[1]).getBytes(StandardCharsets.UTF_8));

        JsonNode written = await().until(
                        () -> application.org().record("Pivotal_Task__c", KEY, "org_1:" + id), Optional::isPresent)
                .orElseThrow();

        assertThat(written.path("Account__c").isNull()).isFalse();
        assertThat(written.path("Onboarding__c").isNull()).isTrue();
        StoredEvent waiting = waiting(task.ids().get(0));
        assertThat(waiting.upserts()).contains("\"leftOut\":[\"Onboarding__r\"]");
    }

    private static String child(String key, String parent) {
        return "{\"%1$s\": \"%2$s\", \"Name\": \"Child\", \"Parent\": {\"%1$s\": \"%3$s\"}}"
                .formatted(KEY, key, parent);
    }

    private static String record(String key) {
        return "{\"%s\": \"%s\", \"Name\": \"Acme\"}".formatted(KEY, key);
    }

    private static String record(String key, String field, String value) {
        return "{\"%s\": \"%s\", \"Name\": \"Acme\", \"%s\": \"%s\"}".formatted(KEY, key, field, value);
    }

    private static String one(String first) {
        return "{\"first\": " + first + "}";
    }

    private static String all(String... records) {
        return "{\"all\": [" + String.join(", ", records) + "]}";
    }

    private static String two(String first, String second) {
        return "{\"first\": " + first + ", \"second\": " + second + "}";
    }

    /** Stores an event of a subject of its own, as a receiving route would. */
    private static EventId send(String type, String payload) {
        return send(type, "subject:" + NUMBERS.incrementAndGet(), payload);
    }

    private static EventId send(String type, String subject, String payload) {
        EventId id = new EventId("ends", "ends-" + NUMBERS.incrementAndGet());
        Event event = new Event(
                id,
                type,
                "t",
                subject,
                type,
                OrderKey.NONE,
                Instant.parse("2026-09-01T08:00:00Z"),
                true,
                payload,
                null);
        application.inbox().accept(List.of(new Received(event, null)));
        return id;
    }

    private static StoredEvent ended(EventId id) {
        await().until(() -> stored(id).state().isEnd());
        return stored(id);
    }

    /** The event once an attempt of it has left it pending. */
    private static StoredEvent waiting(EventId id) {
        await().until(() -> stored(id).attempts() > 0);
        assertThat(stored(id).state()).isEqualTo(EventState.PENDING);
        return stored(id);
    }

    private static StoredEvent stored(EventId id) {
        return application.inbox().events().find(id).orElseThrow();
    }

    private static Optional<JsonNode> account(String key) {
        return application.org().record("Account", KEY, key);
    }

    /** Makes the event a day older and due. */
    private static void letADayPass(StoredEvent event) {
        sql("update event set received_at = received_at - 86400000 where id = ?", event.id());
    }

    private static Map<String, String> deadLetter(StoredEvent event) {
        try (Connection connection = database().getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select * from dead_letter where event_id = ?")) {
            select.setLong(1, event.id());
            ResultSet rows = select.executeQuery();
            Map<String, String> columns = new LinkedHashMap<>();
            if (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.put(rows.getMetaData().getColumnName(i), rows.getString(i));
                }
            }
            return columns;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void sql(String update, long id) {
        try (Connection connection = database().getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, id);
            assertThat(statement.executeUpdate()).isEqualTo(1);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static DataSource database() {
        return application
                .application()
                .context()
                .getRegistry()
                .lookupByNameAndType("inbox-database", DataSource.class);
    }
}

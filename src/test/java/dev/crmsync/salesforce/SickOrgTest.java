package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.DeliveryControl;
import dev.crmsync.event.SettableClock;
import dev.crmsync.salesforce.RecordedPauses.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code upsert:} bears an org that is over its limits, set up wrongly, down, or has ended the session. */
class SickOrgTest {

    private static final String LEE = "{\"Emporix_Key__c\":\"t:lee\",\"LastName\":\"Lee\"}";

    private static final SettableClock CLOCK = SettableClock.at("2026-05-26T18:42:00Z");
    private static UpsertOrg org;

    @BeforeAll
    static void start() {
        org = new UpsertOrg(CLOCK);
    }

    @AfterAll
    static void stop() {
        org.close();
    }

    @AfterEach
    void heal() {
        org.heal();
        CLOCK.advance(Duration.ofHours(2));
        assertThat(org.upsert(LEE).getException()).isNull();
    }

    @Test
    void aSessionThatTwentyCallsFindEndedIsRenewedOnce() {
        org.upsert(LEE);
        CollectionsClient client = org.client();
        org.control("POST", "/sessions/expire", "");

        List<CompletableFuture<List<RowResult>>> calls =
                IntStream.range(0, 20).mapToObj(i -> call(client, "t:p" + i)).toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join())
                        .singleElement()
                        .satisfies(row -> assertThat(row.failure()).isNull()));
        assertThat(org.control("GET", "", "").path("sessions").asInt())
                .as("sessions opened")
                .isEqualTo(1);
    }

    private static CompletableFuture<List<RowResult>> call(CollectionsClient client, String key) {
        CompletableFuture<List<RowResult>> answer = new CompletableFuture<>();
        ObjectNode contact =
                UpsertOrg.JSON.createObjectNode().put("Emporix_Key__c", key).put("LastName", "P");
        contact.putObject("attributes").put("type", "Contact");
        client.upsert("Contact", "Emporix_Key__c", List.of(contact), () -> true, (rows, failure) -> {
            if (failure == null) {
                answer.complete(rows);
            } else {
                answer.completeExceptionally(SalesforceFailureException.of(failure));
            }
        });
        return answer;
    }

    @Test
    void anOutagePausesAndNothingIsSentUntilItHasPassed() {
        org.fault("{\"kind\":\"http\",\"operation\":\"write\",\"status\":503}");
        for (int i = 0; i < 3; i++) {
            assertThat(org.failure(LEE)).isInstanceOf(UnavailableException.class);
        }
        org.control("DELETE", "/faults", "");
        int written = org.writes("Contact", "t:lee").size();

        assertThat(org.upsert(LEE).getException()).isInstanceOf(DeliveryPausedException.class);
        assertThat(org.writes("Contact", "t:lee")).hasSize(written);

        CLOCK.advance(Duration.ofSeconds(5));
        assertThat(org.upsert(LEE).getException()).isNull();
        assertThat(org.writes("Contact", "t:lee")).hasSize(written + 1);
    }

    @Test
    void theDailyLimitPausesForAQuarterOfAnHour() {
        org.control("PUT", "/settings", "{\"quota\":0}");

        assertThat(org.failure(LEE)).isInstanceOf(LimitFailureException.class);
        assertThat(org.pauses().all()).extracting(Pause::duration).containsExactly(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
                "ConcurrentPerOrgLongTxn Limit exceeded."
            })
    void tooManyRequestsAtATimePauseForSeconds(String message) {
        org.fault("{\"kind\":\"error\",\"operation\":\"write\",\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\","
                + "\"message\":\"" + message + "\"}");

        assertThat(org.failure(LEE)).isInstanceOf(LimitFailureException.class);
        assertThat(org.pauses().all()).extracting(Pause::duration).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void retryAfterIsHonoured() {
        org.fault("{\"kind\":\"http\",\"operation\":\"write\",\"status\":429,\"headers\":{\"Retry-After\":\"77\"}}");

        assertThat(org.failure(LEE)).isInstanceOf(LimitFailureException.class);
        assertThat(org.pauses().all()).extracting(Pause::duration).containsExactly(Duration.ofSeconds(77));
    }

    @Test
    void retryAfterIsHeldToAnHourAndADateIsLeftAside() {
        org.fault(
                "{\"kind\":\"http\",\"operation\":\"write\",\"status\":429,\"headers\":{\"Retry-After\":\"999999\"}}");
        assertThat(org.failure(LEE)).isInstanceOf(LimitFailureException.class);
        assertThat(org.pauses().all()).extracting(Pause::duration).containsExactly(Duration.ofHours(1));

        org.heal();
        CLOCK.advance(Duration.ofHours(2));
        org.upsert(LEE);
        org.fault("{\"kind\":\"http\",\"operation\":\"write\",\"status\":429,"
                + "\"headers\":{\"Retry-After\":\"Wed, 21 Oct 2026 07:28:00 GMT\"}}");
        assertThat(org.failure(LEE)).isInstanceOf(LimitFailureException.class);
        assertThat(org.pauses().all()).extracting(Pause::duration).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void aMissingFieldPausesItsObjectWhileOthersGoOn() {
        for (String key : List.of("t:lee", "t:moe")) {
            org.failure("{\"Emporix_Key__c\":\"" + key + "\",\"LastName\":\"Lee\",\"Nope__c\":1}");
        }

        assertThat(org.pauses().all()).extracting(Pause::scope).containsExactly(DeliveryControl.object("Contact"));
        assertThat(org.failure(LEE).errorCode()).as("what Salesforce said").isEqualTo("INVALID_FIELD");
        assertThat(org.upsert(
                                "upsert:Account?key=Pivotal_Key__c",
                                "{\"Pivotal_Key__c\":\"t:acme\",\"Name\":\"Acme\"}",
                                Map.of())
                        .getException())
                .isNull();
    }

    @Test
    void theUsageThatTheOrgTellsStretchesTheBudget() {
        org.control("PUT", "/settings", "{\"quota\":1000}");
        org.control("PUT", "/usage", "{\"used\":930}");
        org.upsert(LEE);

        assertThat(org.component().usage().latest().used()).isEqualTo(931);
        assertThat(org.component().budget().allowsReplays()).isFalse();
        org.control("PUT", "/usage", "{\"used\":0}");
    }
}

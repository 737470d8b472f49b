package dev.crmsync.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.StoredEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What programs do over the API, with name and password. */
@ExtendWith(ConsoleExtension.class)
class ConsoleApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConsoleUnderTest it;
    private String user = "operator";

    ConsoleApiTest(ConsoleUnderTest it) {
        this.it = it;
    }

    @AfterEach
    void salesforceTakesEverythingAgain() {
        it.accept();
    }

    @Test
    void onePausesAndResumes() throws Exception {
        assertThat(post("/api/pauses", 201, "{\"scope\":\"object:Contact\",\"reason\":\"Maintenance\"}")
                        .path("pauses")
                        .findValuesAsText("scope"))
                .contains("object:Contact");
        assertThat(get("/api/pauses").path("pauses").findValuesAsText("reason")).contains("Maintenance");
        post("/api/pauses/end", 200, "{\"scope\":\"object:Contact\"}");
        post("/api/pauses/end", 409, "{\"scope\":\"object:Contact\"}");
        assertThat(post("/api/pauses", 400, "{\"scope\":\"everything\",\"reason\":\"Maintenance\"}")
                        .path("error")
                        .asText())
                .contains("source:plain");
    }

    @Test
    void theOverviewHasTheFiguresOfEachSource() throws Exception {
        it.customer("cus_figures", "Figures Ltd");
        JsonNode overview = get("/api/overview");

        assertThat(overview.path("sources").findValuesAsText("source")).contains("pivotal");
        assertThat(overview.path("sources").path(0).path("delivered").asLong()).isPositive();
        assertThat(overview.path("salesforce").path("login").asText()).isNotBlank();
    }

    @Test
    void aGroupOfFailuresGetsAnOwner() throws Exception {
        it.dead("Grouped by a program");
        String fingerprint =
                get("/api/failures").path("groups").path(0).path("fingerprint").asText();
        post(
                "/api/failures",
                200,
                "{\"fingerprint\":\"%s\",\"state\":\"acknowledged\",\"owner\":\"eva\"}".formatted(fingerprint));
        assertThat(get("/api/failures").path("groups").findValuesAsText("owner"))
                .contains("eva");
        post("/api/failures", 400, "{\"fingerprint\":\"%s\",\"state\":\"gone\"}".formatted(fingerprint));
    }

    @Test
    void anEventIsPreviewedEditedAndReplayed() throws Exception {
        StoredEvent dead = it.dead("Mistyped name");
        it.accept();
        String event = "/api/events/" + dead.id();
        String edited = dead.event().payload().replace("Mistyped name", "Proper name");

        assertThat(post(event + "/preview", 200, "{}").toString())
                .contains("upsert", "Pivotal_Key__c")
                .doesNotContain("Mistyped name");
        assertThat(post(event + "/preview", 200, "{\"payload\":" + edited + "}").toString())
                .contains("Proper name");
        post(event + "/replay", 200, "{\"reason\":\"typo\",\"payload\":" + edited + "}");

        await().atMost(Duration.ofSeconds(20)).until(() -> it.stateOf(dead) == EventState.DELIVERED);
        assertThat(get(event).toString()).doesNotContain("Proper name");
        assertThat(post(event + "/reveal", 200, "{\"reason\":\"to check\"}").toString())
                .contains("Proper name", "Mistyped name");
        assertThat(get("/api/audit").path("entries").findValuesAsText("reason")).contains("typo", "to check");
    }

    @Test
    void aPreviewSaysOfEachFieldWhetherItIsNewerAlreadyAndByWhat() throws Exception {
        StoredEvent late = it.overtaken("cus_overtaken_api", "Erika", 71);
        String event = "/api/events/" + late.id();

        JsonNode sent = get(event).path("sent").path(0);
        assertThat(sent.path("newer").toString())
                .isEqualTo("[\"Name\",\"Pivotal_Last_Event__c\",\"Pivotal_Updated_At__c\"]");
        assertThat(get(event).path("reason").asText())
                .isEqualTo("newer already: Name, Pivotal_Last_Event__c, Pivotal_Updated_At__c");

        JsonNode preview = post(event + "/preview", 200, "{}");
        JsonNode record = preview.path("records").path(0);
        assertThat(preview.path("outcome").asText()).isEqualTo("upsert");
        assertThat(preview.path("reason").asText()).startsWith("newer already: Name");
        assertThat(record.path("fields").toString()).isEqualTo("{\"Pivotal_Health_Score__c\":\"•••\"}");
        assertThat(record.path("newer").toString()).contains("Name").doesNotContain("Health");
        assertThat(record.path("newerBy").path("Name").path("order").asText()).startsWith("time ");
        assertThat(record.path("newerBy").path("Name").path("event").asLong()).isEqualTo(late.id() - 1);
        JsonNode forecast = get("/api/replays/preview?id=" + late.id());
        assertThat(forecast.path("overtaken").asInt()).isEqualTo(1);
        assertThat(forecast.path("superseded").asInt()).isEqualTo(1);
    }

    @Test
    void aResetOfTheOrderSaysWhatIsForgotten() throws Exception {
        StoredEvent late = it.overtaken("cus_reset_api", "Reset Ltd", 72);
        String event = "/api/events/" + late.id();

        JsonNode reset = post(event + "/reset-order", 200, "{\"reason\":\"its clock was wrong\"}");

        assertThat(reset.path("reset").asBoolean()).isTrue();
        assertThat(reset.path("records").toString())
                .isEqualTo("[{\"object\":\"Account\",\"keyField\":\"Pivotal_Key__c\",\"key\":\"acme:cus_reset_api\"}]");
        assertThat(reset.path("forgotten").asText()).contains("Account acme:cus_reset_api", "stale-write rules");
        assertThat(post(event + "/preview", 200, "{}").path("records").path(0).has("newer"))
                .isFalse();
    }

    @Test
    void anEditThatMovesTheEventToAnotherSubjectOrTenantIsRefused() throws Exception {
        StoredEvent dead = it.dead("Stays with its subject");
        String event = "/api/events/" + dead.id();
        String customer = dead.event().subject().replace("customer:", "");
        Map<String, String> refusals = Map.of(
                dead.event().payload().replace(customer, "cus_other"), "about customer:cus_other of tenant acme",
                dead.event().payload().replace("\"acme\"", "\"other\""),
                        "about " + dead.event().subject() + " of tenant other",
                dead.event().payload().replace(customer, " "), "The subject is blank: .data.object.id",
                dead.event().payload().replace("org_id", "organisation"), "The tenant is missing: .org_id");

        for (Map.Entry<String, String> refusal : refusals.entrySet()) {
            String edited = "\"payload\":" + refusal.getKey() + "}";
            JsonNode preview = post(event + "/preview", 200, "{" + edited);
            assertThat(preview.path("outcome").asText()).isEqualTo("refused");
            assertThat(preview.path("reason").asText()).contains(refusal.getValue());
            assertThat(post(event + "/replay", 400, "{\"reason\":\"typo\"," + edited)
                            .toString())
                    .contains(refusal.getValue());
        }

        assertThat(it.stateOf(dead)).isEqualTo(EventState.DEAD);
        it.accept();
    }

    @Test
    void anUnreadableEventIsCorrectedAndReadAgain() throws Exception {
        String good = new String(PivotalEvent.of("corrected"), UTF_8);
        StoredEvent dead = it.application.ended(it.application
                .sender()
                .pivotal(good.replace("\"id\": \"evt_corrected\",", "").getBytes(UTF_8)));
        String event = "/api/events/" + dead.id();
        String corrected = dead.event().payload().replace("\"body\":{", "\"body\":{\"id\":\"evt_corrected\",");
        EventId read = new EventId("pivotal", "evt_corrected");

        assertThat(post(event + "/preview", 200, "{}").path("reason").asText()).contains("The id is missing");
        JsonNode preview = post(event + "/preview", 200, "{\"payload\":" + corrected + "}");
        assertThat(preview.path("outcome").asText()).isEqualTo("upsert");
        assertThat(preview.path("records").toString()).contains(PivotalEvent.key("corrected"));
        assertThat(it.application.inbox().events().find(read)).isEmpty();

        post(event + "/replay", 200, "{\"reason\":\"the id was lost\",\"payload\":" + corrected + "}");

        await().atMost(Duration.ofSeconds(20)).until(() -> it.stateOf(dead) == EventState.IGNORED);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> it.application
                                .org()
                                .writes("Account", PivotalEvent.key("corrected"))
                                .size()
                        == 1);
    }

    @Test
    void manyArePreviewedAndReplayedByAJob() throws Exception {
        StoredEvent one = it.dead("Job 1");
        StoredEvent other = it.dead("Job 2");
        it.accept();
        String ids = one.id() + "," + other.id();

        JsonNode preview = get("/api/replays/preview?id=" + one.id() + "&id=" + other.id());
        assertThat(preview.path("matched").asInt()).isEqualTo(2);
        assertThat(preview.path("isExact").asBoolean()).isTrue();
        assertThat(preview.path("outcomesOfSample").path("upsert").asInt()).isEqualTo(2);
        long job = post(
                        "/api/replays",
                        201,
                        "{\"name\":\"Incident\",\"reason\":\"repaired\",\"ids\":[" + ids + "],\"rate\":100}")
                .path("id")
                .asLong();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/api/replays/" + job).path("state").asText().equals("done"));
        assertThat(get("/api/replays/" + job).path("requeued").asInt()).isEqualTo(2);
        post("/api/replays/" + job + "/cancel", 409, "{}");
        post("/api/replays/999999/pause", 404, "{}");
    }

    @Test
    void manyAreDiscarded() throws Exception {
        StoredEvent dead = it.dead("Not wanted");
        it.accept();
        StoredEvent fine = it.customer("cus_kept", "Kept Ltd");

        JsonNode answer = post(
                "/api/events/discard", 200, "{\"reason\":\"tests\",\"ids\":[%d,%d]}".formatted(dead.id(), fine.id()));

        assertThat(answer.path("discarded").toString()).isEqualTo("[" + dead.id() + "]");
        assertThat(answer.path("leftAlone").asInt()).isEqualTo(1);
        assertThat(it.stateOf(fine)).isEqualTo(EventState.DELIVERED);
    }

    @Test
    void anEventThatWaitsTellsItsNextTryAndIsEnded() throws Exception {
        StoredEvent waiting = it.waiting();
        String event = "/api/events/" + waiting.id();
        assertThat(get(event).path("nextTryAt").asText())
                .isEqualTo(waiting.receivedAt().toString());
        assertThat(get("/api/events?source=unrouted")
                        .path("events")
                        .path(0)
                        .path("inFlight")
                        .asBoolean(true))
                .isFalse();

        post(event + "/end", 400, "{\"as\":\"delivered\",\"reason\":\"tests\"}");
        post(event + "/end", 400, "{\"as\":\"discarded\"}");
        assertThat(post(event + "/end", 200, "{\"as\":\"discarded\",\"reason\":\"tests\"}")
                        .path("ended")
                        .asBoolean())
                .isTrue();
        assertThat(post(event + "/end", 409, "{\"as\":\"dead\",\"reason\":\"tests\"}")
                        .path("error")
                        .asText())
                .contains("not pending");
        assertThat(it.stateOf(waiting)).isEqualTo(EventState.DISCARDED);
        post(event + "/reset-order", 200, "{\"reason\":\"its version was wrong\"}");
        assertThat(get("/api/audit").path("entries").findValuesAsText("act"))
                .contains("end as discarded", "reset order");
    }

    @Test
    void aSampleIsSent() throws Exception {
        assertThat(get("/api/samples").path("names").toString()).contains("plain/customer.customer_created");
        assertThat(get("/api/samples/body?name=plain/customer.customer_created")
                        .path("id")
                        .isTextual())
                .isTrue();
        assertThat(post("/api/samples", 200, "{\"name\":\"plain/customer.customer_created\"}")
                        .path("status")
                        .asInt())
                .isEqualTo(202);
        post("/api/samples", 400, "{\"name\":\"nobody/nothing\"}");
    }

    @Test
    void everythingMatchingComesAsCsv() throws Exception {
        it.customer("cus_csv_api", "Csv Ltd");
        HttpResponse<String> answer = send(request("/api/events.csv?subject=customer:cus_csv_api"));

        assertThat(answer.body().lines()).hasSize(2);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8");
    }

    @Test
    void aViewerReadsEverythingAndChangesNothing() throws Exception {
        user = "viewer";
        StoredEvent dead = it.dead("Steady for programs");
        get("/api/openapi.json").path("paths").properties().forEach(path -> {
            String address = path.getKey().replace("{id}", String.valueOf(dead.id()));
            if (path.getValue().has("post")) {
                assertThat(post(address, 403, "{\"reason\":\"curious\"}")
                                .path("error")
                                .asText())
                        .contains("operator");
            }
        });
        assertThat(it.stateOf(dead)).isEqualTo(EventState.DEAD);
        assertThat(get("/api/events/" + dead.id()).path("state").asText()).isEqualTo("dead");
        assertThat(get("/api/replays/preview?state=dead").path("matched").asInt())
                .isPositive();
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send(request(path));
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode post(String path, int status, String body) {
        try {
            HttpResponse<String> answer = send(request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
            return JSON.readTree(answer.body());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        String pair = user + ":" + ConsoleUnderTest.PASSWORD;
        return HttpRequest.newBuilder(URI.create(it.url + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}

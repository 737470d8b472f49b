package dev.crmsync.sandbox;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Client.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {
    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @Test
    void theJournalTellsEveryWrite() {
        String id = acme().json().path("id").asText();
        client.upsert("Account", "Pivotal_Key__c", "p", "{\"Phone\":null,\"Pivotal_Health_Score__c\":1.5}");
        client.data("DELETE", "/sobjects/Account/" + id, "");

        JsonNode journal = client.control("GET", "/journal", "").json();
        assertThat(journal.findValuesAsText("sequence")).containsExactly("1", "2", "3");
        assertThat(journal.findValuesAsText("operation")).containsExactly("create", "update", "delete");
        JsonNode update = journal.path(1);
        assertThat(update.path("object").asText()).isEqualTo("Account");
        assertThat(update.path("id").asText()).isEqualTo(id);
        assertThat(update.path("keyField").asText()).isEqualTo("Pivotal_Key__c");
        assertThat(update.path("key").asText()).isEqualTo("p");
        assertThat(update.path("api").asText()).isEqualTo("upsert");
        assertThat(update.path("caller").asText()).isEqualTo("me");
        assertThat(Instant.parse(update.path("time").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(update.path("fields").path("Phone").isNull()).isTrue();
        assertThat(update.path("fields").path("Pivotal_Health_Score__c").asDouble())
                .isEqualTo(1.5);
        assertThat(client.control("GET", "/journal?since=1&limit=1", "").json().findValuesAsText("sequence"))
                .containsExactly("2");
    }

    @Test
    void refusedRowsAreNotInTheJournal() {
        client.upsert("Account", "Pivotal_Key__c", "p", "{}");

        assertThat(client.control("GET", "/journal", "").json()).isEmpty();
    }

    @Test
    void aResetForgetsEverything() {
        acme();
        client.control("POST", "/faults", "{\"kind\":\"empty\"}");
        client.control("PUT", "/settings", "{\"latencyMillis\":10000}");

        client.control("POST", "/reset", "");

        client.login();
        JsonNode overview = client.control("GET", "", "").json();
        assertThat(overview.path("records").path("Account").asInt()).isZero();
        assertThat(overview.path("faults").asInt()).isZero();
        assertThat(overview.path("apiRequestsUsed").asInt()).isZero();
        assertThat(client.get("/limits").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"kind":"nonsense"}                          | Fault kind 'nonsense' is unknown
            {"kind":"error"}                             | A fault of kind error needs an errorCode
            {"kind":"http"}                              | A fault of kind http needs a status
            {"kind":"empty","operation":"upsrt"}         | Operation 'upsrt' is unknown
            {"kind":"empty","probability":2}             | probability is 2.0
            {"kind":"empty","nht":2}                     | Member 'nht' is unknown
            [                                            | The body is not JSON
            """)
    void aFaultThatMakesNoSenseIsRefused(String fault, String reason) {
        Answer answer = client.control("POST", "/faults", fault);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"quota":-1}                        | quota is -1
            {"queryBatchSize":0}                | queryBatchSize is 0
            {"activeRules":["Account.Nope"]}    | activeRules [Account.Nope] names a rule that does not exist
            {"inactiveRules":["Account.Nope"]}  | inactiveRules [Account.Nope] names a rule that does not exist
            {"activeRules":["Account.Plain_Stale_Write"],"inactiveRules":["Account.Plain_Stale_Write"]} | activeRules and inactiveRules both name Account.Plain_Stale_Write
            {"latency":1}                       | Member 'latency' is unknown
            """)
    void aSettingThatMakesNoSenseIsRefused(String settings, String reason) {
        Answer answer = client.control("PUT", "/settings", settings);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).startsWith(reason);
    }

    @Test
    void aFaultStrikesOnlyWhatItNames() {
        client.control(
                "POST",
                "/faults",
                "{\"kind\":\"error\",\"errorCode\":\"UNKNOWN_EXCEPTION\",\"object\":\"Account\",\"operation\":\"upsert\",\"key\":\"p\"}");

        assertThat(acme().status()).isEqualTo(500);
        assertThat(client.upsert("Account", "Pivotal_Key__c", "q", "{\"Name\":\"B\"}")
                        .status())
                .isEqualTo(201);
        assertThat(client.get("/limits").status()).isEqualTo(200);
    }

    @Test
    void aFaultStrikesTheNthTime() {
        client.control("POST", "/faults", "{\"kind\":\"error\",\"errorCode\":\"SERVER_UNAVAILABLE\",\"nth\":2}");

        assertThat(client.get("/limits").status()).isEqualTo(200);
        assertThat(client.get("/limits").status()).isEqualTo(503);
        assertThat(client.get("/limits").status()).isEqualTo(200);
    }

    @Test
    void aFaultStrikesSoManyTimes() {
        client.control("POST", "/faults", "{\"kind\":\"error\",\"errorCode\":\"SERVER_UNAVAILABLE\",\"count\":2}");

        assertThat(client.get("/limits").status()).isEqualTo(503);
        assertThat(client.get("/limits").status()).isEqualTo(503);
        assertThat(client.get("/limits").status()).isEqualTo(200);
        assertThat(client.control("GET", "/faults", "")
                        .json()
                        .path(0)
                        .path("fired")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aFaultStrikesByChance() {
        client.control(
                "POST", "/faults", "{\"kind\":\"error\",\"errorCode\":\"SERVER_UNAVAILABLE\",\"probability\":0.5}");

        int failed = 0;
        for (int i = 0; i < 100; i++) {
            failed += client.get("/limits").status() == 503 ? 1 : 0;
        }
        assertThat(failed).isBetween(25, 75);
    }

    @Test
    void aLiftedFaultStrikesNoMore() {
        String id = client.control("POST", "/faults", "{\"kind\":\"drop-before\"}")
                .json()
                .path("id")
                .asText();

        assertThat(client.control("DELETE", "/faults/" + id, "").status()).isEqualTo(204);
        assertThat(client.get("/limits").status()).isEqualTo(200);
        assertThat(client.control("DELETE", "/faults/" + id, "").status()).isEqualTo(404);
    }

    @Test
    void aRowFaultHarmsOnlyItsRow() {
        client.control(
                "POST", "/faults", "{\"kind\":\"row-error\",\"errorCode\":\"UNABLE_TO_LOCK_ROW\",\"key\":\"b\"}");

        Answer answer = client.data("PATCH", "/composite/sobjects/Account/Pivotal_Key__c", """
                {"records":[{"attributes":{"type":"Account"},"Pivotal_Key__c":"a","Name":"A"},
                            {"attributes":{"type":"Account"},"Pivotal_Key__c":"b","Name":"B"}]}""");

        assertThat(answer.json().findValuesAsText("success")).containsExactly("true", "false");
        assertThat(answer.json().findValuesAsText("statusCode")).containsExactly("UNABLE_TO_LOCK_ROW");
    }

    @Test
    void aConnectionThatDropsBeforeLeavesNoTrace() {
        client.control("POST", "/faults", "{\"kind\":\"drop-before\",\"operation\":\"upsert\"}");

        assertThatThrownBy(this::acme).isInstanceOf(UncheckedIOException.class);
        assertThat(client.control("GET", "/journal", "").json()).isEmpty();
    }

    @Test
    void aConnectionThatDropsAfterwardsHasWritten() {
        client.control("POST", "/faults", "{\"kind\":\"drop-after\",\"operation\":\"upsert\"}");

        assertThatThrownBy(this::acme).isInstanceOf(UncheckedIOException.class);
        assertThat(client.control("GET", "/journal", "").json()).hasSize(1);
    }

    @Test
    void aSlowAnswerComesLate() {
        client.control("POST", "/faults", "{\"kind\":\"slow\",\"delayMillis\":300}");
        Instant start = Instant.now();

        assertThat(client.get("/limits").status()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aRowThatSomebodyHoldsCannotBeWritten() {
        String id = acme().json().path("id").asText();
        client.control("PUT", "/settings", "{\"lockWaitMillis\":50}");
        client.control("POST", "/locks", "{\"id\":\"" + id + "\",\"millis\":60000}");

        Answer child =
                client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"L\",\"AccountId\":\"" + id + "\"}");
        assertThat(child.status()).isEqualTo(400);
        assertThat(child.errorCode()).isEqualTo("UNABLE_TO_LOCK_ROW");
        assertThat(client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"L\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aWriterWaitsForARowUntilItIsFree() {
        String id = acme().json().path("id").asText();
        Instant start = Instant.now();
        client.control("POST", "/locks", "{\"id\":\"" + id + "\",\"millis\":200}");

        assertThat(client.upsert("Account", "Pivotal_Key__c", "p", "{\"Phone\":\"1\"}")
                        .status())
                .isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void ofTwoThatCreateTheSameKeyAtTheSameTimeOneIsADuplicate() {
        String account = acme().json().path("id").asText();
        client.control("POST", "/locks", "{\"id\":\"" + account + "\",\"millis\":600000}");
        String row = "{\"LastName\":\"L\",\"AccountId\":\"" + account + "\"}";

        var both = Stream.of(client, sandbox.anotherClient())
                .map(writer -> supplyAsync(() -> writer.upsert("Contact", "Emporix_Key__c", "t:1", row)))
                .toList();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> client.control("GET", "", "")
                                .json()
                                .path("waitingForRows")
                                .asInt()
                        == 2);
        client.control("DELETE", "/locks", "");
        assertThat(both.stream().map(CompletableFuture::join).map(Answer::status))
                .containsExactlyInAnyOrder(201, 400);
        assertThat(both.stream().map(CompletableFuture::join).map(Answer::text))
                .anyMatch(text -> text.contains("DUPLICATE_VALUE"));
    }

    @Test
    void aLongTransactionHoldsItsRecord() {
        acme();
        client.control("PUT", "/settings", "{\"transactionMillis\":60000,\"lockWaitMillis\":20}");
        Client other = sandbox.anotherClient();
        supplyAsync(this::acme);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> client.control("GET", "/journal", "").json().size() == 2);

        assertThat(other.upsert("Account", "Pivotal_Key__c", "p", "{\"Phone\":\"1\"}")
                        .errorCode())
                .isEqualTo("UNABLE_TO_LOCK_ROW");
    }

    private Answer acme() {
        return client.upsert("Account", "Pivotal_Key__c", "p", "{\"Name\":\"Acme\"}");
    }
}

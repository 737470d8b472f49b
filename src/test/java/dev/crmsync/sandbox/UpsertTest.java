package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Client.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpsertTest {
    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @Test
    void anUnknownKeyCreatesARecord() {
        Answer answer = client.upsert("Account", "Pivotal_Key__c", "org:1", "{\"Name\":\"Acme\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("created").asBoolean()).isTrue();
        assertThat(answer.json().path("id").asText()).startsWith("001").hasSize(18);
    }

    @Test
    void aKnownKeyUpdatesItsRecord() {
        String id = client.upsert("Account", "Pivotal_Key__c", "org:1", "{\"Name\":\"Acme\"}")
                .json()
                .path("id")
                .asText();

        Answer answer = client.upsert("Account", "Pivotal_Key__c", "org:1", "{\"Phone\":\"+1 5\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("created").asBoolean()).isFalse();
        assertThat(answer.json().path("id").asText()).isEqualTo(id);
        JsonNode stored = client.get("/sobjects/Account/Pivotal_Key__c/org:1").json();
        assertThat(stored.path("Name").asText()).isEqualTo("Acme");
        assertThat(stored.path("Phone").asText()).isEqualTo("+1 5");
    }

    @Test
    void keysMayContainWhatUrlsEscape() {
        client.upsert("Account", "Pivotal_Key__c", "a/b+c@ü d", "{\"Name\":\"Acme\"}");

        assertThat(client.get("/sobjects/Account/Pivotal_Key__c/" + Client.encoded("a/b+c@ü d"))
                        .json()
                        .path("Pivotal_Key__c")
                        .asText())
                .isEqualTo("a/b+c@ü d");
    }

    @Test
    void aCollectionAnswersRowByRow() {
        Answer answer = client.data("PATCH", "/composite/sobjects/Contact/Emporix_Key__c", """
                {"allOrNone": false, "records": [
                  {"attributes": {"type": "Contact"}, "Emporix_Key__c": "t:1", "LastName": "One"},
                  {"attributes": {"type": "Contact"}, "Emporix_Key__c": "t:2", "Email": "two@example.com"},
                  {"attributes": {"type": "Contact"}, "Emporix_Key__c": "t:3", "LastName": "Three"}]}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().findValuesAsText("success")).containsExactly("true", "false", "true");
        assertThat(answer.json()
                        .path(1)
                        .path("errors")
                        .path(0)
                        .path("statusCode")
                        .asText())
                .isEqualTo("REQUIRED_FIELD_MISSING");
    }

    @Test
    void everyDataAnswerTellsTheUsage() {
        assertThat(client.get("/limits").header("Sforce-Limit-Info")).isEqualTo("api-usage=1/5000000");
        assertThat(client.get("/sobjects/Nothing__c/x").header("Sforce-Limit-Info"))
                .isEqualTo("api-usage=2/5000000");
    }
}

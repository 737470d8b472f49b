package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Client.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SingleRecordTest {
    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;
    private String account;

    @BeforeEach
    void anAccountWithAContactAndAnOnboarding() {
        client = sandbox.client();
        account = client.upsert("Account", "Pivotal_Key__c", "p", "{\"Name\":\"Acme\",\"BillingCity\":\"Bern\"}")
                .json()
                .path("id")
                .asText();
        client.upsert(
                "Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"L\",\"Account\":{\"Pivotal_Key__c\":\"p\"}}");
        client.upsert("Pivotal_Onboarding__c", "Pivotal_Key__c", "o", "{\"Account__r\":{\"Pivotal_Key__c\":\"p\"}}");
    }

    @Test
    void aRecordShowsAllItsFields() {
        JsonNode record = client.get("/sobjects/Account/" + account).json();

        assertThat(record.path("attributes").path("url").asText())
                .isEqualTo("/services/data/v62.0/sobjects/Account/" + account);
        assertThat(record.path("BillingAddress").path("city").asText()).isEqualTo("Bern");
        assertThat(record.path("ShippingAddress").isNull()).isTrue();
        assertThat(record.has("Phone")).isTrue();
    }

    @Test
    void orThoseThatAreAskedFor() {
        JsonNode record = client.get("/sobjects/Account/" + account + "?fields=Name,Phone")
                .json();

        assertThat(record).hasSize(3);
        assertThat(client.get("/sobjects/Account/" + account + "?fields=Nope").errorCode())
                .isEqualTo("INVALID_FIELD");
    }

    @Test
    void fifteenCharactersOfAnIdAreEnough() {
        assertThat(client.get("/sobjects/Account/" + account.substring(0, 15)).status())
                .isEqualTo(200);
    }

    @Test
    void anUpdateByIdAnswersNothing() {
        Answer answer = client.data("PATCH", "/sobjects/Account/" + account, "{\"Phone\":\"1\"}");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
        assertThat(client.get("/sobjects/Account/" + account)
                        .json()
                        .path("Phone")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void deletingAnAccountTakesItsContactsAlongAndClearsOtherReferences() {
        assertThat(client.data("DELETE", "/sobjects/Account/" + account, "").status())
                .isEqualTo(204);

        assertThat(client.query("SELECT COUNT() FROM Contact")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isZero();
        assertThat(client.get("/sobjects/Pivotal_Onboarding__c/Pivotal_Key__c/o")
                        .json()
                        .path("Account__c")
                        .isNull())
                .isTrue();
    }

    @Test
    void whatIsDeletedIsGone() {
        client.data("DELETE", "/sobjects/Account/Pivotal_Key__c/p", "");

        Answer byId = client.data("PATCH", "/sobjects/Account/" + account, "{\"Phone\":\"1\"}");
        assertThat(byId.status()).isEqualTo(404);
        assertThat(byId.errorCode()).isEqualTo("ENTITY_IS_DELETED");
        Answer byKey = client.data("DELETE", "/sobjects/Account/Pivotal_Key__c/p", "");
        assertThat(byKey.status()).isEqualTo(404);
        assertThat(byKey.errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void theKeyOfADeletedRecordMakesANewOne() {
        client.data("DELETE", "/sobjects/Account/" + account, "");

        Answer answer = client.upsert("Account", "Pivotal_Key__c", "p", "{\"Name\":\"Acme\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("id").asText()).isNotEqualTo(account);
    }

    @Test
    void updateOnlyNeverCreates() {
        Answer answer =
                client.data("PATCH", "/sobjects/Account/Pivotal_Key__c/new?updateOnly=true", "{\"Name\":\"A\"}");

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void oldVersionsAnswerAnUpdateWithNothing() {
        Answer answer =
                client.call("PATCH", "/services/data/v45.0/sobjects/Account/Pivotal_Key__c/p", "{\"Phone\":\"1\"}");

        assertThat(answer.status()).isEqualTo(204);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThat(client.get("/sobjects/Nothing/x").status()).isEqualTo(404);
        assertThat(client.get("/sobjects/Account/001Qy0000ZZZZZZ").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(client.upsert("Account", "Name", "x", "{}").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(client.call("GET", "/services/data/v99.0/limits", "").status())
                .isEqualTo(404);
        assertThat(client.data("PUT", "/sobjects/Account/" + account, "{}").status())
                .isEqualTo(405);
    }

    @Test
    void usersCannotBeWritten() {
        assertThat(client.data(
                                "POST",
                                "/sobjects/User",
                                "{\"LastName\":\"X\",\"Username\":\"x\",\"Email\":\"a@b.cd\",\"Alias\":\"x\"}")
                        .errorCode())
                .isEqualTo("INSUFFICIENT_ACCESS_OR_READONLY");
    }

    @Test
    void describesTellWhatTheSchemaHolds() {
        assertThat(client.get("/sobjects/").json().path("sobjects").findValuesAsText("name"))
                .contains("Account", "Contact", "Pivotal_Task__c");
        JsonNode contact = client.get("/sobjects/Contact/describe/").json();
        assertThat(contact.path("keyPrefix").asText()).isEqualTo("003");
        JsonNode key = field(contact, "Emporix_Key__c");
        assertThat(key.path("externalId").asBoolean()).isTrue();
        assertThat(key.path("unique").asBoolean()).isTrue();
        assertThat(key.path("caseSensitive").asBoolean()).isTrue();
        assertThat(key.path("length").asInt()).isEqualTo(128);
        assertThat(field(contact, "LastName").path("nillable").asBoolean()).isFalse();
        assertThat(field(contact, "AccountId").path("relationshipName").asText())
                .isEqualTo("Account");
        JsonNode children = client.get("/sobjects/Account/describe").json().path("childRelationships");
        assertThat(children.findValuesAsText("childSObject")).contains("Contact", "Pivotal_Onboarding__c");
    }

    private static JsonNode field(JsonNode describe, String name) {
        for (JsonNode field : describe.path("fields")) {
            if (field.path("name").asText().equals(name)) {
                return field;
            }
        }
        throw new AssertionError("no field " + name);
    }
}

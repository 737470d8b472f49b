package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CompositeTest {
    private static final String ACCOUNT = """
            {"method":"PATCH","url":"/services/data/v62.0/sobjects/Account/Pivotal_Key__c/p","referenceId":"acc",
             "body":{"Name":"Acme"}}""";
    private static final String CONTACT = """
            {"method":"POST","url":"/services/data/v62.0/sobjects/Contact","referenceId":"con",
             "body":{"LastName":"Lee","AccountId":"@{acc.id}"}}""";
    private static final String BROKEN = """
            {"method":"POST","url":"/services/data/v62.0/sobjects/Contact","referenceId":"bad","body":{}}""";

    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @Test
    void laterPartsReferToEarlierOnes() {
        String read = """
                {"method":"GET","url":"/services/data/v62.0/sobjects/Account/@{acc.id}?fields=Name","referenceId":"read"}""";
        JsonNode answers = composite(false, ACCOUNT, CONTACT, read);

        assertThat(answers.findValuesAsText("httpStatusCode")).containsExactly("201", "201", "200");
        assertThat(answers.path(2).path("body").path("Name").asText()).isEqualTo("Acme");
        assertThat(client.query("SELECT Account.Name FROM Contact")
                        .json()
                        .findPath("Account")
                        .path("Name")
                        .asText())
                .isEqualTo("Acme");
    }

    @Test
    void itCountsAsOneRequest() {
        composite(false, ACCOUNT, CONTACT);

        assertThat(client.get("/limits").header("Sforce-Limit-Info")).startsWith("api-usage=2/");
    }

    @Test
    void withoutAllOrNoneOthersGoOn() {
        JsonNode answers = composite(false, BROKEN, ACCOUNT);

        assertThat(answers.findValuesAsText("httpStatusCode")).containsExactly("400", "201");
        assertThat(accounts()).isEqualTo(1);
    }

    @Test
    void allOrNoneTakesEverythingBack() {
        JsonNode answers = composite(true, ACCOUNT, BROKEN, CONTACT);

        assertThat(answers.findValuesAsText("httpStatusCode")).containsExactly("400", "400", "400");
        assertThat(answers.findValuesAsText("errorCode"))
                .containsExactly("PROCESSING_HALTED", "REQUIRED_FIELD_MISSING", "PROCESSING_HALTED");
        assertThat(accounts()).isZero();
    }

    @Test
    void aReferenceToAFailedPartFails() {
        JsonNode answers = composite(false, BROKEN, CONTACT.replace("acc.id", "bad.id"));

        assertThat(answers.findValuesAsText("errorCode"))
                .containsExactly("REQUIRED_FIELD_MISSING", "PROCESSING_HALTED");
    }

    @Test
    void accountsAndContactsGoInOneCall() {
        String accounts = """
                {"method":"PATCH","url":"/services/data/v62.0/composite/sobjects/Account/Pivotal_Key__c","referenceId":"a",
                 "body":{"records":[{"attributes":{"type":"Account"},"Pivotal_Key__c":"p","Name":"Acme"}]}}""";
        String contacts = """
                {"method":"PATCH","url":"/services/data/v62.0/composite/sobjects/Contact/Emporix_Key__c","referenceId":"c",
                 "body":{"records":[{"attributes":{"type":"Contact"},"Emporix_Key__c":"t:1","LastName":"L",
                   "Account":{"Pivotal_Key__c":"p"}}]}}""";

        JsonNode answers = composite(false, accounts, contacts);

        assertThat(answers.findValuesAsText("success")).containsExactly("true", "true");
    }

    @Test
    void thereIsALimitToItsParts() {
        String[] parts = new String[26];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = ACCOUNT.replace("\"acc\"", "\"acc" + i + "\"");
        }
        assertThat(client.data("POST", "/composite", body(false, parts)).status())
                .isEqualTo(400);
    }

    @Test
    void aBatchAnswersIndependentRequests() {
        JsonNode answer = client.data("POST", "/composite/batch", """
                {"batchRequests":[
                  {"method":"POST","url":"v62.0/sobjects/Account","richInput":{"Name":"Acme"}},
                  {"method":"GET","url":"v62.0/sobjects/Account/nothing"}]}""").json();

        assertThat(answer.path("hasErrors").asBoolean()).isTrue();
        assertThat(answer.path("results").findValuesAsText("statusCode")).containsExactly("201", "404");
    }

    private JsonNode composite(boolean allOrNone, String... parts) {
        return client.data("POST", "/composite", body(allOrNone, parts)).json().path("compositeResponse");
    }

    private static String body(boolean allOrNone, String... parts) {
        return "{\"allOrNone\":" + allOrNone + ",\"compositeRequest\":[" + String.join(",", parts) + "]}";
    }

    private int accounts() {
        return client.query("SELECT COUNT() FROM Account")
                .json()
                .path("totalSize")
                .asInt();
    }
}

package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Client.Answer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollectionTest {
    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox(SandboxOptions.inMemory().withPackages(Metadata.upsertTable()));

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @Test
    void rowsAreAnsweredInTheirOrder() {
        upsert(false, contact("t:2", "Two"));

        JsonNode results = upsert(false, contact("t:1", "One"), contact("t:2", "Two"), contact("t:3", ""))
                .json();

        assertThat(results.findValuesAsText("created")).containsExactly("true", "false", "true");
        assertThat(results.findValuesAsText("success")).containsExactly("true", "true", "false");
        assertThat(results.path(2).has("id")).isFalse();
        assertThat(lastNames()).containsExactly("Two", "One");
    }

    @Test
    void allOrNoneSavesNothingWhenOneRowFails() {
        JsonNode results =
                upsert(true, contact("t:1", "One"), contact("t:2", "")).json();

        assertThat(codes(results)).containsExactly("ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING");
        assertThat(results.findValuesAsText("created")).containsExactly("true", "true");
        assertThat(lastNames()).isEmpty();
        assertThat(client.control("GET", "/journal", "").json()).isEmpty();
    }

    @Test
    void aRolledBackUpdateLeavesTheOldValuesAndKeys() {
        upsert(false, contact("t:1", "One"));

        upsert(true, contact("t:1", "Changed"), contact("t:2", ""));

        assertThat(lastNames()).containsExactly("One");
        assertThat(upsert(false, contact("t:1", "Again")).json().findValuesAsText("created"))
                .containsExactly("false");
    }

    @Test
    void rowsThatShareAKeyAllFail() {
        JsonNode results = upsert(false, contact("t:1", "One"), contact("t:2", "Two"), contact("t:1", "Uno"))
                .json();

        assertThat(codes(results)).containsExactly("DUPLICATE_VALUE", "DUPLICATE_VALUE");
        assertThat(results.path(0).findPath("message").asText()).isEqualTo("Duplicate external id specified: t:1");
        assertThat(lastNames()).containsExactly("Two");
    }

    @Test
    void aRowWithoutItsKeyFailsAlone() {
        JsonNode results = upsert(
                        false, "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"One\"}", contact("t:2", "Two"))
                .json();

        assertThat(codes(results)).containsExactly("MISSING_ARGUMENT");
        assertThat(lastNames()).containsExactly("Two");
    }

    @Test
    void aKeyThatSeveralRecordsHaveIsARowError() {
        for (int i = 0; i < 2; i++) {
            client.data("POST", "/sobjects/UpsertTable__c", "{\"ExtId__c\":\"same\"}");
        }
        Answer answer = client.data(
                "PATCH",
                "/composite/sobjects/UpsertTable__c/ExtId__c",
                body(false, "{\"attributes\":{\"type\":\"UpsertTable__c\"},\"ExtId__c\":\"SAME\"}"));

        assertThat(codes(answer.json())).containsExactly("DUPLICATE_EXTERNAL_ID");
        assertThat(answer.text()).contains("more than one record found for external id field: [a");
    }

    @Test
    void aSingleUpsertWithSeveralMatchesOffersTheChoice() {
        for (int i = 0; i < 2; i++) {
            client.data("POST", "/sobjects/UpsertTable__c", "{\"ExtId__c\":\"same\"}");
        }

        Answer answer = client.upsert("UpsertTable__c", "ExtId__c", "same", "{\"Name\":\"x\"}");

        assertThat(answer.status()).isEqualTo(300);
        assertThat(answer.json())
                .hasSize(2)
                .allSatisfy(
                        url -> assertThat(url.asText()).startsWith("/services/data/v62.0/sobjects/UpsertTable__c/a"));
        assertThat(client.control("GET", "/journal?object=UpsertTable__c", "").json())
                .hasSize(2);
    }

    @Test
    void rowsOfOneBatchDoNotSeeEachOthersKeysAsParentsUnlessWrittenBefore() {
        String child = "{\"attributes\":{\"type\":\"Contact\"},\"Emporix_Key__c\":\"t:1\",\"LastName\":\"L\","
                + "\"Account\":{\"Pivotal_Key__c\":\"p\"}}";

        assertThat(codes(upsert(false, child).json())).containsExactly("INVALID_FIELD");
        client.upsert("Account", "Pivotal_Key__c", "p", "{\"Name\":\"Acme\"}");
        assertThat(upsert(false, child).json().findValuesAsText("success")).containsExactly("true");
    }

    @Test
    void anUnknownColumnFailsTheWholeRequest() {
        Answer answer = upsert(false, contact("t:1", "One"), unknownColumn());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("INVALID_FIELD");
        assertThat(lastNames()).isEmpty();
    }

    @Test
    void orOnlyItsRowWhenToldSo() {
        client.control("PUT", "/settings", "{\"malformedRows\":\"PER_ROW\"}");

        Answer answer = upsert(false, contact("t:1", "One"), unknownColumn());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(codes(answer.json())).containsExactly("INVALID_FIELD");
        assertThat(lastNames()).containsExactly("One");
    }

    @Test
    void twoHundredRowsPassAndOneMoreIsTooMany() {
        String[] rows = IntStream.range(0, 200)
                .mapToObj(i -> contact("t:" + i, "L" + i))
                .toArray(String[]::new);
        assertThat(upsert(false, rows).json()).hasSize(200);

        String[] tooMany =
                Stream.concat(Stream.of(rows), Stream.of(contact("t:x", "X"))).toArray(String[]::new);
        assertThat(upsert(false, tooMany).status()).isEqualTo(400);
    }

    @Test
    void anUnknownKeyFieldIsNotFound() {
        assertThat(client.data("PATCH", "/composite/sobjects/Contact/Nope__c", body(false, contact("t", "L")))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void recordsAreCreatedUpdatedReadAndDeletedByTheirIds() {
        JsonNode created = client.data(
                        "POST",
                        "/composite/sobjects",
                        body(
                                false,
                                "{\"attributes\":{\"type\":\"Account\"},\"Name\":\"Acme\"}",
                                "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"Lee\"}"))
                .json();
        List<String> ids = created.findValuesAsText("id");
        assertThat(ids.get(0)).startsWith("001");
        assertThat(ids.get(1)).startsWith("003");

        client.data(
                "PATCH",
                "/composite/sobjects",
                body(false, "{\"attributes\":{\"type\":\"Account\"},\"Id\":\"" + ids.get(0) + "\",\"Phone\":\"1\"}"));
        String nobody = "001Qy0000ZZZZZZ";
        JsonNode read = client.data(
                        "POST",
                        "/composite/sobjects/Account",
                        "{\"ids\":[\"" + ids.get(0) + "\",\"" + nobody + "\"],\"fields\":[\"Name\",\"Phone\"]}")
                .json();
        assertThat(read.path(0).path("Phone").asText()).isEqualTo("1");
        assertThat(read.path(1).isNull()).isTrue();

        JsonNode deleted = client.data("DELETE", "/composite/sobjects?ids=" + String.join(",", ids) + "," + nobody, "")
                .json();
        assertThat(deleted.findValuesAsText("success")).containsExactly("true", "true", "false");
        assertThat(codes(deleted)).containsExactly("INVALID_CROSS_REFERENCE_KEY");
    }

    private Answer upsert(boolean allOrNone, String... rows) {
        return client.data("PATCH", "/composite/sobjects/Contact/Emporix_Key__c", body(allOrNone, rows));
    }

    private static String body(boolean allOrNone, String... rows) {
        return "{\"allOrNone\":" + allOrNone + ",\"records\":[" + String.join(",", rows) + "]}";
    }

    private static String contact(String key, String lastName) {
        return "{\"attributes\":{\"type\":\"Contact\"},\"Emporix_Key__c\":\"" + key + "\",\"LastName\":\"" + lastName
                + "\"}";
    }

    private static String unknownColumn() {
        return "{\"attributes\":{\"type\":\"Contact\"},\"Emporix_Key__c\":\"t:9\",\"LastName\":\"L\",\"Nope__c\":1}";
    }

    private static List<String> codes(JsonNode results) {
        return results.findValuesAsText("statusCode").stream().collect(Collectors.toList());
    }

    private List<String> lastNames() {
        return client.control("GET", "/state?object=Contact", "")
                .json()
                .path("Contact")
                .findValuesAsText("LastName");
    }
}

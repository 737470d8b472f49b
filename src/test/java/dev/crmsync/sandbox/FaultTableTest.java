package dev.crmsync.sandbox;

import static dev.crmsync.sandbox.CamelClient.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.org.ErrorCode;
import java.io.EOFException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.api.NoSuchSObjectException;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.api.SalesforceMultipleChoicesException;
import org.apache.camel.component.salesforce.api.dto.RestError;
import org.apache.camel.component.salesforce.api.dto.UpsertSObjectResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which Salesforce fails: the sandbox produces it, and Camel's component reports it in the known way. */
class FaultTableTest {
    private static final String UPSERT =
            "upsertSObject?sObjectName=Contact&sObjectIdName=Emporix_Key__c&rawPayload=true";
    private static final String UPSERT_ALL =
            "compositeUpsertSObjectCollections?sObjectName=Contact&sObjectIdName=Emporix_Key__c";
    private static final Map<String, Object> LEE = row("t:lee", "Lee");
    private static final Map<String, Object> MOE = row("t:moe", "Moe");

    private static Sandbox sandbox;
    private static Client client;
    private static CamelClient camel;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.inMemory().withPackages(Metadata.upsertTable()));
        client = new Client(sandbox);
        camel = new CamelClient(sandbox.url());
    }

    @AfterAll
    static void stop() {
        camel.close();
        sandbox.close();
    }

    @AfterEach
    void liftFaults() {
        client.control("DELETE", "/faults", "");
        client.control("PUT", "/settings", "{\"duplicateRule\":\"OFF\",\"quota\":5000000}");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorCodeFailsARequest(ErrorCode code) {
        fault("{\"kind\":\"error\",\"errorCode\":\"" + code + "\"}");

        SalesforceException failure = failure(upsert("t:1", "{\"LastName\":\"L\"}"));

        assertThat(failure.getStatusCode()).isEqualTo(code.status());
        assertThat(failure.getErrors()).extracting(RestError::getErrorCode).containsExactly(code.name());
        assertThat(failure instanceof NoSuchSObjectException).isEqualTo(code.status() == 404);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorCodeFailsARowAndNotItsNeighbour(ErrorCode code) {
        fault("{\"kind\":\"row-error\",\"key\":\"t:lee\",\"errorCode\":\"" + code + "\"}");

        List<UpsertSObjectResult> results = results(upsertAll(LEE, MOE));

        assertThat(results).extracting(UpsertSObjectResult::getSuccess).containsExactly(false, true);
        assertThat(results.get(0).getErrors())
                .extracting(RestError::getErrorCode)
                .containsExactly(code.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_grant",
                "invalid_client",
                "invalid_client_id",
                "inactive_user",
                "inactive_org",
                "unsupported_grant_type"
            })
    void aRefusedLoginIsAStatus400(String error) {
        fault("{\"kind\":\"error\",\"operation\":\"token\",\"errorCode\":\"" + error + "\"}");

        SalesforceException failure = failureOfAFreshLogin();

        assertThat(failure.getStatusCode()).isEqualTo(400);
        assertThat(failure.getErrors()).extracting(RestError::getErrorCode).containsExactly(error);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 503})
    void aGatewayInFrontOfTheLoginIsReportedByItsStatus(int status) {
        fault("{\"kind\":\"http\",\"operation\":\"token\",\"status\":" + status + ",\"body\":\"<html>no</html>\"}");

        assertThat(failureOfAFreshLogin().getStatusCode()).isEqualTo(status);
    }

    @Test
    void aFaultCanStrikeOnlyCallsOfManyRowsAndNameFields() {
        fault("{\"kind\":\"row-error\",\"fromRows\":2,\"errorCode\":\"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY\","
                + "\"message\":\"System.LimitException: Apex CPU time limit exceeded\",\"fields\":[\"LastName\"]}");

        assertThat(results(upsertAll(LEE, MOE)))
                .extracting(UpsertSObjectResult::getSuccess)
                .containsExactly(false, false);
        assertThat(results(upsertAll(LEE, MOE)).get(0).getErrors().get(0).getFields())
                .containsExactly("LastName");
        assertThat(results(upsertAll(MOE)))
                .extracting(UpsertSObjectResult::getSuccess)
                .containsExactly(true);
    }

    @Test
    void aFaultCanRefuseWholeCallsThatCarryOneRecord() {
        fault("{\"kind\":\"error\",\"operation\":\"write\",\"key\":\"t:lee\",\"status\":500,"
                + "\"errorCode\":\"UNKNOWN_EXCEPTION\"}");

        assertThat(failure(upsertAll(LEE, MOE)).getStatusCode()).isEqualTo(500);
        assertThat(results(upsertAll(MOE)))
                .extracting(UpsertSObjectResult::getSuccess)
                .containsExactly(true);
    }

    @Test
    void aRowThatWritesAReadOnlyFieldIsRefusedAndNotItsNeighbour() {
        client.control("PUT", "/settings", "{\"readOnlyFields\":[\"Contact.Title\"]}");

        List<UpsertSObjectResult> results = results(upsertAll(
                Map.of("attributes", Map.of("type", "Contact"), "Emporix_Key__c", "t:lee", "Title", "Dr"), MOE));
        client.control("PUT", "/settings", "{\"readOnlyFields\":[]}");

        assertThat(results).extracting(UpsertSObjectResult::getSuccess).containsExactly(false, true);
        assertThat(results.get(0).getErrors().get(0).getErrorCode()).isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
        assertThat(results.get(0).getErrors().get(0).getFields()).containsExactly("Title");
    }

    @Test
    void aUriOfMoreThan16KiBIsRefused() {
        String fits = "q".repeat(16 * 1024 - 100);

        assertThat(client.get("/query?q=" + fits).errorCode()).isEqualTo("MALFORMED_QUERY");
        assertThat(client.get("/query?q=" + fits + "q".repeat(100)).status()).isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(ints = {420, 429, 500, 502, 503, 504})
    void anHtmlPageIsAStatusWithoutErrors(int status) {
        fault("{\"kind\":\"http\",\"status\":" + status + ",\"body\":\"<html>Service Unavailable</html>\"}");

        SalesforceException failure = failure(upsert("t:1", "{\"LastName\":\"L\"}"));

        assertThat(failure.getStatusCode()).isEqualTo(status);
        assertThat(failure.getErrors()).isEmpty();
    }

    @Test
    void aDailyLimitThatIsReachedIsAStatus403() {
        client.control("PUT", "/settings", "{\"quota\":0}");

        SalesforceException failure = failure(upsert("t:1", "{\"LastName\":\"L\"}"));

        assertThat(failure.getStatusCode()).isEqualTo(403);
        assertThat(failure.getErrors().get(0).getErrorCode()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        assertThat(failure.getErrors().get(0).getMessage()).isEqualTo("TotalRequests Limit exceeded.");
    }

    @Test
    void aConcurrencyLimitDiffersByItsMessage() {
        fault("{\"kind\":\"error\",\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\","
                + "\"message\":\"ConcurrentPerOrgLongTxn Limit exceeded.\"}");

        assertThat(failure(upsert("t:1", "{\"LastName\":\"L\"}"))
                        .getErrors()
                        .get(0)
                        .getMessage())
                .startsWith("ConcurrentPerOrgLongTxn");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                         | 400 | REQUIRED_FIELD_MISSING
            {"LastName":"L","Email":"nobody"}                          | 400 | INVALID_EMAIL_ADDRESS
            {"LastName":"L","CleanStatus":"Odd"}                       | 400 | INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST
            {"LastName":"L","Emporix_Version__c":1e18}                 | 400 | NUMBER_OUTSIDE_VALID_RANGE
            {"LastName":"L","AccountId":"x"}                           | 400 | MALFORMED_ID
            {"LastName":"L","AccountId":"005Qy0000000001"}             | 400 | FIELD_INTEGRITY_EXCEPTION
            {"LastName":"L","AccountId":"001Qy0000ZZZZZZ"}             | 400 | INVALID_CROSS_REFERENCE_KEY
            {"LastName":"L","Emporix_Active__c":null}                  | 400 | INVALID_TYPE_ON_FIELD_IN_RECORD
            {"LastName":1}                                             | 400 | JSON_PARSER_ERROR
            {"LastName":"L","Nope__c":"x"}                             | 400 | INVALID_FIELD
            {"LastName":"L","CreatedDate":"2026-01-01T00:00:00Z"}      | 400 | INVALID_FIELD_FOR_INSERT_UPDATE
            {"LastName":"L","Account":{"Pivotal_Key__c":"none"}}       | 400 | INVALID_FIELD
            """)
    void dataThatSalesforceRefusesIsNamed(String row, int status, String errorCode) {
        SalesforceException failure = failure(upsert("t:new", row));

        assertThat(failure.getStatusCode()).isEqualTo(status);
        assertThat(failure.getErrors()).extracting(RestError::getErrorCode).containsExactly(errorCode);
    }

    @Test
    void aTextThatIsTooLongIsQuotedInTheMessage() {
        String tooLong = "x".repeat(81);

        SalesforceException failure = failure(upsert("t:new", "{\"LastName\":\"" + tooLong + "\"}"));

        assertThat(failure.getErrors()).extracting(RestError::getErrorCode).containsExactly("STRING_TOO_LONG");
        assertThat(failure.getMessage()).contains(tooLong);
    }

    @Test
    void anotherRecordsKeyIsADuplicateValueThatNamesIt() {
        upsert("t:one", "{\"LastName\":\"One\",\"Plain_Customer_Key__c\":\"w:1\"}");

        SalesforceException failure =
                failure(upsert("t:two", "{\"LastName\":\"Two\",\"Plain_Customer_Key__c\":\"w:1\"}"));

        assertThat(failure.getErrors().get(0).getErrorCode()).isEqualTo("DUPLICATE_VALUE");
        assertThat(failure.getErrors().get(0).getMessage()).contains("duplicates value on record with id: 003");
    }

    @Test
    void aKeyTwiceInOneBatchFailsBothRows() {
        List<UpsertSObjectResult> results = results(upsertAll(LEE, LEE, MOE));

        assertThat(results).extracting(UpsertSObjectResult::getSuccess).containsExactly(false, false, true);
        assertThat(results.get(0).getErrors().get(0).getMessage()).isEqualTo("Duplicate external id specified: t:lee");
    }

    @Test
    void aDuplicateRuleIsAnErrorWithDetailsInTheMessage() {
        client.control("PUT", "/settings", "{\"duplicateRule\":\"BLOCK\"}");
        upsert("t:a", "{\"LastName\":\"A\",\"Email\":\"same@example.com\"}");

        SalesforceException failure = failure(upsert("t:b", "{\"LastName\":\"B\",\"Email\":\"same@example.com\"}"));

        assertThat(failure.getErrors().get(0).getErrorCode()).isEqualTo("DUPLICATES_DETECTED");
        assertThat(failure.getMessage()).contains("duplicateResult", "\"Id\":\"003");
    }

    @Test
    void severalMatchesAreChoices() {
        for (int i = 0; i < 2; i++) {
            client.data("POST", "/sobjects/UpsertTable__c", "{\"ExtId__c\":\"same\"}");
        }

        Exchange answer = camel.run(
                "upsertSObject?sObjectName=UpsertTable__c&sObjectIdName=ExtId__c&rawPayload=true",
                "{}",
                Map.of("sObjectIdValue", "same"));

        assertThat(failure(answer))
                .isInstanceOfSatisfying(
                        SalesforceMultipleChoicesException.class,
                        choices -> assertThat(choices.getChoices()).hasSize(2));
        assertThat(failure(answer).getErrors()).isEmpty();
    }

    @Test
    void choicesCanBeScripted() {
        fault("{\"kind\":\"multiple-choices\"}");

        assertThat(failure(upsert("t:1", "{\"LastName\":\"L\"}")))
                .isInstanceOf(SalesforceMultipleChoicesException.class);
    }

    @Test
    void aRowWithSeveralMatchesIsADuplicateExternalId() {
        for (int i = 0; i < 2; i++) {
            client.data("POST", "/sobjects/UpsertTable__c", "{\"ExtId__c\":\"twice\"}");
        }

        Exchange answer = camel.run(
                "compositeUpsertSObjectCollections?sObjectName=UpsertTable__c&sObjectIdName=ExtId__c",
                List.of(Map.of("attributes", Map.of("type", "UpsertTable__c"), "ExtId__c", "twice")));

        assertThat(results(answer).get(0).getErrors().get(0).getErrorCode()).isEqualTo("DUPLICATE_EXTERNAL_ID");
    }

    @Test
    void allOrNoneRollsBackTheInnocent() {
        // The component heeds the header; the endpoint option of the same name it ignores.
        Exchange answer = camel.run(UPSERT_ALL, List.of(row("t:x", "X"), row("t:y", "")), Map.of("allOrNone", "true"));

        assertThat(results(answer))
                .extracting(result -> result.getErrors().get(0).getErrorCode())
                .containsExactly("ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING");
    }

    @Test
    void aFailedCompositeLooksLikeASuccess() {
        fault("{\"kind\":\"error\",\"operation\":\"composite\",\"errorCode\":\"UNKNOWN_EXCEPTION\"}");

        Exchange answer = camel.run("composite?rawPayload=true&format=JSON", "{\"compositeRequest\":[]}");

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo("500");
    }

    @Test
    void aStaleWriteCarriesTheTokenOfItsRule() {
        upsert("t:s", "{\"LastName\":\"L\",\"Emporix_Updated_At__c\":\"2026-05-02T00:00:00Z\"}");

        SalesforceException failure =
                failure(upsert("t:s", "{\"LastName\":\"L\",\"Emporix_Updated_At__c\":\"2026-05-01T00:00:00Z\"}"));

        assertThat(failure.getErrors().get(0).getErrorCode()).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
        assertThat(failure.getErrors().get(0).getMessage()).startsWith("CRM_SYNC_STALE");
    }

    @ParameterizedTest
    @CsvSource({"Nothing__c,Emporix_Key__c", "Contact,Nothing__c"})
    void anObjectOrKeyFieldThatIsMissingIsNotFound(String object, String field) {
        Exchange answer = camel.run(
                "upsertSObject?sObjectName=" + object + "&sObjectIdName=" + field + "&rawPayload=true",
                "{}",
                Map.of("sObjectIdValue", "x"));

        assertThat(failure(answer)).isInstanceOf(NoSuchSObjectException.class);
        assertThat(failure(answer).getErrors().get(0).getErrorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void deletingWhatIsGoneIsNotFound() {
        Exchange answer = camel.run("deleteSObjectWithId?sObjectName=Contact&sObjectIdName=Emporix_Key__c", "t:gone");

        assertThat(failure(answer)).isInstanceOf(NoSuchSObjectException.class);
    }

    @Test
    void writingADeletedRecordByItsIdIsAnError() {
        String id = client.upsert("Contact", "Emporix_Key__c", "t:bin", "{\"LastName\":\"L\"}")
                .json()
                .path("id")
                .asText();
        client.data("DELETE", "/sobjects/Contact/" + id, "");

        SalesforceException failure =
                failure(camel.run("updateSObject?sObjectName=Contact&sObjectId=" + id, "{\"LastName\":\"M\"}"));

        assertThat(failure.getErrors().get(0).getErrorCode()).isEqualTo("ENTITY_IS_DELETED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop-before", "drop-after"})
    void aBrokenConnectionIsStatusZero(String kind) {
        fault("{\"kind\":\"" + kind + "\"}");

        SalesforceException failure = failure(upsert("t:1", "{\"LastName\":\"L\"}"));

        assertThat(failure.getStatusCode()).isZero();
        assertThat(failure).hasRootCauseInstanceOf(EOFException.class);
    }

    @Test
    void anAnswerThatTakesTooLongIsStatusZeroAlthoughItIsWritten() {
        try (CamelClient impatient = new CamelClient(sandbox.url(), 2_000, Map.of("maxRetries", 0))) {
            impatient.run("limits", null);
            fault("{\"kind\":\"slow\",\"delayMillis\":60000,\"operation\":\"upsert\"}");

            SalesforceException failure =
                    failure(impatient.run(UPSERT, "{\"LastName\":\"Slow\"}", Map.of("sObjectIdValue", "t:slow")));

            assertThat(failure.getStatusCode()).isZero();
            assertThat(failure).hasRootCauseInstanceOf(TimeoutException.class);
            assertThat(client.get("/sobjects/Contact/Emporix_Key__c/t:slow").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"malformed", "empty"})
    void anUnreadableAnswerToABatchIsASilentSuccessWithoutBody(String kind) {
        fault("{\"kind\":\"" + kind + "\",\"operation\":\"upsert-collection\"}");

        Exchange answer = upsertAll(LEE, MOE);

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isNull();
    }

    @Test
    void aTruncatedListIsShorterThanWhatWasSent() {
        fault("{\"kind\":\"truncated\",\"rows\":1}");

        assertThat(results(upsertAll(LEE, MOE))).hasSize(1);
    }

    @Test
    void aRedirectIsAnError() {
        fault("{\"kind\":\"redirect\"}");

        assertThat(failure(upsert("t:1", "{\"LastName\":\"L\"}")).getStatusCode())
                .isEqualTo(302);
    }

    @Test
    void withoutWwwAuthenticateAClientThatLogsInAgainLosesTheErrors() {
        fault("{\"kind\":\"error\",\"operation\":\"limits\",\"errorCode\":\"INVALID_SESSION_ID\","
                + "\"wwwAuthenticate\":false}");

        try (CamelClient retrying = new CamelClient(sandbox.url(), 5_000, Map.of())) {
            assertThat(failure(retrying.run("limits", null)).getErrors()).isEmpty();
        }
    }

    private static SalesforceException failureOfAFreshLogin() {
        try (CamelClient fresh = new CamelClient(sandbox.url())) {
            return failure(fresh.run("limits", null));
        }
    }

    private static void fault(String json) {
        assertThat(client.control("POST", "/faults", json).status()).isEqualTo(201);
    }

    private static Exchange upsert(String key, String row) {
        return camel.run(UPSERT, row, Map.of("sObjectIdValue", key));
    }

    private static Exchange upsertAll(Object... rows) {
        return camel.run(UPSERT_ALL, Arrays.asList(rows));
    }

    @SuppressWarnings("unchecked")
    private static List<UpsertSObjectResult> results(Exchange answer) {
        assertThat(answer.getException()).isNull();
        return answer.getMessage().getBody(List.class);
    }

    private static Map<String, Object> row(String key, String lastName) {
        return Map.of("attributes", Map.of("type", "Contact"), "Emporix_Key__c", key, "LastName", lastName);
    }
}

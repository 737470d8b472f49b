package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.Effects;
import dev.crmsync.event.EventState;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which Salesforce refuses, from HTTP through the {@code upsert:} endpoint to the exception of its class. */
class ErrorTableTest {

    private static final String LEE = "{\"Emporix_Key__c\":\"t:lee\",\"LastName\":\"Lee\"}";

    private static UpsertOrg org;

    @BeforeAll
    static void start() {
        org = new UpsertOrg(Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        org.close();
    }

    @AfterEach
    void heal() {
        org.heal();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INVALID_OPERATION_WITH_EXPIRED_PASSWORD     | CONFIGURATION",
                "API_DISABLED_FOR_ORG                        | CONFIGURATION",
                "API_CURRENTLY_DISABLED                      | CONFIGURATION",
                "INSUFFICIENT_ACCESS                         | CONFIGURATION",
                "INSUFFICIENT_ACCESS_OR_READONLY             | CONFIGURATION",
                "CLIENT_NOT_ACCESSIBLE_FOR_USER              | CONFIGURATION",
                "INVALID_FIELD                               | CONFIGURATION",
                "INVALID_FIELD_FOR_INSERT_UPDATE             | CONFIGURATION",
                "INVALID_TYPE                                | CONFIGURATION",
                "NOT_FOUND                                   | CONFIGURATION",
                "STORAGE_LIMIT_EXCEEDED                      | CONFIGURATION",
                "REQUEST_LIMIT_EXCEEDED                      | LIMIT",
                "TOO_MANY_REQUESTS                           | LIMIT",
                "SERVER_UNAVAILABLE                          | UNAVAILABLE",
                "API_TEMPORARILY_UNAVAILABLE                 | UNAVAILABLE",
                "UNKNOWN_EXCEPTION                           | TRANSIENT",
                "UNABLE_TO_LOCK_ROW                          | TRANSIENT",
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY        | TRANSIENT",
                "ALL_OR_NONE_OPERATION_ROLLED_BACK           | TRANSIENT",
                "PROCESSING_HALTED                           | TRANSIENT",
                "DUPLICATE_VALUE                             | PERMANENT",
                "DUPLICATES_DETECTED                         | PERMANENT",
                "DUPLICATE_EXTERNAL_ID                       | PERMANENT",
                "REQUIRED_FIELD_MISSING                      | PERMANENT",
                "STRING_TOO_LONG                             | PERMANENT",
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST     | PERMANENT",
                "INVALID_EMAIL_ADDRESS                       | PERMANENT",
                "NUMBER_OUTSIDE_VALID_RANGE                  | PERMANENT",
                "MALFORMED_ID                                | PERMANENT",
                "INVALID_TYPE_ON_FIELD_IN_RECORD             | PERMANENT",
                "FIELD_INTEGRITY_EXCEPTION                   | PERMANENT",
                "JSON_PARSER_ERROR                           | PERMANENT",
                "FIELD_CUSTOM_VALIDATION_EXCEPTION           | PERMANENT",
                "INVALID_CROSS_REFERENCE_KEY                 | PERMANENT",
                "ENTITY_IS_DELETED                           | PERMANENT",
                "DELETE_FAILED                               | PERMANENT",
            })
    void anErrorCodeIsOfItsClassForTheWholeCallAndForARow(String code, FailureClass expected) {
        org.fault("{\"kind\":\"error\",\"operation\":\"write\",\"errorCode\":\"" + code + "\"}");
        assertFailure(org.failure(LEE), expected, code);
        org.heal();

        org.fault("{\"kind\":\"row-error\",\"errorCode\":\"" + code + "\"}");
        assertFailure(org.failure(LEE), expected, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY | MyTrigger: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access",
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY | System.LimitException: Apex CPU time limit exceeded",
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY | System.LimitException: Too many SOQL queries: 101",
                "CANNOT_EXECUTE_FLOW_TRIGGER          | The flow failed. Apex CPU time limit exceeded",
                "FIELD_CUSTOM_VALIDATION_EXCEPTION    | System.QueryException: Record Currently Unavailable: row lock",
                "APEX_ERROR                           | System.LimitException: Too many DML rows: 10001",
                "INSUFFICIENT_ACCESS_OR_READONLY      | QUERY_TIMEOUT in a lookup filter",
                "QUERY_TIMEOUT                        | Your query request was running for too long",
                "REQUEST_RUNNING_TOO_LONG             | Your request was running for too long",
            })
    void aPassingFaultHiddenInTheTextIsTriedAgain(String code, String message) {
        String said = "\"errorCode\":\"" + code + "\",\"message\":\"" + message + "\"}";
        org.fault("{\"kind\":\"row-error\"," + said);
        assertThat(org.failure(LEE)).isInstanceOf(TransientFailureException.class);
        org.heal();

        org.fault("{\"kind\":\"error\",\"operation\":\"write\"," + said);
        assertThat(org.failure(LEE)).isInstanceOf(TransientFailureException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "420, LIMIT",
        "429, LIMIT",
        "500, TRANSIENT",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
        "408, UNAVAILABLE",
        "302, CONFIGURATION",
        "403, CONFIGURATION"
    })
    void aGatewaysPageIsJudgedByItsStatus(int status, FailureClass expected) {
        org.fault("{\"kind\":\"http\",\"operation\":\"write\",\"status\":" + status + ",\"body\":\"<html>no</html>\"}");

        assertFailure(org.failure(LEE), expected, "HTTP_" + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop-before", "drop-after"})
    void aBrokenConnectionIsAnOutage(String kind) {
        org.fault("{\"kind\":\"" + kind + "\",\"operation\":\"write\"}");

        assertThat(org.failure(LEE)).isInstanceOf(UnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"malformed", "empty", "truncated"})
    void anAnswerThatCannotBeReadIsAnOutageEvenWithStatus200(String kind) {
        org.fault("{\"kind\":\"" + kind + "\",\"operation\":\"write\"}");

        assertThat(org.failure(LEE)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void severalMatchesAreForAPersonToRepair() {
        org.fault("{\"kind\":\"multiple-choices\",\"operation\":\"write\"}");

        assertFailure(org.failure(LEE), FailureClass.PERMANENT, "DUPLICATE_EXTERNAL_ID");
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
    void aRefusedLoginIsASetUpFaultThoughItsStatusIs400(String error) {
        org.control("POST", "/sessions/expire", "");
        org.fault("{\"kind\":\"error\",\"operation\":\"token\",\"errorCode\":\"" + error + "\"}");

        assertFailure(org.failure(LEE), FailureClass.CONFIGURATION, error);
    }

    @Test
    void aSessionThatIsOverIsRenewedAndTheRecordWritten() {
        org.upsert(LEE);
        org.control("POST", "/sessions/expire", "");

        assertThat(org.upsert(LEE).getException()).isNull();
    }

    @Test
    void aSessionThatIsRefusedAfterTheRenewalTooIsASetUpFault() {
        org.fault("{\"kind\":\"error\",\"operation\":\"write\",\"errorCode\":\"INVALID_SESSION_ID\"}");

        assertFailure(org.failure(LEE), FailureClass.CONFIGURATION, "INVALID_SESSION_ID");
    }

    @Test
    void theDailyLimitIsALimit() {
        org.control("PUT", "/settings", "{\"quota\":0}");

        assertFailure(org.failure(LEE), FailureClass.LIMIT, "REQUEST_LIMIT_EXCEEDED");
    }

    @Test
    void theConcurrencyLimitIsALimit() {
        org.fault("{\"kind\":\"error\",\"operation\":\"write\",\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\","
                + "\"message\":\"ConcurrentPerOrgLongTxn Limit exceeded.\"}");

        assertFailure(org.failure(LEE), FailureClass.LIMIT, "REQUEST_LIMIT_EXCEEDED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"LastName\":null                                 | PERMANENT      | REQUIRED_FIELD_MISSING",
                "\"LastName\":\"L\",\"Email\":\"nobody\"           | PERMANENT      | INVALID_EMAIL_ADDRESS",
                "\"LastName\":\"L\",\"FirstName\":\"an extraordinarily long first name of 50 characters\" | PERMANENT | STRING_TOO_LONG",
                "\"LastName\":\"L\",\"Emporix_Version__c\":1e18    | PERMANENT      | NUMBER_OUTSIDE_VALID_RANGE",
                "\"LastName\":\"L\",\"Emporix_Active__c\":null     | PERMANENT      | INVALID_TYPE_ON_FIELD_IN_RECORD",
                "\"LastName\":1                                    | PERMANENT      | JSON_PARSER_ERROR",
                "\"LastName\":\"L\",\"AccountId\":\"x\"            | PERMANENT      | MALFORMED_ID",
                "\"LastName\":\"L\",\"AccountId\":\"001Qy0000ZZZZZZ\" | PERMANENT   | INVALID_CROSS_REFERENCE_KEY",
                "\"LastName\":\"L\",\"Nope__c\":\"x\"              | CONFIGURATION  | INVALID_FIELD",
                "\"LastName\":\"L\",\"CreatedDate\":\"2026-01-01T00:00:00Z\" | CONFIGURATION | INVALID_FIELD_FOR_INSERT_UPDATE",
            })
    void whatTheOrgReallyRefusesIsOfItsClass(String members, FailureClass expected, String code) {
        assertFailure(org.failure("{\"Emporix_Key__c\":\"t:new\"," + members + "}"), expected, code);
    }

    @Test
    void aRelationToARecordThatIsNotThereIsLeftOutAndNamed() {
        Exchange exchange = org.upsert(
                "{\"Emporix_Key__c\":\"t:new\",\"LastName\":\"L\",\"Account\":{\"Pivotal_Key__c\":\"t:none\"}}");

        assertThat(exchange.getProperty("upsert")).isEqualTo("created");
        Effects sent = exchange.getProperty("upserts", Effects.class);
        assertThat(sent.toJson()).contains("\"leftOut\":[\"Account\"]");
        assertThat(sent.answered()).singleElement().satisfies(effect -> {
            assertThat(effect.end()).isEqualTo(EventState.DEAD);
            assertThat(effect.patience()).isEqualTo(Duration.ofDays(1));
            assertThat(effect.missing().errorCode()).isEqualTo("INVALID_FIELD");
        });
    }

    @Test
    void aMissingPermissionSetIsASetUpFault() {
        org.control("PUT", "/settings", "{\"permissionSetAssigned\":false}");

        assertThat(org.failure(LEE)).isInstanceOf(ConfigurationFailureException.class);
    }

    @Test
    void anotherRecordWithTheSameUniqueValueIsForAPersonToRepair() {
        org.upsert("{\"Emporix_Key__c\":\"t:one\",\"LastName\":\"One\",\"Plain_Customer_Key__c\":\"w:1\"}");

        assertFailure(
                org.failure("{\"Emporix_Key__c\":\"t:two\",\"LastName\":\"Two\",\"Plain_Customer_Key__c\":\"w:1\"}"),
                FailureClass.PERMANENT,
                "DUPLICATE_VALUE");
    }

    @Test
    void twoInsertsOfTheSameKeyAtTheSameTimePass() {
        org.fault("{\"kind\":\"row-error\",\"errorCode\":\"DUPLICATE_VALUE\","
                + "\"message\":\"duplicate value found: Emporix_Key__c duplicates value on record with id: 003\"}");

        assertFailure(org.failure(LEE), FailureClass.TRANSIENT, "DUPLICATE_VALUE");
    }

    @Test
    void aDuplicateRuleIsForAPersonToDecide() {
        org.control("PUT", "/settings", "{\"duplicateRule\":\"BLOCK\"}");
        org.upsert("{\"Emporix_Key__c\":\"t:a\",\"LastName\":\"A\",\"Email\":\"same@example.com\"}");

        assertFailure(
                org.failure("{\"Emporix_Key__c\":\"t:b\",\"LastName\":\"B\",\"Email\":\"same@example.com\"}"),
                FailureClass.PERMANENT,
                "DUPLICATES_DETECTED");
    }

    @Test
    void aValueOlderThanTheStoredOneIsTakenForDone() {
        org.fault("{\"kind\":\"row-error\",\"errorCode\":\"FIELD_CUSTOM_VALIDATION_EXCEPTION\","
                + "\"message\":\"CRM_SYNC_STALE: a newer value is stored\"}");

        Exchange exchange = org.upsert(LEE);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("upsert")).isEqualTo("stale");
    }

    private static void assertFailure(SalesforceFailureException failure, FailureClass expected, String code) {
        assertThat(failure.getFailure().failureClass()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(failure.errorCode()).isEqualTo(code);
        assertThat(failure)
                .isInstanceOf(
                        SalesforceFailureException.of(failure.getFailure()).getClass());
    }
}

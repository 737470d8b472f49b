package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureClassifierTest {

    private static final String KEY = "Pivotal_Key__c";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "INVALID_SESSION_ID, 401, Session expired or invalid, CONFIGURATION",
                "invalid_grant, 400, authentication failure, CONFIGURATION",
                "invalid_client, 400, invalid client credentials, CONFIGURATION",
                "inactive_org, 400, organization is inactive, CONFIGURATION",
                "API_DISABLED_FOR_ORG, 403, The REST API is not enabled, CONFIGURATION",
                "INSUFFICIENT_ACCESS_OR_READONLY, 200, insufficient access rights, CONFIGURATION",
                "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, 200, -, CONFIGURATION",
                "INVALID_FIELD_FOR_INSERT_UPDATE, 200, Unable to create/update fields, CONFIGURATION",
                "INVALID_FIELD, 400, No such column 'Pivotal_Old__c' on entity, CONFIGURATION",
                "INVALID_FIELD, 200, 'Foreign key external ID: org_1:cus_9 not found for field Pivotal_Key__c', MISSING_PARENT",
                "NOT_FOUND, 404, The requested resource does not exist, CONFIGURATION",
                "REQUEST_LIMIT_EXCEEDED, 403, TotalRequests Limit exceeded., LIMIT",
                "REQUEST_LIMIT_EXCEEDED, 403, ConcurrentPerOrgLongTxn Limit exceeded., LIMIT",
                "-, 429, -, LIMIT",
                "-, 420, -, LIMIT",
                "SERVER_UNAVAILABLE, 503, -, UNAVAILABLE",
                "-, 502, -, UNAVAILABLE",
                "-, 503, -, UNAVAILABLE",
                "-, 504, -, UNAVAILABLE",
                "-, 408, -, UNAVAILABLE",
                "-, 0, -, UNAVAILABLE",
                "UNKNOWN_EXCEPTION, 500, An unexpected error occurred, UNAVAILABLE",
                "UNKNOWN_EXCEPTION, 200, An unexpected error occurred, TRANSIENT",
                "SOMETHING_NEW, 200, 'CpuTrigger: System.LimitException: Apex CPU time limit exceeded', TRANSIENT",
                "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE, 200, -, UNAVAILABLE",
                "UNABLE_TO_LOCK_ROW, 200, unable to obtain exclusive access to this record, TRANSIENT",
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, 200, 'MyTrigger: UNABLE_TO_LOCK_ROW', TRANSIENT",
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, 200, 'MyTrigger: division by zero', PERMANENT",
                "DUPLICATE_VALUE, 200, duplicate value found: Pivotal_Key__c duplicates value on record, TRANSIENT",
                "DUPLICATE_VALUE, 200, Duplicate external id specified: org_1:cus_1, TRANSIENT",
                "DUPLICATE_VALUE, 200, duplicate value found: Tax_Number__c duplicates value on record, PERMANENT",
                "DUPLICATES_DETECTED, 200, Use one of these records?, PERMANENT",
                "FIELD_CUSTOM_VALIDATION_EXCEPTION, 200, CRM_SYNC_STALE: Pivotal_Updated_At__c is older, ALREADY_SO",
                "FIELD_CUSTOM_VALIDATION_EXCEPTION, 200, A phone number needs a country code, PERMANENT",
                "STRING_TOO_LONG, 200, data value too large, PERMANENT",
                "REQUIRED_FIELD_MISSING, 200, Required fields are missing: [LastName], PERMANENT",
                "INVALID_EMAIL_ADDRESS, 200, invalid email address, PERMANENT",
                "JSON_PARSER_ERROR, 400, Cannot deserialize, PERMANENT",
                "ENTITY_IS_DELETED, 404, entity is deleted, PERMANENT",
                "STORAGE_LIMIT_EXCEEDED, 200, storage limit exceeded, CONFIGURATION",
                "SOMETHING_NEW, 200, -, PERMANENT",
                "SOMETHING_NEW, 500, -, UNAVAILABLE",
                "-, 401, -, CONFIGURATION",
                "-, 403, -, CONFIGURATION",
                "-, 400, -, CONFIGURATION",
                "-, 404, -, CONFIGURATION",
                "-, 413, -, PERMANENT",
                "-, 414, -, PERMANENT",
                "-, 431, -, PERMANENT",
            })
    void saysWhatAFailureAsksOfUs(String code, int status, String message, FailureClass expected) {
        assertThat(FailureClassifier.classify(code, status, message, KEY)).isEqualTo(expected);
    }

    @Test
    void anOwnKeyIsOwnOnlyForItsUpsert() {
        String message = "duplicate value found: Pivotal_Key__c duplicates value on record with id: 001";

        assertThat(FailureClassifier.classify("DUPLICATE_VALUE", 200, message, "Emporix_Company_Key__c"))
                .isEqualTo(FailureClass.PERMANENT);
    }
}

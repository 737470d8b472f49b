package dev.crmsync.salesforce;

import static dev.crmsync.salesforce.FailureClass.ALREADY_SO;
import static dev.crmsync.salesforce.FailureClass.CONFIGURATION;
import static dev.crmsync.salesforce.FailureClass.LIMIT;
import static dev.crmsync.salesforce.FailureClass.MISSING_PARENT;
import static dev.crmsync.salesforce.FailureClass.PERMANENT;
import static dev.crmsync.salesforce.FailureClass.TRANSIENT;
import static dev.crmsync.salesforce.FailureClass.UNAVAILABLE;
import static java.util.Map.entry;

import java.util.Map;

/**
 * Says what a refusal asks of us: by error code first, since an OAuth failure looks like status 400 and one code comes
 * with several statuses, then by text where one code means two things, and by HTTP status last. Codes and texts are
 * those of the REST API developer guide and of what integrators report.
 */
final class FailureClassifier {

    /** The text with which the package's own validation rules refuse a value older than the stored one. */
    static final String STALE_RULE_TOKEN = "CRM_SYNC_STALE";

    private static final Map<String, FailureClass> BY_CODE = Map.ofEntries(
            entry("INVALID_SESSION_ID", CONFIGURATION),
            entry("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", CONFIGURATION),
            entry("invalid_grant", CONFIGURATION),
            entry("invalid_client", CONFIGURATION),
            entry("invalid_client_id", CONFIGURATION),
            entry("inactive_user", CONFIGURATION),
            entry("inactive_org", CONFIGURATION),
            entry("unsupported_grant_type", CONFIGURATION),
            entry("API_DISABLED_FOR_ORG", CONFIGURATION),
            entry("API_CURRENTLY_DISABLED", CONFIGURATION),
            entry("CLIENT_NOT_ACCESSIBLE_FOR_USER", CONFIGURATION),
            entry("INVALID_FIELD_FOR_INSERT_UPDATE", CONFIGURATION),
            entry("NOT_FOUND", CONFIGURATION),
            entry("INVALID_TYPE", CONFIGURATION),
            entry("STORAGE_LIMIT_EXCEEDED", CONFIGURATION),
            entry("TOO_MANY_REQUESTS", LIMIT),
            entry("SERVER_UNAVAILABLE", UNAVAILABLE),
            entry("API_TEMPORARILY_UNAVAILABLE", UNAVAILABLE),
            entry("UNKNOWN_EXCEPTION", TRANSIENT),
            entry("UNABLE_TO_LOCK_ROW", TRANSIENT),
            entry("ALL_OR_NONE_OPERATION_ROLLED_BACK", TRANSIENT),
            entry("PROCESSING_HALTED", TRANSIENT));

    private FailureClassifier() {}

    /**
     * @param code the error code, or null
     * @param status the HTTP status; 0 when there was no answer, 200 for a row of an accepted call
     * @param message Salesforce's text, or null
     * @param keyField the external id field of the upsert
     */
    static FailureClass classify(String code, int status, String message, String keyField) {
        String text = message == null ? "" : message;
        FailureClass byText = code == null ? null : byText(code, text, keyField);
        if (byText != null) {
            return byText;
        }
        FailureClass byCode = code == null ? null : BY_CODE.get(code);
        if (byCode != null) {
            return byCode;
        }
        return code != null && code.startsWith("INSUFFICIENT_ACCESS") ? CONFIGURATION : byStatus(status);
    }

    private static FailureClass byText(String code, String text, String keyField) {
        return switch (code) {
            case "INVALID_FIELD" -> text.contains("Foreign key external ID") ? MISSING_PARENT : CONFIGURATION;
            case "REQUEST_LIMIT_EXCEEDED" -> text.contains("ConcurrentPerOrgLongTxn") ? TRANSIENT : LIMIT;
            case "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" -> text.contains("UNABLE_TO_LOCK_ROW") ? TRANSIENT : PERMANENT;
            // Two writers inserted the same key at the same time: the second try updates.
            case "DUPLICATE_VALUE" ->
                text.contains(keyField) || text.contains("Duplicate external id specified") ? TRANSIENT : PERMANENT;
            case "FIELD_CUSTOM_VALIDATION_EXCEPTION" -> text.contains(STALE_RULE_TOKEN) ? ALREADY_SO : PERMANENT;
            default -> null;
        };
    }

    private static FailureClass byStatus(int status) {
        return switch (status) {
            case 0, 408 -> UNAVAILABLE;
            case 420, 429 -> LIMIT;
            case 200, 300, 400, 404, 409 -> PERMANENT;
            default -> status >= 500 ? UNAVAILABLE : CONFIGURATION;
        };
    }
}

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
import java.util.regex.Pattern;

/**
 * Says what a refusal asks of us: by text where that tells of a fault that passes, since triggers and flows wrap it in
 * codes of their own, or where one code means two things; then by error code, since an OAuth failure looks like status
 * 400 and one code comes with several statuses; and by HTTP status last. Codes and texts are those of the REST API and
 * Apex developer guides and of what integrators report.
 */
final class FailureClassifier {

    /** The text with which the package's own validation rules refuse a value older than the stored one. */
    static final String STALE_RULE_TOKEN = "CRM_SYNC_STALE";

    /**
     * Row locks, and the governor limits of a transaction that triggers and flows share. A value that Salesforce quotes
     * may hold such a text too: its event is then tried for a day before it is a dead letter.
     */
    private static final Pattern PASSING = Pattern.compile(
            "UNABLE_TO_LOCK_ROW|unable to obtain exclusive access|record is currently locked|row lock"
                    + "|currently being modified by another user|System\\.LimitException|Apex CPU time limit"
                    + "|Too many (SOQL queries|DML statements|query rows|DML rows)|Apex heap size too large"
                    + "|REQUEST_RUNNING_TOO_LONG|QUERY_TIMEOUT|request was running for too long",
            Pattern.CASE_INSENSITIVE);

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
            entry("REQUEST_LIMIT_EXCEEDED", LIMIT),
            entry("TOO_MANY_REQUESTS", LIMIT),
            entry("SERVER_UNAVAILABLE", UNAVAILABLE),
            entry("INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", UNAVAILABLE),
            entry("API_TEMPORARILY_UNAVAILABLE", UNAVAILABLE),
            entry("UNABLE_TO_LOCK_ROW", TRANSIENT),
            entry("REQUEST_RUNNING_TOO_LONG", TRANSIENT),
            entry("QUERY_TIMEOUT", TRANSIENT),
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
        if (code == null) {
            return byStatus(status);
        }
        FailureClass byText = byText(code, status, text, keyField);
        if (byText != null) {
            return byText;
        }
        FailureClass byCode = BY_CODE.get(code);
        if (byCode != null) {
            return byCode;
        }
        if (code.startsWith("INSUFFICIENT_ACCESS")) {
            return CONFIGURATION;
        }
        return speaksOfTheRecord(status) ? PERMANENT : byStatus(status);
    }

    private static FailureClass byText(String code, int status, String text, String keyField) {
        if (PASSING.matcher(text).find()) {
            return TRANSIENT;
        }
        return switch (code) {
            case "INVALID_FIELD" -> text.contains("Foreign key external ID") ? MISSING_PARENT : CONFIGURATION;
            case "UNKNOWN_EXCEPTION" -> status >= 500 ? UNAVAILABLE : TRANSIENT;
            // Two writers inserted the same key at the same time: the second try updates.
            case "DUPLICATE_VALUE" ->
                text.contains(keyField) || text.contains("Duplicate external id specified") ? TRANSIENT : PERMANENT;
            case "FIELD_CUSTOM_VALIDATION_EXCEPTION" -> text.contains(STALE_RULE_TOKEN) ? ALREADY_SO : PERMANENT;
            default -> null;
        };
    }

    private static boolean speaksOfTheRecord(int status) {
        return switch (status) {
            case 200, 300, 400, 404, 409 -> true;
            default -> false;
        };
    }

    /** An answer without an error code is a gateway's: the page says nothing about the record, but its size can. */
    private static FailureClass byStatus(int status) {
        return switch (status) {
            case 0, 408 -> UNAVAILABLE;
            case 420, 429 -> LIMIT;
            case 300, 413, 414, 431 -> PERMANENT;
            default -> status >= 500 ? UNAVAILABLE : CONFIGURATION;
        };
    }
}

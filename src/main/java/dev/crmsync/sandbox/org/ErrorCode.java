package dev.crmsync.sandbox.org;

import java.util.Arrays;
import java.util.Optional;

/** Salesforce's error codes, with the HTTP status and the text that usually come with each. */
public enum ErrorCode {
    INVALID_SESSION_ID(401, "Session expired or invalid"),
    INVALID_OPERATION_WITH_EXPIRED_PASSWORD(401, "The users password has expired, you must call SetPassword first"),
    API_DISABLED_FOR_ORG(403, "The REST API is not enabled for this Organization."),
    API_CURRENTLY_DISABLED(403, "API is currently disabled for this user"),
    INSUFFICIENT_ACCESS(403, "insufficient access rights on object id"),
    INSUFFICIENT_ACCESS_OR_READONLY(400, "insufficient access rights on object id"),
    ENTITY_IS_LOCKED(400, "the entity is locked for editing"),
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY(400, "insufficient access rights on cross-reference id"),
    CLIENT_NOT_ACCESSIBLE_FOR_USER(403, "Client not accessible for user"),
    REQUEST_LIMIT_EXCEEDED(403, "TotalRequests Limit exceeded."),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    UNKNOWN_EXCEPTION(500, "An unexpected error occurred. Please include this ErrorId if you contact support"),
    SERVER_UNAVAILABLE(503, "Server is temporarily unavailable"),
    API_TEMPORARILY_UNAVAILABLE(503, "The API is temporarily unavailable"),
    UNABLE_TO_LOCK_ROW(400, "unable to obtain exclusive access to this record"),
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY(
            400, "execution of BeforeUpdate caused by: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access"),
    CANNOT_EXECUTE_FLOW_TRIGGER(
            400,
            "We can't save this record because a flow failed: System.LimitException: Apex CPU time limit exceeded"),
    QUERY_TIMEOUT(400, "Your query request was running for too long."),
    REQUEST_RUNNING_TOO_LONG(400, "Your request was running for too long, and has been stopped."),
    INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE(
            400, "Records cannot be changed while the organization is in maintenance"),
    DUPLICATE_VALUE(400, "duplicate value found: unknown duplicates value on record with id: unknown"),
    DUPLICATES_DETECTED(400, "Use one of these records?"),
    DUPLICATE_EXTERNAL_ID(400, "more than one record found for external id field"),
    ALL_OR_NONE_OPERATION_ROLLED_BACK(
            400, "Record rolled back because not all records were valid and the request was using AllOrNone header"),
    PROCESSING_HALTED(400, "The transaction was rolled back since another operation in the same transaction failed."),
    REQUIRED_FIELD_MISSING(400, "Required fields are missing"),
    STRING_TOO_LONG(400, "data value too large"),
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST(400, "bad value for restricted picklist field"),
    INVALID_EMAIL_ADDRESS(400, "invalid email address"),
    NUMBER_OUTSIDE_VALID_RANGE(400, "value outside of valid range on numeric field"),
    MALFORMED_ID(400, "id value of incorrect type"),
    INVALID_ID_FIELD(400, "invalid record id"),
    INVALID_TYPE_ON_FIELD_IN_RECORD(400, "value not of required type"),
    FIELD_INTEGRITY_EXCEPTION(400, "There's a problem with this field's value"),
    JSON_PARSER_ERROR(400, "The HTTP entity body is required, but this request has no entity body"),
    FIELD_CUSTOM_VALIDATION_EXCEPTION(400, "A validation rule refused the record"),
    INVALID_FIELD(400, "No such column"),
    INVALID_FIELD_FOR_INSERT_UPDATE(400, "Unable to create/update fields"),
    INVALID_TYPE(400, "sObject type is not supported"),
    INVALID_CROSS_REFERENCE_KEY(400, "invalid cross reference id"),
    ENTITY_IS_DELETED(404, "entity is deleted"),
    STORAGE_LIMIT_EXCEEDED(400, "storage limit exceeded"),
    DELETE_FAILED(400, "Your attempt to delete could not be completed because it is associated with other records"),
    NOT_FOUND(404, "The requested resource does not exist"),
    METHOD_NOT_ALLOWED(405, "HTTP Method not allowed"),
    MISSING_ARGUMENT(400, "The request lacks an argument"),
    INVALID_BATCH_SIZE(400, "The batch is larger than allowed"),
    LIMIT_EXCEEDED(400, "A limit is exceeded"),
    MALFORMED_QUERY(400, "unexpected token"),
    INVALID_QUERY_FILTER_OPERATOR(400, "invalid ID field"),
    INVALID_QUERY_LOCATOR(400, "invalid query locator"),
    INVALIDJOB(400, "The job cannot be processed"),
    INVALIDJOBSTATE(400, "The job is in a state that does not allow this"),
    INVALID_INPUT(400, "The request is not valid");

    private final int status;
    private final String text;

    ErrorCode(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The HTTP status of an answer whose only content is this error. */
    public int status() {
        return status;
    }

    /** A text for when nothing more exact is known. */
    public String text() {
        return text;
    }

    public static Optional<ErrorCode> named(String name) {
        return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
    }
}

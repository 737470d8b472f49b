package dev.crmsync.salesforce;

import java.util.List;

/**
 * One refusal or fault, read and classified.
 *
 * @param failureClass what it asks of us
 * @param code Salesforce's error code, or one of ours in the same style where it gave none ({@code HTTP_503},
 *     {@code CONNECTION})
 * @param status the HTTP status, 0 when there was no answer
 * @param fields the API names of the fields it complains about
 * @param message Salesforce's text: it may quote personal data, so it is stored but never logged
 */
public record Failure(FailureClass failureClass, String code, int status, List<String> fields, String message) {

    /** Code of a call without an answer in time: it may have been done or not. */
    static final String TIMEOUT = "TIMEOUT";

    /** Code of a call whose connection broke: it may have been done or not. */
    static final String CONNECTION = "CONNECTION";

    /** Code of a call that was accepted, without a result for each record. */
    static final String UNREADABLE_ANSWER = "UNREADABLE_ANSWER";

    /** Code of a call that was not made, since another process may have taken one of its records over. */
    static final String LEASE_LOST = "LEASE_LOST";

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int SERVER_ERROR = 500;

    private static final int LONGEST_TEXT = 300;

    public Failure {
        fields = List.copyOf(fields);
    }

    /** The same failure, when the answers to other calls tell that it means something else. */
    Failure as(FailureClass other) {
        return new Failure(other, code, status, fields, message);
    }

    /** An ambiguous failure in the light of what became of other records. */
    Failure concerning(Refusals.Concern concern) {
        return switch (concern) {
            case RECORD ->
                as(failureClass == FailureClass.CONFIGURATION ? FailureClass.PERMANENT : FailureClass.TRANSIENT);
            // No reason yet to hold up others.
            case UNKNOWN -> status == SERVER_ERROR || code.equals(TIMEOUT) ? as(FailureClass.TRANSIENT) : this;
            case OBJECT -> this;
        };
    }

    /** True where one record that is refused does not tell whether others would be. */
    boolean isAmbiguous() {
        return switch (failureClass) {
            case UNAVAILABLE -> status == SERVER_ERROR || mayHaveBeenDone();
            case CONFIGURATION -> concernsObject() && status != NOT_FOUND || isGatewaysRefusal();
            default -> false;
        };
    }

    /** True where a call may be accepted without some of its records. */
    boolean isWorthDividing() {
        return switch (failureClass) {
            case LIMIT -> false;
            case UNAVAILABLE, CONFIGURATION -> isAmbiguous() && !mayHaveBeenDone();
            default -> status >= BAD_REQUEST;
        };
    }

    /** True where calls of fewer records may be accepted. */
    boolean mayBeForSize() {
        return failureClass == FailureClass.TRANSIENT
                || status == TOO_LARGE
                || code.equals(TIMEOUT)
                || code.equals(UNREADABLE_ANSWER);
    }

    /** True where other records would fare no better. */
    boolean concernsMoreThanARecord() {
        return switch (failureClass) {
            case UNAVAILABLE, LIMIT, CONFIGURATION -> true;
            default -> false;
        };
    }

    /** True where it would be in vain to look for the one record at fault, since a call without it failed alike. */
    boolean isSharedWith(Failure other) {
        if (other == null || failureClass != other.failureClass || !code.equals(other.code)) {
            return false;
        }
        return switch (failureClass) {
            // Each call may hold a bad record of its own.
            case PERMANENT, MISSING_PARENT, ALREADY_SO -> false;
            // The text names the field.
            case CONFIGURATION -> message.equals(other.message);
            default -> true;
        };
    }

    /** True for what Salesforce does not let us do with an object: a field or permission is missing, or a record locked. */
    boolean concernsObject() {
        return switch (code) {
            case "INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE", "NOT_FOUND", "INVALID_TYPE" -> true;
            default -> code.startsWith("INSUFFICIENT_ACCESS");
        };
    }

    private boolean mayHaveBeenDone() {
        return code.equals(TIMEOUT) || code.equals(CONNECTION);
    }

    /** True where nobody knows what Salesforce has done or will do. */
    boolean leavesOpen() {
        return mayHaveBeenDone() || code.equals(UNREADABLE_ANSWER) || status >= SERVER_ERROR;
    }

    /** Something before Salesforce, such as a firewall that takes a name for an attack, stopped the call. */
    private boolean isGatewaysRefusal() {
        return code.startsWith("HTTP_4") && status != UNAUTHORIZED;
    }

    /** For logs and metrics: no data of the record. */
    public String summary() {
        return code + (fields.isEmpty() ? "" : " on " + String.join(", ", fields));
    }

    /**
     * For what is the set-up's fault, with Salesforce's text: that names objects and fields, where the text of a bad
     * value would quote it.
     */
    String explanation() {
        String text = message.replaceAll("\\s+", " ").strip();
        return summary() + ": " + (text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text);
    }
}

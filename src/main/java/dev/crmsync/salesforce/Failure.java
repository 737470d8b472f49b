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

    public Failure {
        fields = List.copyOf(fields);
    }

    /** For logs and metrics: no data of the record. */
    public String summary() {
        return code + (fields.isEmpty() ? "" : " on " + String.join(", ", fields));
    }
}

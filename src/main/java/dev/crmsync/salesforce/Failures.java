package dev.crmsync.salesforce;

import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.api.SalesforceMultipleChoicesException;
import org.apache.camel.component.salesforce.api.dto.RestError;

/** Reads failures out of what camel-salesforce reports. */
final class Failures {

    private Failures() {}

    /** A whole call that failed. */
    static Failure ofCall(Throwable thrown, String keyField) {
        SalesforceException exception = salesforceException(thrown);
        if (exception == null) {
            return new Failure(
                    FailureClass.UNAVAILABLE, Failure.CONNECTION, 0, List.of(), String.valueOf(thrown.getMessage()));
        }
        if (exception instanceof SalesforceMultipleChoicesException) {
            return new Failure(
                    FailureClass.PERMANENT, "DUPLICATE_EXTERNAL_ID", 300, List.of(keyField), exception.getMessage());
        }
        if (!exception.getErrors().isEmpty()) {
            return of(exception.getErrors().get(0), exception.getStatusCode(), keyField);
        }
        int status = exception.getStatusCode();
        return new Failure(
                FailureClassifier.classify(null, status, null, keyField),
                status == 0 ? connectionCode(exception) : "HTTP_" + status,
                status,
                List.of(),
                status == 0
                        ? String.valueOf(exception.getMessage())
                        : "HTTP status " + status + " without an error code");
    }

    /** One row of a call that was accepted. */
    static Failure ofRow(List<RestError> errors, String keyField) {
        return errors.isEmpty()
                ? new Failure(FailureClass.PERMANENT, "NO_REASON", 200, List.of(), "The row failed without an error")
                : of(errors.get(0), 200, keyField);
    }

    private static Failure of(RestError error, int status, String keyField) {
        List<String> fields = error.getFields() == null ? List.of() : error.getFields();
        String code = error.getErrorCode() == null ? "HTTP_" + status : error.getErrorCode();
        return new Failure(
                FailureClassifier.classify(error.getErrorCode(), status, error.getMessage(), keyField),
                code,
                status,
                fields,
                String.valueOf(error.getMessage()));
    }

    private static SalesforceException salesforceException(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SalesforceException found) {
                return found;
            }
        }
        return null;
    }

    private static String connectionCode(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return Failure.TIMEOUT;
            }
            if (cause instanceof ConnectException) {
                return "CONNECTION_REFUSED";
            }
        }
        return Failure.CONNECTION;
    }
}

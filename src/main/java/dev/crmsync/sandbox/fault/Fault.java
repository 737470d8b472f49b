package dev.crmsync.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.rest.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * One scripted fault. Absent members of its JSON form match everything, fire always, or take the usual value.
 *
 * @param kind what happens
 * @param operation only requests of this kind, such as {@code upsert-collection}; {@code write} for all that write; null
 *     for everything but logging in
 * @param object only this object; null for any
 * @param key only this external id value or record id, in a collection too; null for any
 * @param fromRows only requests that carry at least so many rows; 0 for any
 * @param nth only the n-th match, counted from 1; 0 for any
 * @param count fires at most so often; 0 for no limit, which for {@code nth} means from the n-th on
 * @param probability fires with this chance per match; 1 for always
 * @param errorCode code of an error, or of an OAuth error
 * @param status HTTP status; 0 for the usual one of the error code
 * @param message text of an error; null for the usual one
 * @param fields API names of the fields that an error names
 * @param body body of a plain HTTP answer
 * @param contentType its type
 * @param location where a redirect leads
 * @param delayMillis how much later a slow answer comes
 * @param rows how many rows a truncated list lacks
 * @param headers further headers of the answer
 * @param wwwAuthenticate whether a 401 says how to log in, as Salesforce does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        Kind kind,
        String operation,
        String object,
        String key,
        int fromRows,
        int nth,
        int count,
        double probability,
        String errorCode,
        int status,
        String message,
        List<String> fields,
        String body,
        String contentType,
        String location,
        long delayMillis,
        int rows,
        Map<String, String> headers,
        boolean wwwAuthenticate) {

    /** The group of all operations that write. */
    static final String WRITE = "write";

    /** What happens. */
    public enum Kind {
        /** The request is refused with an error code, unprocessed. */
        ERROR,
        /** Single rows are refused with an error code; others are written. */
        ROW_ERROR,
        /** Some HTTP answer, such as the HTML page of a gateway; unprocessed. */
        HTTP,
        /** The connection breaks before anything is done. */
        DROP_BEFORE,
        /** Everything is done, then the connection breaks. */
        DROP_AFTER,
        /** Everything is done, but the answer is late. */
        SLOW,
        /** Everything is done, but the JSON breaks off. */
        MALFORMED,
        /** Everything is done, but the body is empty. */
        EMPTY,
        /** Everything is done, but the list lacks its last rows. */
        TRUNCATED,
        /** The answer leads elsewhere; unprocessed. */
        REDIRECT,
        /** Status 300 with two made-up records; unprocessed. */
        MULTIPLE_CHOICES;

        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String wireName) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName().equals(wireName))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Fault kind '" + wireName
                            + "' is unknown: use one of "
                            + Arrays.stream(values()).map(Kind::wireName).toList()));
        }
    }

    public Fault {
        if (operation != null && !operation.equals(WRITE)) {
            requireOperation(operation);
        }
        if (fromRows < 0 || nth < 0 || count < 0 || delayMillis < 0 || rows < 0) {
            throw new IllegalArgumentException("fromRows, nth, count, delayMillis and rows of a fault are 0 or more");
        }
        if (probability <= 0 || probability > 1) {
            throw new IllegalArgumentException("probability is " + probability + ": use more than 0 and at most 1");
        }
        if ((kind == Kind.ERROR || kind == Kind.ROW_ERROR) && errorCode == null) {
            throw new IllegalArgumentException("A fault of kind " + kind.wireName() + " needs an errorCode");
        }
        if (kind == Kind.HTTP && status == 0) {
            throw new IllegalArgumentException("A fault of kind http needs a status");
        }
        fields = fields == null ? List.of() : List.copyOf(fields);
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    @JsonCreator
    static Fault of(
            @JsonProperty(value = "kind", required = true) String kind,
            @JsonProperty("operation") String operation,
            @JsonProperty("object") String object,
            @JsonProperty("key") String key,
            @JsonProperty("fromRows") int fromRows,
            @JsonProperty("nth") int nth,
            @JsonProperty("count") Integer count,
            @JsonProperty("probability") Double probability,
            @JsonProperty("errorCode") String errorCode,
            @JsonProperty("status") int status,
            @JsonProperty("message") String message,
            @JsonProperty("fields") List<String> fields,
            @JsonProperty("body") String body,
            @JsonProperty("contentType") String contentType,
            @JsonProperty("location") String location,
            @JsonProperty("delayMillis") long delayMillis,
            @JsonProperty("rows") Integer rows,
            @JsonProperty("headers") Map<String, String> headers,
            @JsonProperty("wwwAuthenticate") Boolean wwwAuthenticate) {
        return new Fault(
                Kind.of(kind),
                operation,
                object,
                key,
                fromRows,
                nth,
                count == null ? nth > 0 ? 1 : 0 : count,
                probability == null ? 1 : probability,
                errorCode,
                status,
                message,
                fields,
                body == null ? "" : body,
                contentType == null ? "text/html;charset=UTF-8" : contentType,
                location == null ? "/elsewhere" : location,
                delayMillis,
                rows == null ? 1 : rows,
                headers,
                wwwAuthenticate == null || wwwAuthenticate);
    }

    /**
     * Whether it may strike such a request or row.
     *
     * @param isAbout whether it is about the record of a key
     * @param askedRows how many rows the request carries
     */
    boolean matches(Operation asked, String askedObject, Predicate<String> isAbout, IntSupplier askedRows) {
        boolean operationFits = operation == null
                ? !asked.isLogin()
                : operation.equals(WRITE) ? asked.writes() : operation.equals(asked.wireName());
        return operationFits
                && (object == null || object.equalsIgnoreCase(askedObject))
                && (key == null || isAbout.test(key))
                && (fromRows == 0 || askedRows.getAsInt() >= fromRows);
    }

    /** The HTTP status of its error. */
    int errorStatus() {
        return status != 0
                ? status
                : ErrorCode.named(errorCode).map(ErrorCode::status).orElse(400);
    }

    /** The text of its error. */
    String errorMessage() {
        return message != null
                ? message
                : ErrorCode.named(errorCode).map(ErrorCode::text).orElse("A fault of the sandbox");
    }

    private static void requireOperation(String operation) {
        if (Arrays.stream(Operation.values())
                .noneMatch(known -> known.wireName().equals(operation))) {
            throw new IllegalArgumentException("Operation '" + operation + "' is unknown: use '" + WRITE
                    + "' or one of "
                    + Arrays.stream(Operation.values()).map(Operation::wireName).toList());
        }
    }
}

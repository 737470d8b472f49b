package dev.crmsync.webhook;

import dev.crmsync.webhook.NotAuthenticException.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What a scheme may look at: the bytes as they came, the headers, and the path. Nothing of it is to be trusted yet,
 * and the headers hold query parameters too.
 */
final class WebhookRequest {

    private static final Pattern EVENT_TYPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private final byte[] body;
    private final Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * Takes the request out of a message.
     *
     * @throws IllegalStateException when the body is not bytes, as after a step that changed it
     */
    WebhookRequest(Message message) {
        this.body = bytes(message);
        this.headers.putAll(message.getHeaders());
    }

    byte[] body() {
        return body;
    }

    boolean has(String header) {
        return headers.get(header) != null;
    }

    /** All lines of a header, in the order in which they came. */
    List<String> lines(String header) {
        Object value = headers.get(header);
        if (value == null) {
            return List.of();
        }
        return value instanceof Collection<?> lines
                ? lines.stream().map(String::valueOf).toList()
                : List.of(value.toString());
    }

    /** The only line of a header. */
    String line(String header) throws NotAuthenticException {
        List<String> lines = lines(header);
        if (lines.isEmpty()) {
            throw new NotAuthenticException(Reason.MISSING, "Header " + header + " is missing");
        }
        if (lines.size() > 1) {
            throw new NotAuthenticException(
                    Reason.MALFORMED, "Header " + header + " has " + lines.size() + " values, must have one");
        }
        return lines.get(0);
    }

    /**
     * The last segment of the path in lower case. It comes from the request line, which the server sets after headers
     * and query parameters, so that neither can stand in for it.
     */
    String eventTypeInPath() throws NotAuthenticException {
        String path = line(Exchange.HTTP_URI).replaceFirst("[?#].*", "").replaceFirst("/+$", "");
        String type = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (!EVENT_TYPE.matcher(type).matches()) {
            throw new NotAuthenticException(
                    Reason.MALFORMED, "The last path segment is no event type: use 1 to 100 of a-z 0-9 . _ -");
        }
        return type;
    }

    private static byte[] bytes(Message message) {
        Object body = message.getBody();
        if (body == null) {
            return new byte[0];
        }
        byte[] bytes = body instanceof String ? null : message.getBody(byte[].class);
        if (bytes == null) {
            throw new IllegalStateException("A signature is checked over the bytes as they came, but the body is "
                    + body.getClass().getName() + ": make the verifier the route's first step");
        }
        return bytes;
    }
}

package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.OrderKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.spi.Language;

/**
 * The jq expressions that find an envelope's fields, and the rules for what they may yield. They see the body without
 * secrets, and the headers that the verifier let pass. What they yield is checked, for a sender is authentic but not
 * infallible, and reported without repeating it, for it may be personal.
 */
final class Envelope {

    private static final int MAX_LENGTH = 256;

    /** Control characters, which databases refuse, and halves of surrogate pairs, which UTF-8 cannot express. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private final CamelContext context;
    private final String source;
    private final Map<String, Expression> expressions = new LinkedHashMap<>();

    Envelope(CamelContext context, String source) {
        this.context = context;
        this.source = source;
    }

    /**
     * Sets the expression of a field.
     *
     * @throws IllegalArgumentException when it is not jq
     */
    void set(String field, String jq) {
        if (jq == null || jq.isBlank()) {
            return;
        }
        try {
            Language language = context.resolveLanguage("jq");
            expressions.put(field, language.createExpression(jq));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("Expression for '" + field + "' of " + source + " is not jq: " + jq, e);
        }
    }

    /** What the expression yields; empty when it yields null or nothing, or there is none. */
    Optional<JsonNode> value(String field, Exchange exchange) throws UnreadableException {
        Expression expression = expressions.get(field);
        if (expression == null) {
            return Optional.empty();
        }
        Object value;
        try {
            value = expression.evaluate(exchange, Object.class);
        } catch (RuntimeException e) {
            // without the cause, whose message may quote the body
            throw new UnreadableException("The expression for '" + field + "' fails on this body");
        }
        if (value == null || value instanceof JsonNode) {
            return Optional.ofNullable((JsonNode) value).filter(node -> !node.isNull());
        }
        throw new UnreadableException("The expression for '" + field + "' yields more than one value");
    }

    /** A text of 1 to {@value #MAX_LENGTH} characters, or a whole number as text; empty when absent or blank. */
    Optional<String> text(String field, Exchange exchange) throws UnreadableException {
        Optional<JsonNode> value = value(field, exchange);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isTextual() && !value.get().isIntegralNumber()) {
            throw new UnreadableException("The " + field + " is neither a text nor a whole number");
        }
        String text = value.get().asText();
        if (text.length() > MAX_LENGTH) {
            throw new UnreadableException(
                    "The " + field + " has " + text.length() + " characters, at most " + MAX_LENGTH + " are kept");
        }
        if (UNFIT.matcher(text).find()) {
            throw new UnreadableException("The " + field + " has control characters or broken ones");
        }
        return Optional.of(text).filter(present -> !present.isBlank());
    }

    /** A {@link #text} that must be there. */
    String required(String field, Exchange exchange) throws UnreadableException {
        return text(field, exchange).orElseThrow(() -> new UnreadableException("The " + field + " is missing"));
    }

    /** An ISO 8601 instant. */
    Optional<Instant> instant(String field, Exchange exchange) throws UnreadableException {
        Optional<String> text = text(field, exchange);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text.get()).toInstant();
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(Instant.parse("9999-12-31T00:00:00Z"))) {
                return Optional.of(instant);
            }
        } catch (DateTimeException notATime) {
            // falls through to the one message for every value that is no usable time
        }
        throw new UnreadableException("The " + field + " is not an ISO 8601 instant between 1970 and 9999");
    }

    /** The order key; none when the expression yields null. */
    OrderKey orderKey(String field, Exchange exchange) throws UnreadableException {
        JsonNode value = value(field, exchange).orElse(null);
        try {
            OrderKey key = OrderKey.of(value);
            if (key.value().length() <= MAX_LENGTH
                    && !UNFIT.matcher(key.value()).find()) {
                return key;
            }
        } catch (IllegalArgumentException notAKey) {
            // falls through to the one message for every value that is no usable key
        }
        throw new UnreadableException("The " + field + " is neither a whole number from 0 to 20 digits, nor a time, nor"
                + " a text of at most " + MAX_LENGTH + " characters, nor an array of these");
    }

    /** True or false. */
    Optional<Boolean> flag(String field, Exchange exchange) throws UnreadableException {
        Optional<JsonNode> value = value(field, exchange);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw new UnreadableException("The " + field + " is neither true nor false");
        }
        return value.map(JsonNode::booleanValue);
    }
}

package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.DeliveryFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * The jq expressions that find an envelope's fields. They see the body without secrets, and the headers that the verifier let
 * pass. All are evaluated as one, since each evaluation costs far more than what it evaluates.
 */
final class Envelope {

    private final CamelContext context;
    private final String source;
    private final Map<String, Expression> expressions = new LinkedHashMap<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Expression all;

    /**
     * Compiles the expressions.
     *
     * @param jq by field; blank ones count as absent
     * @throws IllegalArgumentException when one is not jq
     */
    Envelope(CamelContext context, String source, Map<String, String> jq) {
        this.context = context;
        this.source = source;
        StringJoiner arrays = new StringJoiner(", ", "[", "]");
        jq.forEach((field, expression) -> {
            if (expression != null && !expression.isBlank()) {
                expressions.put(field, compile(field, expression));
                places.put(field, places.size());
                arrays.add("[" + expression + "]");
            }
        });
        all = compile("all", arrays.toString());
    }

    private Expression compile(String field, String jq) {
        try {
            return context.resolveLanguage("jq").createExpression(jq);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("Expression for '" + field + "' of " + source + " is not jq: " + jq, e);
        }
    }

    /** What the expressions yield for an exchange. */
    EnvelopeValues of(Exchange exchange) {
        JsonNode values;
        try {
            values = all.evaluate(exchange, JsonNode.class);
        } catch (RuntimeException oneOfThemFails) {
            return field -> alone(field, exchange);
        }
        return field -> {
            Integer place = places.get(field);
            return place == null ? Optional.empty() : only(field, values.get(place));
        };
    }

    /** Finds out which of them fails. */
    private Optional<JsonNode> alone(String field, Exchange exchange) throws UnreadableException {
        Expression expression = expressions.get(field);
        if (expression == null) {
            return Optional.empty();
        }
        Object value;
        try {
            value = expression.evaluate(exchange, Object.class);
        } catch (RuntimeException e) {
            // no other message is repeated, as it may quote the body
            throw new UnreadableException(DeliveryFailure.in(e)
                    .map(refused -> inWords(field, refused))
                    .orElse("The expression for '" + field + "' fails on this body"));
        }
        if (value == null || value instanceof JsonNode) {
            return Optional.ofNullable((JsonNode) value).filter(node -> !node.isNull());
        }
        throw severalValues(field);
    }

    /** Such as {@code The tenant is missing: .org_id}, of a refusal whose text begins with the member. */
    private static String inWords(String field, DeliveryFailure refused) {
        String member = String.join(", ", refused.errorFields());
        return "The " + field + refused.errorText().substring(member.length()) + ": " + member;
    }

    private static Optional<JsonNode> only(String field, JsonNode values) throws UnreadableException {
        if (values.size() > 1) {
            throw severalValues(field);
        }
        return Optional.ofNullable(values.get(0)).filter(node -> !node.isNull());
    }

    private static UnreadableException severalValues(String field) {
        return new UnreadableException("The expression for '" + field + "' yields more than one value");
    }
}

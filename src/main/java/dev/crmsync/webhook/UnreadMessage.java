package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/**
 * What is kept of a message that could not be read: all that an envelope's expressions see, so that they can be tried again
 * when they, or the message, have been corrected. As the payload of its event it is
 * {@code {"headers": {…}, "properties": {…}, "body": {…}}}; a body that is no JSON is a text.
 */
record UnreadMessage(Map<String, String> headers, Map<String, String> properties, JsonNode body) {

    /** The properties that an {@link EnvelopeReader} sets, and its expressions may use. */
    private static final List<String> PROPERTIES = List.of(
            EnvelopeReader.BODY_SHA256, EnvelopeReader.WRAPPER_TYPE, EnvelopeReader.DROPPED, EnvelopeReader.SAMPLE);

    /** @param body what of the body is kept */
    static UnreadMessage of(Exchange exchange, JsonNode body) {
        Map<String, String> headers = new TreeMap<>();
        exchange.getMessage().getHeaders().keySet().forEach(name -> {
            String value = exchange.getMessage().getHeader(name, String.class);
            if (value != null) {
                headers.put(name, value);
            }
        });
        Map<String, String> properties = new TreeMap<>();
        PROPERTIES.forEach(name -> {
            String value = exchange.getProperty(name, String.class);
            if (value != null) {
                properties.put(name, value);
            }
        });
        return new UnreadMessage(headers, properties, body);
    }

    /** The reverse of {@link #payload}; any other JSON is a body that came without headers. */
    static UnreadMessage ofPayload(JsonNode payload) {
        return payload.path("headers").isObject() && payload.has("body")
                ? new UnreadMessage(
                        texts(payload.get("headers")), texts(payload.path("properties")), payload.get("body"))
                : new UnreadMessage(Map.of(), Map.of(), payload);
    }

    ObjectNode payload() {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        ObjectNode kept = payload.putObject("headers");
        headers.forEach(kept::put);
        ObjectNode known = payload.putObject("properties");
        properties.forEach(known::put);
        return payload.set("body", body);
    }

    /** The body as it would be received. */
    byte[] bytes() {
        return Utf8.bytes(body.isTextual() ? body.textValue() : Payload.text(body));
    }

    /** An exchange such as the one that could not be read. */
    Exchange exchange(CamelContext context) {
        Exchange exchange = new DefaultExchange(context);
        headers.forEach(exchange.getMessage()::setHeader);
        properties.forEach(exchange::setProperty);
        return exchange;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
        return texts;
    }
}

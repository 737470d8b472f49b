package dev.crmsync.webhook;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;

/**
 * Reads JSON the one way in which it can be understood: UTF-8, no member twice (two readers could take different ones),
 * nothing after the value, no number beyond those of a double, and all within the limits of {@link BoundedParser}.
 */
final class StrictJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StrictJson() {}

    /**
     * The JSON value.
     *
     * @throws UnreadableException when the bytes are not exactly one
     */
    static JsonNode parse(byte[] bytes) throws UnreadableException {
        CharBuffer text = Utf8.chars(bytes);
        if (text == null) {
            throw new UnreadableException("The body is not UTF-8");
        }
        try (JsonParser parser = BoundedParser.of(text)) {
            if (parser.nextToken() == null) {
                throw new UnreadableException("The body is empty");
            }
            JsonNode node = node(parser);
            if (parser.nextToken() != null) {
                throw new StreamConstraintsException("The body goes on after its value", parser.currentLocation());
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw new UnreadableException(e.getOriginalMessage() + place(e.getLocation()));
        } catch (JsonProcessingException e) {
            throw new UnreadableException("The body is not JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory does not fail", e);
        }
    }

    private static JsonNode node(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.booleanNode(parser.getBooleanValue());
        };
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (object.replace(name, node(parser)) != null) {
                throw new StreamConstraintsException("The body names a member twice", parser.currentLocation());
            }
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(node(parser));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static JsonNode decimal(JsonParser parser) throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new StreamConstraintsException("A number is beyond ±" + Double.MAX_VALUE, parser.currentLocation());
        }
        return NODES.numberNode(value);
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}

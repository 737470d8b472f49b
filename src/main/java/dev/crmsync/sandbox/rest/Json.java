package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.ApiError;

/** JSON of the REST API. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree cannot be written", e);
        }
    }

    /** An error as the body of a failed request shows it. */
    static ObjectNode error(ApiError error) {
        ObjectNode json = object().put("message", error.message()).put("errorCode", error.code());
        if (!error.fields().isEmpty()) {
            error.fields().forEach(json.putArray("fields")::add);
        }
        error.more().forEach(json::set);
        return json;
    }

    /** An error as a row of a collection shows it. */
    static ObjectNode rowError(ApiError error) {
        ObjectNode json = object().put("statusCode", error.code()).put("message", error.message());
        error.fields().forEach(json.putArray("fields")::add);
        error.more().forEach(json::set);
        return json;
    }
}

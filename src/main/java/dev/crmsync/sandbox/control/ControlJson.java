package dev.crmsync.sandbox.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.Write;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** JSON of the control API. An unknown member is an error: a fault that was misspelt would make a test worthless. */
final class ControlJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ControlJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode parse(String text) {
        try {
            JsonNode json = MAPPER.readTree(text.isBlank() ? "{}" : text);
            if (!json.isObject()) {
                throw new IllegalArgumentException("The body is not a JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static <T> T read(JsonNode json, Class<T> type) {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "Member '" + e.getPropertyName() + "' is unknown: use some of " + e.getKnownPropertyIds(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    e.getCause() instanceof IllegalArgumentException cause
                            ? cause.getMessage()
                            : e.getOriginalMessage(),
                    e);
        }
    }

    static ObjectNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static ObjectNode write(Write write) {
        ObjectNode json = object();
        json.put("sequence", write.sequence());
        json.put("call", write.call());
        json.put("time", write.time().toString());
        json.put("object", write.object());
        json.put("id", write.id());
        json.put("keyField", write.keyField());
        json.put("key", write.key());
        json.put("operation", write.operation().name().toLowerCase(Locale.ROOT));
        json.put("api", write.api());
        json.put("caller", write.caller());
        json.set("fields", values(write.fields()));
        return json;
    }

    static ObjectNode record(SObjectRecord record) {
        ObjectNode json = object();
        json.put("Id", record.id());
        json.setAll(values(record.values()));
        return json;
    }

    private static ObjectNode values(Map<String, Object> values) {
        ObjectNode json = object();
        new TreeMap<>(values).forEach((name, value) -> {
            if (value == null) {
                json.putNull(name);
            } else if (value instanceof Boolean flag) {
                json.put(name, flag);
            } else if (value instanceof BigDecimal number) {
                json.put(name, number);
            } else {
                json.put(name, value.toString());
            }
        });
        return json;
    }
}

package dev.crmsync.sandbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.schema.FieldType;
import dev.crmsync.sandbox.schema.SObjectType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stored values as JSON, without loss, and back by the types of the schema. */
final class RecordCodec {
    private RecordCodec() {}

    static ObjectNode encode(Map<String, Object> values) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> {
            if (value == null) {
                json.putNull(name);
            } else if (value instanceof Boolean flag) {
                json.put(name, flag);
            } else {
                json.put(name, value instanceof BigDecimal number ? number.toPlainString() : value.toString());
            }
        });
        return json;
    }

    /** The values as they were; those of fields that the schema no longer has are left out. */
    static Map<String, Object> decode(SObjectType type, JsonNode json) {
        Map<String, Object> values = new LinkedHashMap<>();
        json.properties()
                .forEach(member -> type.field(member.getKey())
                        .ifPresent(field -> values.put(field.name(), decode(field.type(), member.getValue()))));
        return values;
    }

    private static Object decode(FieldType type, JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        return switch (type) {
            case BOOLEAN -> json.asBoolean();
            case INT, DOUBLE, CURRENCY, PERCENT -> new BigDecimal(json.asText());
            case DATE -> LocalDate.parse(json.asText());
            case DATETIME -> Instant.parse(json.asText());
            default -> json.asText();
        };
    }
}

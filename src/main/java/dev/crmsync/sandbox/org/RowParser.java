package dev.crmsync.sandbox.org;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.org.ParsedRow.Parent;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a JSON row against the schema; an unknown column or a value of the wrong type makes the row malformed. */
public final class RowParser {
    private final Schema schema;

    public RowParser(Schema schema) {
        this.schema = schema;
    }

    /**
     * Reads one row.
     *
     * @throws ApiException with {@code INVALID_FIELD} or {@code JSON_PARSER_ERROR} when it is malformed
     */
    public ParsedRow parse(SObjectType type, JsonNode row) {
        if (!row.isObject()) {
            throw ApiException.of(
                    ErrorCode.JSON_PARSER_ERROR, "Cannot deserialize instance of SObject: a JSON object is expected");
        }
        Map<Field, Object> values = new LinkedHashMap<>();
        List<Parent> parents = new ArrayList<>();
        row.properties().forEach(member -> {
            String name = member.getKey();
            if (name.equals("attributes")) {
                return;
            }
            Optional<Field> field = type.field(name);
            if (field.isPresent()) {
                values.put(field.get(), ValueParser.parse(field.get(), member.getValue()));
            } else {
                parents.add(parent(type, name, member.getValue()));
            }
        });
        return new ParsedRow(type, values, parents);
    }

    private Parent parent(SObjectType type, String name, JsonNode json) {
        Field reference = type.relation(name)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.INVALID_FIELD, "No such column '" + name + "' on sobject of type " + type.name()));
        if (!json.isObject()) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD,
                    "The value provided for foreign key reference " + name + " is not a nested SObject");
        }
        SObjectType target = target(reference, json.path("attributes").path("type"));
        List<Map.Entry<String, JsonNode>> keys = new ArrayList<>();
        json.properties().forEach(member -> {
            if (!member.getKey().equals("attributes")) {
                keys.add(member);
            }
        });
        if (keys.size() != 1) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD,
                    "The foreign key reference " + name + " must name exactly one external id field, not "
                            + keys.size());
        }
        String keyName = keys.get(0).getKey();
        Field key = target.field(keyName)
                .filter(field -> field.key().usableForUpsert())
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.INVALID_FIELD,
                        "Field name provided, " + keyName + " is not an External ID or indexed field for "
                                + target.name()));
        Object value = ValueParser.parse(key, keys.get(0).getValue());
        if (value == null) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD, "The external foreign key reference does not allow empty " + keyName);
        }
        return new Parent(reference, target, key, value);
    }

    private SObjectType target(Field reference, JsonNode attributesType) {
        List<String> possible = reference.reference().orElseThrow().to();
        String name = attributesType.isTextual() ? attributesType.asText() : possible.get(0);
        return schema.type(name)
                .filter(type -> possible.contains(type.name()))
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.INVALID_TYPE,
                        "sObject type '" + name + "' is not supported for " + reference.name()));
    }
}

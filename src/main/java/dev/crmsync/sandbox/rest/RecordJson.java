package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.crmsync.sandbox.org.Compound;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Records as Salesforce shows them. */
final class RecordJson {
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    private final int version;

    /** For answers of that API version. */
    RecordJson(int version) {
        this.version = version;
    }

    /** An object with {@code attributes} only. */
    ObjectNode attributes(SObjectRecord record) {
        ObjectNode json = Json.object();
        json.putObject("attributes").put("type", record.type().name()).put("url", url(record));
        return json;
    }

    String url(SObjectRecord record) {
        return "/services/data/v" + version + ".0/sobjects/" + record.type().name() + "/" + record.id();
    }

    /** The record with the given fields. */
    ObjectNode record(SObjectRecord record, Iterable<Field> fields) {
        ObjectNode json = attributes(record);
        fields.forEach(field -> json.set(field.name(), value(record, field)));
        return json;
    }

    /** A field's value; compound fields are put together. */
    JsonNode value(SObjectRecord record, Field field) {
        if (field.type() == FieldType.ADDRESS) {
            return address(record, field);
        }
        return value(field.type(), Compound.value(record, field));
    }

    static String dateTime(Instant instant) {
        return DATE_TIME.format(instant);
    }

    private static JsonNode value(FieldType type, Object value) {
        if (value == null) {
            return type == FieldType.BOOLEAN ? BooleanNode.FALSE : NullNode.instance;
        }
        if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        if (value instanceof BigDecimal number) {
            return type == FieldType.INT ? IntNode.valueOf(number.intValue()) : decimal(number);
        }
        if (value instanceof Instant instant) {
            return TextNode.valueOf(dateTime(instant));
        }
        return TextNode.valueOf(value.toString());
    }

    /** Salesforce shows at least one digit behind the point. */
    private static JsonNode decimal(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return DecimalNode.valueOf(stripped.scale() < 1 ? stripped.setScale(1) : stripped);
    }

    private static JsonNode address(SObjectRecord record, Field address) {
        String prefix = address.name().substring(0, address.name().length() - "Address".length());
        ObjectNode json = Json.object();
        boolean any = false;
        for (String part : address.parts()) {
            Field field = record.type().field(part).orElseThrow();
            JsonNode value = value(field.type(), record.get(field));
            any |= !value.isNull();
            String name = part.substring(prefix.length());
            json.set(Character.toLowerCase(name.charAt(0)) + name.substring(1), value);
        }
        return any ? json : NullNode.instance;
    }
}

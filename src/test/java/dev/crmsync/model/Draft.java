package dev.crmsync.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An object of a webhook, and the fields of the record that it becomes, while both are made up. */
final class Draft {

    private static final double LEFT_OUT = 0.25;
    private static final double NULL = 0.1;

    private final Random random;
    private final int number;
    final ObjectNode object = JsonNodeFactory.instance.objectNode();
    final Map<String, String> fields = new TreeMap<>();
    final Map<String, String> placeholders = new TreeMap<>();

    Draft(Random random, int number) {
        this.random = random;
        this.number = number;
    }

    /** A text that tells which change made it. */
    String value(String prefix) {
        return prefix + "v" + number;
    }

    /** A text member that may be left out, or null. */
    void text(String member, String field, String value) {
        anything(member, field, TextNode.valueOf(value), value);
    }

    /** A member that may be left out, or null. */
    void anything(String member, String field, JsonNode value, String text) {
        if (isSent()) {
            if (random.nextDouble() < NULL) {
                object.putNull(member);
                fields.put(field, RecordChange.EMPTY);
            } else {
                object.set(member, value);
                fields.put(field, text);
            }
        }
    }

    /** A member for a checkbox, which may be left out, or null. */
    void flag(String member, String field) {
        boolean value = random.nextBoolean();
        anything(member, field, BooleanNode.valueOf(value), flag(value));
    }

    /** One that is always sent. */
    void always(String member, String field, String value) {
        object.put(member, value);
        fields.put(field, value);
    }

    boolean isSent() {
        return random.nextDouble() >= LEFT_OUT;
    }

    static String flag(boolean value) {
        return value ? "true" : RecordChange.EMPTY;
    }

    RecordChange change(String object, String keyField, String key, RecordChange.Kind kind) {
        return new RecordChange(object, keyField, key, kind, fields, placeholders);
    }
}

package dev.crmsync.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.deadletter.EventJson;
import java.util.Set;
import java.util.regex.Pattern;

/** Hides what may be personal in JSON: every text and number but those that only name, type, time or count. */
final class Masking {

    static final String HIDDEN = "•••";

    /** The members of an event's JSON that hold what a sender wrote. */
    private static final Set<String> BODIES = Set.of("payload", "originalPayload");

    /** The members of a record's JSON that only name its fields and order: the product wrote them, not a sender. */
    private static final Set<String> OWN = Set.of("leftOut", "newer", "newerBy", "ifAbsent");

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern VISIBLE_NAME =
            Pattern.compile("(?i)id|type|object|keyField|key|result|version|livemode"
                    + "|timestamp|state|status|phase|tenant|.*_(id|at|key__c|at__c)|.*(Id|At)");
    private static final Pattern VISIBLE_VALUE = Pattern.compile("[\\w.:+|-]{1,80}");

    private Masking() {}

    /** JSON text laid out in lines, masked unless revealed; null stays null. */
    static String pretty(String json, boolean revealed) {
        if (json == null) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(json);
            return (revealed ? tree : masked("", tree)).toPrettyString();
        } catch (JsonProcessingException e) {
            return revealed ? json : HIDDEN;
        }
    }

    /** An event's JSON with those members masked that hold what a sender wrote. */
    static ObjectNode bodies(ObjectNode event) {
        BODIES.forEach(name -> event.replace(name, masked(name, event.path(name))));
        event.replace("sent", records(event.path("sent")));
        return event;
    }

    /** Records that were or would be sent, a JSON array as text, masked unless revealed. */
    static JsonNode records(String json, boolean revealed) {
        JsonNode records = EventJson.tree(json);
        return revealed ? records : records(records);
    }

    private static JsonNode records(JsonNode records) {
        JsonNode masked = masked("", records);
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof ObjectNode record && masked.get(i) instanceof ObjectNode copy) {
                OWN.stream().filter(record::has).forEach(name -> copy.set(name, record.get(name)));
            }
        }
        return masked;
    }

    private static JsonNode masked(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode masked = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member -> masked.set(member.getKey(), masked(member.getKey(), member.getValue())));
            return masked;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode masked = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> masked.add(masked(name, element)));
            return masked;
        }
        boolean isVisible = node.isNull()
                || node.isMissingNode()
                || node.isBoolean()
                || VISIBLE_NAME.matcher(name).matches()
                        && VISIBLE_VALUE.matcher(node.asText()).matches();
        return isVisible ? node : JsonNodeFactory.instance.textNode(HIDDEN);
    }
}

package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Marks a value that only fills in what a new record needs, such as the last name of a Contact: whatever any event says of the
 * field beats it, in any order.
 */
final class Placeholder {

    private static final String MARK = "\u0000placeholder";

    private Placeholder() {}

    static ObjectNode of(JsonNode value) {
        return JsonNodeFactory.instance.objectNode().set(MARK, value);
    }

    /** Puts the plain values in place of the marked ones. @return the names of their fields */
    static Set<String> takeFrom(ObjectNode fields) {
        Set<String> marked = new TreeSet<>();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            JsonNode value = field.getValue().get(MARK);
            if (value != null) {
                marked.add(field.getKey());
                field.setValue(value);
            }
        }
        return marked;
    }
}

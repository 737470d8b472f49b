package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;

/**
 * The mark that a mapping puts where the source did not send a value, as opposed to sending null: the field is left as
 * it is in Salesforce. It is a text that JSON from outside cannot hold by accident and PostgreSQL would refuse.
 */
final class Absent {

    static final JsonNode MARK = TextNode.valueOf("\u0000absent");

    private Absent() {}

    /** A copy without the absent members, nested objects included; an object left empty by that is absent itself. */
    static ObjectNode removeFrom(ObjectNode record) {
        ObjectNode cleaned = record.deepCopy();
        prune(cleaned);
        return cleaned;
    }

    private static void prune(ObjectNode object) {
        for (Iterator<JsonNode> members = object.elements(); members.hasNext(); ) {
            JsonNode member = members.next();
            if (MARK.equals(member)) {
                members.remove();
            } else if (member instanceof ObjectNode nested && !nested.isEmpty()) {
                prune(nested);
                if (nested.isEmpty()) {
                    members.remove();
                }
            }
        }
    }
}

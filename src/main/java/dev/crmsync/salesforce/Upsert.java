package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.record.RecordKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One record-level change.
 *
 * @param object the API name, such as {@code Contact}
 * @param keyField the external id field, such as {@code Plain_Customer_Key__c}
 * @param key its value, which names the record
 * @param fields what to write, the key field left out; an explicit null clears a field
 * @param placeholders those of the fields that only fill in what a new record needs, see {@link Placeholder}
 * @param onlyExisting true to change nothing when no record has that key
 */
public record Upsert(
        String object, String keyField, String key, ObjectNode fields, Set<String> placeholders, boolean onlyExisting) {

    /** Longest key that our external id fields hold, in characters. */
    public static final int MAX_KEY_LENGTH = 128;

    private static final String ATTRIBUTES = "attributes";

    public Upsert {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("The record for " + object + " has no " + keyField
                    + ": let the mapping set it to <tenant>:<source id>");
        }
        if (key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("The key in " + object + "." + keyField + " has " + key.length()
                    + " characters, at most " + MAX_KEY_LENGTH + " fit: shorten it in the mapping");
        }
    }

    /** A change without placeholders. */
    public Upsert(String object, String keyField, String key, ObjectNode fields, boolean onlyExisting) {
        this(object, keyField, key, fields, Set.of(), onlyExisting);
    }

    /** Its record's name. */
    RecordKey recordKey() {
        return new RecordKey(object, keyField, key);
    }

    Set<String> fieldNames() {
        Set<String> names = new LinkedHashSet<>();
        fields.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The relations to other records: by the name of the relation, the external id of what it leads to. */
    Map<String, ExternalKey> relations() {
        Map<String, ExternalKey> found = new LinkedHashMap<>();
        fields.properties().forEach(member -> {
            if (member.getValue() instanceof ObjectNode parent
                    && !member.getKey().equals(ATTRIBUTES)) {
                parent.properties().stream()
                        .filter(key -> key.getValue().isTextual())
                        .findFirst()
                        .ifPresent(key -> found.put(
                                member.getKey(),
                                new ExternalKey(key.getKey(), key.getValue().textValue())));
            }
        });
        return found;
    }

    /** The same without some of its relations. */
    Upsert without(Set<String> relations) {
        return new Upsert(object, keyField, key, fields.deepCopy().without(relations), placeholders, onlyExisting);
    }

    /**
     * Reads the upsert out of a mapping's result: an object that holds the key field beside the fields to write.
     *
     * @throws IllegalArgumentException when it is no object
     * @throws RefusedValueException when its key, or that of a record it relates to, lacks its tenant or its id
     */
    static Upsert of(String object, String keyField, JsonNode record, boolean onlyExisting)
            throws RefusedValueException {
        if (!(record instanceof ObjectNode mapped)) {
            throw new IllegalArgumentException("The mapping for " + object + " must yield one JSON object, was: "
                    + (record == null ? "nothing" : record.getNodeType()));
        }
        ObjectNode fields = Absent.removeFrom(mapped);
        Set<String> placeholders = Placeholder.takeFrom(fields);
        JsonNode key = fields.remove(keyField);
        refuseUnlessKey(object + "." + keyField, key);
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (field.getValue() instanceof ObjectNode relation
                    && !field.getKey().equals(ATTRIBUTES)) {
                refuseUnlessKeys(object + "." + field.getKey(), relation);
            }
        }
        return new Upsert(object, keyField, key.textValue(), fields, placeholders, onlyExisting);
    }

    private static void refuseUnlessKeys(String place, ObjectNode relation) throws RefusedValueException {
        if (relation.isEmpty()) {
            throw new RefusedValueException(RefusedValueException.INCOMPLETE_KEY, place, "is an object without a key");
        }
        for (Map.Entry<String, JsonNode> key : relation.properties()) {
            if (!key.getKey().equals(ATTRIBUTES)) {
                refuseUnlessKey(place + "." + key.getKey(), key.getValue());
            }
        }
    }

    private static void refuseUnlessKey(String place, JsonNode key) throws RefusedValueException {
        Optional<String> fault = SourceKey.fault(key);
        if (fault.isPresent()) {
            throw new RefusedValueException(RefusedValueException.INCOMPLETE_KEY, place, fault.get());
        }
    }
}

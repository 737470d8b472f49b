package dev.crmsync.model;

import java.util.Map;

/**
 * What a change says of one record in Salesforce.
 *
 * @param object the API name, such as {@code Contact}
 * @param keyField the external id field
 * @param key its value
 * @param fields the values as texts; {@link #EMPTY} for a field that is cleared, and for a checkbox that is not ticked
 * @param placeholders values only for a record that nobody has given one yet
 */
public record RecordChange(
        String object,
        String keyField,
        String key,
        Kind kind,
        Map<String, String> fields,
        Map<String, String> placeholders) {

    public static final String EMPTY = "";

    /** A value that the webhook does not determine, such as the time of its receipt. */
    public static final String ANY = "*";

    /** What it does to the record as a whole. */
    public enum Kind {
        STATE,
        CREATION,
        DELETION
    }

    public RecordChange {
        fields = Map.copyOf(fields);
        placeholders = Map.copyOf(placeholders);
    }

    /** Names the record. */
    public String record() {
        return object + " " + keyField + " " + key;
    }
}

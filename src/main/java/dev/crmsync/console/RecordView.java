package dev.crmsync.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One record that an event has sent, or would send, field by field.
 *
 * @param object the API name, such as {@code Contact}
 * @param keyField the external id field
 * @param key its value
 * @param result what Salesforce made of it, such as {@code created}; null without an answer
 */
public record RecordView(String object, String keyField, String key, String result, List<Field> fields) {

    /**
     * One field.
     *
     * @param value as JSON, but for texts; null where it is not known
     * @param remark what of it is not written, or when; null where it is written as it stands
     * @param newer the inbox number of the newer event, for a link; null where it is not known
     */
    public record Field(String name, String value, String remark, Long newer) {}

    /** @param records a JSON array as a preview or an event's history holds it, or null */
    static List<RecordView> of(String records, boolean revealed) {
        return of(Masking.records(records, revealed));
    }

    /** @param records a JSON array as the API gives it */
    public static List<RecordView> of(JsonNode records) {
        List<RecordView> views = new ArrayList<>();
        for (JsonNode record : records) {
            views.add(new RecordView(
                    record.path("object").asText(),
                    record.path("keyField").asText(),
                    record.path("key").asText(),
                    record.path("result").asText(null),
                    fields(record)));
        }
        return views;
    }

    private static List<Field> fields(JsonNode record) {
        Set<String> newer = names(record.path("newer"));
        Set<String> ifAbsent = names(record.path("ifAbsent"));
        Set<String> leftOut = names(record.path("leftOut"));
        List<Field> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : record.path("fields").properties()) {
            String name = field.getKey();
            String value = field.getValue().isTextual()
                    ? field.getValue().textValue()
                    : field.getValue().toString();
            if (newer.remove(name)) {
                fields.add(newer(name, value, record));
            } else if (leftOut.contains(name)) {
                fields.add(new Field(name, value, "not made: the related record was not there", null));
            } else {
                boolean isCleared = field.getValue().isNull();
                String remark = ifAbsent.contains(name) ? "only for a new record" : isCleared ? "cleared" : null;
                fields.add(new Field(name, value, remark, null));
            }
        }
        newer.forEach(name -> fields.add(newer(name, null, record)));
        return fields;
    }

    private static Field newer(String name, String value, JsonNode record) {
        JsonNode by = record.path("newerBy").path(name);
        String order = by.path("order").asText("");
        String since = by.isMissingNode() || order.equals("none") ? "" : ", since " + order;
        return new Field(
                name,
                value,
                "newer already" + since,
                by.has("event") ? by.path("event").longValue() : null);
    }

    private static Set<String> names(JsonNode array) {
        Set<String> names = new TreeSet<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }
}

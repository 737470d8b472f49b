package dev.crmsync.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/** Filters and chosen events as a job's row holds them. */
final class StoredFilter {

    private static final JsonMapper JSON = new JsonMapper();

    private StoredFilter() {}

    static String toJson(EventFilter filter) {
        return write(filter.toMap());
    }

    static String toJson(List<Long> ids) {
        return write(ids);
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can always be written", e);
        }
    }

    static EventFilter filter(String json) {
        return EventFilter.of(read(json, new TypeReference<Map<String, String>>() {}));
    }

    static List<Long> ids(String json) {
        return json == null ? List.of() : read(json, new TypeReference<List<Long>>() {});
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored filter cannot be read: " + json, e);
        }
    }
}

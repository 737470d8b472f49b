package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The writes that a sandbox has committed, in their order. */
final class Journal {

    private static final Pattern NUMBER = Pattern.compile("v([0-9]+)");

    private Journal() {}

    /**
     * The fields that went back to what an older change had said of them, in words, by record. A deletion begins anew: what
     * it ended may be said again when a creation is known.
     *
     * @param writes what {@code GET /sandbox/journal} answers
     */
    static Map<String, List<String>> setBacks(JsonNode writes) {
        Map<String, Map<String, String>> reached = new HashMap<>();
        Map<String, List<String>> setBacks = new HashMap<>();
        for (JsonNode write : writes) {
            String record = record(write);
            JsonNode fields = write.path("fields");
            Map<String, String> before = reached.computeIfAbsent(record, any -> new HashMap<>());
            if (fields.path("Emporix_Deleted__c").asBoolean()
                    || fields.path("Plain_Deleted__c").asBoolean()) {
                before.clear();
            }
            fields.properties().forEach(field -> {
                String now = place(field.getValue().asText());
                String earlier = now == null ? null : before.put(field.getKey(), now);
                if (earlier != null && now.compareTo(earlier) < 0) {
                    setBacks.computeIfAbsent(record, any -> new ArrayList<>())
                            .add("%s from %s to %s in call %s"
                                    .formatted(field.getKey(), earlier, now, write.path("call")));
                }
            });
        }
        return setBacks;
    }

    /** The writes of one record, for people. */
    static String ofRecord(JsonNode writes, String record) {
        StringBuilder lines = new StringBuilder();
        writes.forEach(write -> {
            if (record(write).equals(record)) {
                lines.append("\n  call %s at %s: %s"
                        .formatted(write.path("call"), write.path("time").asText(), write.path("fields")));
            }
        });
        return lines.toString();
    }

    private static String record(JsonNode write) {
        return write.path("object").asText() + " " + write.path("keyField").asText() + " "
                + write.path("key").asText();
    }

    /** A text that sorts as the changes do; null for a value that does not tell its change. */
    private static String place(String value) {
        Matcher number = NUMBER.matcher(value);
        return number.find() ? "%04d".formatted(Integer.parseInt(number.group(1))) : null;
    }
}

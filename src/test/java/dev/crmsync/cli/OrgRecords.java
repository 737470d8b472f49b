package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.model.RecordChange;
import java.util.HashMap;
import java.util.Map;

/** The sandbox's records in the words of {@link RecordChange}: each by every external id that it has. */
final class OrgRecords {

    private static final String KEY = "_Key__c";

    private OrgRecords() {}

    /** @param state what {@code GET /sandbox/state} answers */
    static Map<String, Map<String, String>> of(JsonNode state) {
        Map<String, String> accounts = new HashMap<>();
        state.path("Account")
                .forEach(account -> account.properties().stream()
                        .filter(field -> field.getKey().endsWith(KEY))
                        .forEach(key -> accounts.put(
                                account.path("Id").asText(), key.getValue().asText())));
        Map<String, Map<String, String>> records = new HashMap<>();
        state.properties()
                .forEach(object -> object.getValue().forEach(record -> {
                    Map<String, String> fields = fields(record, accounts);
                    fields.forEach((name, value) -> {
                        if (name.endsWith(KEY)) {
                            records.put(object.getKey() + " " + name + " " + value, fields);
                        }
                    });
                }));
        return records;
    }

    private static Map<String, String> fields(JsonNode record, Map<String, String> accounts) {
        Map<String, String> fields = new HashMap<>();
        record.properties().forEach(field -> {
            String text = text(field.getValue());
            switch (field.getKey()) {
                case "AccountId" -> fields.put("Account", accounts.getOrDefault(text, text));
                case "Account__c" -> fields.put("Account__c", accounts.getOrDefault(text, text));
                default -> fields.put(field.getKey(), text);
            }
        });
        return fields;
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isBoolean() && !value.asBoolean()) {
            return RecordChange.EMPTY;
        }
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asText();
    }
}

package dev.crmsync.sandbox.org;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.Settings.DuplicateRule;
import dev.crmsync.sandbox.schema.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A duplicate rule: two Contacts with the same e-mail address are taken for the same person. */
final class ContactDuplicates {
    private final Org org;

    ContactDuplicates(Org org) {
        this.org = org;
    }

    /** Refuses a Contact whose written e-mail address another one has, if the rule is switched on. */
    void check(SObjectRecord contact, Set<String> written, WriteOptions options) {
        DuplicateRule rule = org.settings().duplicateRule();
        if (rule == DuplicateRule.OFF
                || !contact.type().name().equals("Contact")
                || !written.contains("Email")
                || rule == DuplicateRule.ALERT && options.allowDuplicates()) {
            return;
        }
        Field email = contact.type().field("Email").orElseThrow();
        List<String> others = org.table(contact.type()).find(email, contact.get(email)).stream()
                .filter(id -> !id.equals(contact.id()))
                .toList();
        if (!others.isEmpty()) {
            throw new ApiException(
                    ErrorCode.DUPLICATES_DETECTED.status(),
                    new ApiError(
                            ErrorCode.DUPLICATES_DETECTED.name(),
                            ErrorCode.DUPLICATES_DETECTED.text(),
                            List.of(),
                            Map.of("duplicateResult", result(others, rule == DuplicateRule.ALERT))));
        }
    }

    private static ObjectNode result(List<String> others, boolean allowSave) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("allowSave", allowSave)
                .put("duplicateRule", "Contact_Email")
                .put("duplicateRuleEntityType", "Contact")
                .put("errorMessage", ErrorCode.DUPLICATES_DETECTED.text());
        ObjectNode match = result.putArray("matchResults").addObject();
        match.put("entityType", "Contact")
                .put("matchEngine", "ExactMatchEngine")
                .put("rule", "Contact_Email");
        match.put("size", others.size()).put("success", true).putArray("errors");
        ArrayNode records = match.putArray("matchRecords");
        for (String id : others) {
            ObjectNode found = records.addObject();
            found.put("matchConfidence", 100.0).putArray("additionalInformation");
            found.putArray("fieldDiffs");
            ObjectNode record = found.putObject("record");
            record.putObject("attributes")
                    .put("type", "Contact")
                    .put("url", "/services/data/v62.0/sobjects/Contact/" + id);
            record.put("Id", id);
        }
        return result;
    }
}

package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a whole record must satisfy to be saved. */
final class SaveRules {
    private final Org org;
    private final ContactDuplicates duplicates;

    SaveRules(Org org) {
        this.org = org;
        this.duplicates = new ContactDuplicates(org);
    }

    /** Refuses a new record that lacks a required value. */
    void required(SObjectType type, Map<String, Object> written) {
        List<String> missing = new ArrayList<>();
        for (Field field : type.fields()) {
            if (field.access().required() && written.get(field.name()) == null) {
                missing.add(field.name());
            }
        }
        refuseMissing(missing);
    }

    /** Refuses a change that clears a required value. */
    void notCleared(SObjectType type, Map<String, Object> written) {
        List<String> cleared = new ArrayList<>();
        written.forEach((name, value) -> {
            if (value == null && type.field(name).orElseThrow().access().required()) {
                cleared.add(name);
            }
        });
        refuseMissing(cleared);
    }

    /**
     * Refuses a version that breaks a rule.
     *
     * @param before the version it replaces; null for a new record
     * @param written names of the fields that the client wrote
     */
    void check(SObjectRecord after, SObjectRecord before, Set<String> written, WriteOptions options) {
        org.validationRules().check(after, before, org.customPermissions(options.caller()));
        duplicates.check(after, written, options);
        unique(after, written);
    }

    private void unique(SObjectRecord after, Set<String> written) {
        Table table = org.table(after.type());
        for (String name : written) {
            Field field = after.type().field(name).orElseThrow();
            if (!field.key().unique()) {
                continue;
            }
            for (String id : table.find(field, after.get(field))) {
                if (!id.equals(after.id())) {
                    throw ApiException.of(
                            ErrorCode.DUPLICATE_VALUE,
                            "duplicate value found: " + name + " duplicates value on record with id: " + id);
                }
            }
        }
    }

    private static void refuseMissing(List<String> fields) {
        if (!fields.isEmpty()) {
            throw ApiException.of(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    "Required fields are missing: " + fields,
                    fields.toArray(String[]::new));
        }
    }
}

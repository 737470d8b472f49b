package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.org.Write.Operation;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deletes a record: children that cascade go with it, references of others to it are cleared. */
final class Deletion {
    private final Org org;
    private final Transaction transaction;
    private final WriteOptions options;

    Deletion(Org org, Transaction transaction, WriteOptions options) {
        this.org = org;
        this.transaction = transaction;
        this.options = options;
    }

    void delete(SObjectRecord record) {
        put(record, Map.of("IsDeleted", true), Operation.DELETE, Map.of());
        for (SObjectType type : org.deployed().types()) {
            for (Field field : type.fields()) {
                if (field.reference()
                        .filter(r -> r.to().contains(record.type().name()))
                        .isPresent()) {
                    children(type, field, record.id()).forEach(child -> release(child, field));
                }
            }
        }
    }

    private List<SObjectRecord> children(SObjectType type, Field field, String parentId) {
        return org.table(type).all().stream()
                .filter(child -> !child.deleted() && parentId.equals(child.get(field)))
                .toList();
    }

    private void release(SObjectRecord child, Field field) {
        if (field.reference().orElseThrow().cascadeDelete()) {
            delete(child);
        } else {
            Map<String, Object> cleared = new HashMap<>();
            cleared.put(field.name(), null);
            put(child, cleared, Operation.UPDATE, cleared);
        }
    }

    private void put(
            SObjectRecord before, Map<String, Object> values, Operation operation, Map<String, Object> written) {
        Object now = org.now().truncatedTo(ChronoUnit.SECONDS);
        SObjectRecord after = before.with(values, Map.of("LastModifiedDate", now, "SystemModstamp", now));
        transaction.put(
                org.table(before.type()),
                before,
                after,
                new WriteDraft(options, after, operation, null, null, written));
    }
}

package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.org.Write.Operation;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes single rows under all the rules of the org. A row that breaks one is refused with an {@link ApiException} and
 * leaves no trace in the transaction.
 */
public final class RowWriter {
    private final Org org;
    private final References references;
    private final SaveRules rules;

    public RowWriter(Org org) {
        this.org = org;
        this.references = new References(org);
        this.rules = new SaveRules(org);
    }

    /** The field and value that an upsert finds its record by; the value is null when the row has none. */
    public record Key(Field field, Object value) {}

    /** Inserts a record. */
    public SaveResult create(Transaction transaction, ParsedRow row, WriteOptions options) {
        return create(transaction, row, null, options);
    }

    /** Changes the record with that 18-character id. */
    public SaveResult update(Transaction transaction, ParsedRow row, String id, WriteOptions options) {
        return update(transaction, row, id, null, options);
    }

    /** Changes the record with that key, or inserts one when there is none; the row holds the key too. */
    public SaveResult upsert(Transaction transaction, ParsedRow row, Key key, WriteOptions options) {
        if (key.field().name().equals("Id")) {
            return key.value() == null
                    ? create(transaction, row, null, options)
                    : update(transaction, row, String.valueOf(key.value()), null, options);
        }
        if (key.value() == null) {
            throw ApiException.of(
                    ErrorCode.MISSING_ARGUMENT,
                    key.field().name() + " not specified",
                    key.field().name());
        }
        List<String> ids = find(row.type(), key);
        if (ids.size() > 1) {
            throw ApiException.of(
                    ErrorCode.DUPLICATE_EXTERNAL_ID,
                    key.field().name() + ": more than one record found for external id field: " + ids,
                    key.field().name());
        }
        if (ids.isEmpty() && options.updateOnly()) {
            throw ApiException.of(ErrorCode.NOT_FOUND);
        }
        return ids.isEmpty()
                ? create(transaction, row, key, options)
                : update(transaction, row, ids.get(0), key, options);
    }

    /** Ids of the live records with that key. */
    public List<String> find(SObjectType type, Key key) {
        if (key.field().name().equals("Id")) {
            return Optional.ofNullable(key.value())
                    .flatMap(id -> SalesforceId.canonical(id.toString()))
                    .flatMap(org::record)
                    .filter(record -> !record.deleted())
                    .map(record -> List.of(record.id()))
                    .orElse(List.of());
        }
        return org.table(type).find(key.field(), key.value());
    }

    /** Moves a record, and what hangs on it, to the recycle bin. */
    public SaveResult delete(Transaction transaction, String id, WriteOptions options) {
        SObjectRecord present = live(id);
        fail(options, present.type(), id);
        writable(present.type());
        org.lockRows(transaction, () -> List.of(present.id()));
        new Deletion(org, transaction, options).delete(live(id));
        return SaveResult.saved(present.id(), false);
    }

    private SaveResult create(Transaction transaction, ParsedRow given, Key key, WriteOptions options) {
        SObjectType type = given.type();
        fail(options, type, key == null ? "" : String.valueOf(key.value()));
        writable(type);
        Map<String, Object> written = values(given, null, true);
        rules.required(type, written);
        org.lockRows(transaction, () -> locks(type, written, null));
        Table table = org.table(type);
        String id = table.newId();
        SObjectRecord record = SObjectRecord.of(type, id, stamped(table, id, written, options.caller()));
        rules.check(record, null, written.keySet(), options);
        transaction.put(table, null, record, draft(options, record, Operation.CREATE, key, written));
        return SaveResult.saved(id, true);
    }

    private SaveResult update(Transaction transaction, ParsedRow given, String id, Key key, WriteOptions options) {
        SObjectRecord present = live(id);
        fail(options, given.type(), key == null ? id : String.valueOf(key.value()));
        writable(given.type());
        Map<String, Object> written = values(given, key, false);
        rules.notCleared(given.type(), written);
        org.lockRows(transaction, () -> locks(given.type(), written, present));
        SObjectRecord before = live(id);
        Object now = now();
        SObjectRecord after = before.with(
                written,
                Map.of(
                        "LastModifiedDate", now,
                        "SystemModstamp", now,
                        "LastModifiedById", options.caller().userId()));
        rules.check(after, before, written.keySet(), options);
        transaction.put(org.table(given.type()), before, after, draft(options, after, Operation.UPDATE, key, written));
        return SaveResult.saved(before.id(), false);
    }

    private WriteDraft draft(
            WriteOptions options, SObjectRecord record, Operation operation, Key key, Map<String, Object> written) {
        return new WriteDraft(
                options,
                record,
                operation,
                key == null ? null : key.field().name(),
                key == null ? null : String.valueOf(key.value()),
                written);
    }

    /** What is to be stored, by field name. An update leaves out the id and the key that its record was found by. */
    private Map<String, Object> values(ParsedRow given, Key key, boolean create) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        references.resolve(given).values().forEach((field, value) -> {
            boolean readOnly =
                    org.settings().readOnlyFields().contains(given.type().name() + "." + field.name());
            boolean known = field.name().equals("Id") || key != null && field == key.field();
            boolean writable = create
                    ? field.access().createable()
                    : known || field.access().updateable();
            if (readOnly || !writable) {
                refused.add(field.name());
            } else if (create || !known) {
                FieldRules.check(field, value);
                values.put(field.name(), stored(field, value));
            }
        });
        if (!refused.isEmpty()) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD_FOR_INSERT_UPDATE,
                    "Unable to create/update fields: " + String.join(", ", refused)
                            + ". Please check the security settings of this field and verify that it is read/write"
                            + " for your profile or permission set.",
                    refused.toArray(String[]::new));
        }
        return values;
    }

    private Object stored(Field field, Object value) {
        return value != null && field.reference().isPresent() ? references.check(field, (String) value) : value;
    }

    private Map<String, Object> stamped(Table table, String id, Map<String, Object> written, Caller caller) {
        Map<String, Object> all = new HashMap<>();
        for (Field field : table.type().fields()) {
            field.defaultValue().ifPresent(value -> all.put(field.name(), value));
        }
        Object now = now();
        all.put("CreatedDate", now);
        all.put("LastModifiedDate", now);
        all.put("SystemModstamp", now);
        all.put("CreatedById", caller.userId());
        all.put("LastModifiedById", caller.userId());
        all.put("OwnerId", caller.userId());
        if (table.type().custom()) {
            all.put("Name", customName(table, id));
        }
        written.forEach((name, value) -> {
            if (value != null) {
                all.put(name, value);
            }
        });
        return all;
    }

    /** A custom record without a name is named by its number, or else by its id. */
    private static String customName(Table table, String id) {
        return table.type()
                .autoNumberFormat()
                .map(format -> AutoNumber.format(format, table.nextAutoNumber()))
                .orElse(id.substring(0, 15));
    }

    private Object now() {
        return org.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private SObjectRecord live(String id) {
        SObjectRecord record = SalesforceId.canonical(id)
                .flatMap(org::record)
                .orElseThrow(
                        () -> ApiException.of(ErrorCode.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id"));
        if (record.deleted()) {
            throw ApiException.of(ErrorCode.ENTITY_IS_DELETED);
        }
        return record;
    }

    private static List<String> locks(SObjectType type, Map<String, Object> written, SObjectRecord before) {
        List<String> rows = new ArrayList<>();
        if (before != null) {
            rows.add(before.id());
        }
        for (Field field : type.fields()) {
            Object value =
                    written.containsKey(field.name()) || before == null ? written.get(field.name()) : before.get(field);
            if (value == null) {
                continue;
            }
            if (field.reference().isPresent()
                    && !field.name().equals("OwnerId")
                    && field.access().updateable()) {
                rows.add((String) value);
            } else if (field.key().unique()) {
                rows.add(type.name() + "." + field.name() + "=" + value);
            }
        }
        return rows;
    }

    private static void fail(WriteOptions options, SObjectType type, String key) {
        options.rowFaults().next(type.name(), key).ifPresent(error -> {
            throw error;
        });
    }

    private static void writable(SObjectType type) {
        if (type.readOnly()) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_ACCESS_OR_READONLY,
                    "entity type " + type.name() + " cannot be written by this user");
        }
    }
}

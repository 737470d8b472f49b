package dev.crmsync.sandbox.rest;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.ParsedRow;
import dev.crmsync.sandbox.org.RowWriter;
import dev.crmsync.sandbox.org.RowWriter.Key;
import dev.crmsync.sandbox.org.SaveResult;
import dev.crmsync.sandbox.org.Transaction;
import dev.crmsync.sandbox.org.WriteOptions;
import dev.crmsync.sandbox.schema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a batch does with each of its rows.
 *
 * @param wouldCreate whether a row that fails would have made a new record
 */
record BatchPlan(Predicate<ParsedRow> wouldCreate, RowWrite write) {

    /** Writes one row. */
    @FunctionalInterface
    interface RowWrite {
        SaveResult write(Transaction transaction, ParsedRow row);
    }

    static BatchPlan create(RowWriter writer, WriteOptions options) {
        return new BatchPlan(row -> true, (transaction, row) -> writer.create(transaction, row, options));
    }

    static BatchPlan update(RowWriter writer, WriteOptions options) {
        return new BatchPlan(row -> false, (transaction, row) -> writer.update(transaction, row, id(row), options));
    }

    static BatchPlan delete(RowWriter writer, WriteOptions options) {
        return new BatchPlan(row -> false, (transaction, row) -> writer.delete(transaction, id(row), options));
    }

    /** Upserts by that field; rows of the batch that share a value all fail, for there is no telling which is right. */
    static BatchPlan upsert(RowWriter writer, WriteOptions options, Field key, List<BatchRow> batch) {
        Map<Object, Integer> uses = uses(batch, key);
        return new BatchPlan(
                row -> writer.find(row.type(), new Key(key, row.values().get(key)))
                        .isEmpty(),
                (transaction, row) -> {
                    Object value = row.values().get(key);
                    if (uses.getOrDefault(comparable(key, value), 0) > 1) {
                        throw ApiException.of(
                                ErrorCode.DUPLICATE_VALUE, "Duplicate external id specified: " + value, key.name());
                    }
                    return writer.upsert(transaction, row, new Key(key, value), options);
                });
    }

    /** Writes one row; a refusal is a result. */
    SaveResult save(Transaction transaction, BatchRow row) {
        if (row.refusal() != null) {
            return SaveResult.failed(row.refusal().error(), false);
        }
        try {
            return write.write(transaction, row.parsed());
        } catch (ApiException refused) {
            return SaveResult.failed(refused.error(), wouldCreate.test(row.parsed()));
        }
    }

    private static String id(ParsedRow row) {
        Object id = row.values().get(row.type().field("Id").orElseThrow());
        if (id == null) {
            throw ApiException.of(ErrorCode.MISSING_ARGUMENT, "Id not specified in an update call", "Id");
        }
        return (String) id;
    }

    private static Map<Object, Integer> uses(List<BatchRow> batch, Field key) {
        Map<Object, Integer> uses = new HashMap<>();
        for (BatchRow row : batch) {
            Object value = row.parsed() == null ? null : row.parsed().values().get(key);
            if (value != null) {
                uses.merge(comparable(key, value), 1, Integer::sum);
            }
        }
        return uses;
    }

    private static Object comparable(Field key, Object value) {
        return value instanceof String text && !key.key().caseSensitive() ? text.toLowerCase(Locale.ROOT) : value;
    }
}

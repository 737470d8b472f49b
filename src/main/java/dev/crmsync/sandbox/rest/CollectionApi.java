package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.ApiError;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.ParsedRow;
import dev.crmsync.sandbox.org.RowParser;
import dev.crmsync.sandbox.org.RowWriter;
import dev.crmsync.sandbox.org.RowWriter.Key;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.SalesforceId;
import dev.crmsync.sandbox.org.SaveResult;
import dev.crmsync.sandbox.org.Settings.MalformedRows;
import dev.crmsync.sandbox.org.Transaction;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Up to 200 rows in one request, each with a result of its own. */
final class CollectionApi {
    private static final int MOST_ROWS = 200;
    private static final int MOST_IDS_TO_RETRIEVE = 2_000;

    private final Org org;
    private final RowWriter writer;

    CollectionApi(Org org, RowWriter writer) {
        this.org = org;
        this.writer = writer;
    }

    /** One row of the request; {@code refusal} tells why it is malformed. */
    private record Row(ParsedRow parsed, ApiException refusal) {}

    /** Writes one row. */
    @FunctionalInterface
    private interface RowWrite {
        SaveResult write(Transaction transaction, ParsedRow row);
    }

    ApiResponse upsert(Call call) {
        SObjectType type = Types.of(org.schema(), call.segment(2));
        Field key = ExternalIds.field(type, call.segment(3));
        JsonNode body = call.request().json();
        List<Row> rows = parse(records(body), type);
        Map<Object, Integer> uses = uses(rows, key);
        return save(call, rows, allOrNone(body), true, true, (transaction, row) -> {
            Object value = row.values().get(key);
            if (uses.getOrDefault(caseless(key, value), 0) > 1) {
                throw ApiException.of(
                        ErrorCode.DUPLICATE_VALUE, "Duplicate external id specified: " + value, key.name());
            }
            Key given = new Key(key, value);
            return writer.upsert(transaction, row.without(key), given, call.options());
        });
    }

    ApiResponse create(Call call) {
        JsonNode body = call.request().json();
        return save(
                call,
                parse(records(body), null),
                allOrNone(body),
                false,
                true,
                (transaction, row) -> writer.create(transaction, row, call.options()));
    }

    ApiResponse update(Call call) {
        JsonNode body = call.request().json();
        return save(call, parse(records(body), null), allOrNone(body), false, false, (transaction, row) -> {
            Field idField = row.type().field("Id").orElseThrow();
            Object id = row.values().get(idField);
            if (id == null) {
                throw ApiException.of(ErrorCode.MISSING_ARGUMENT, "Id not specified in an update call", "Id");
            }
            return writer.update(transaction, row.without(idField), (String) id, call.options());
        });
    }

    ApiResponse delete(Call call) {
        List<String> ids = ids(call.request().parameter("ids"), MOST_ROWS);
        boolean allOrNone = call.request().parameter("allOrNone").equals("true");
        return call.write(org, transaction -> {
            int start = transaction.savepoint();
            List<SaveResult> results = new ArrayList<>();
            for (String id : ids) {
                try {
                    results.add(writer.delete(transaction, id, call.options()));
                } catch (ApiException refused) {
                    results.add(SaveResult.failed(refused.error(), false));
                }
            }
            return answer(rolledBack(results, allOrNone, transaction, start), false);
        });
    }

    ApiResponse retrieve(Call call) {
        SObjectType type = Types.of(org.schema(), call.segment(2));
        List<String> ids;
        List<String> names;
        if (call.request().method().equals("POST")) {
            ids = texts(call.request().json().path("ids"));
            names = texts(call.request().json().path("fields"));
        } else {
            ids = ids(call.request().parameter("ids"), MOST_IDS_TO_RETRIEVE);
            names = ids(call.request().parameter("fields"), MOST_IDS_TO_RETRIEVE);
        }
        if (ids.size() > MOST_IDS_TO_RETRIEVE) {
            throw tooMany(ids.size(), MOST_IDS_TO_RETRIEVE);
        }
        List<Field> fields =
                names.stream().map(name -> ExternalIds.column(type, name)).toList();
        return org.read(() -> {
            RecordJson json = new RecordJson(call.version());
            ArrayNode records = Json.array();
            for (String id : ids) {
                SObjectRecord record = SalesforceId.canonical(id)
                        .flatMap(canonical -> org.table(type).get(canonical))
                        .filter(found -> !found.deleted())
                        .orElse(null);
                records.add(record == null ? null : json.record(record, fields));
            }
            return ApiResponse.json(200, records);
        });
    }

    private ApiResponse save(
            Call call, List<Row> rows, boolean allOrNone, boolean upsert, boolean creates, RowWrite write) {
        return call.write(org, transaction -> {
            int start = transaction.savepoint();
            List<SaveResult> results = new ArrayList<>(rows.size());
            for (Row row : rows) {
                results.add(save(transaction, row, creates, write));
            }
            return answer(rolledBack(results, allOrNone, transaction, start), upsert);
        });
    }

    private static SaveResult save(Transaction transaction, Row row, boolean creates, RowWrite write) {
        if (row.refusal() != null) {
            return SaveResult.failed(row.refusal().error(), creates);
        }
        try {
            return write.write(transaction, row.parsed());
        } catch (ApiException refused) {
            return SaveResult.failed(refused.error(), creates);
        }
    }

    private static List<SaveResult> rolledBack(
            List<SaveResult> results, boolean allOrNone, Transaction transaction, int start) {
        if (!allOrNone || results.stream().allMatch(SaveResult::success)) {
            return results;
        }
        transaction.rollbackTo(start);
        ApiError rolledBack = ApiError.of(ErrorCode.ALL_OR_NONE_OPERATION_ROLLED_BACK);
        return results.stream()
                .map(result -> result.success() ? SaveResult.failed(rolledBack, result.created()) : result)
                .toList();
    }

    private static ApiResponse answer(List<SaveResult> results, boolean upsert) {
        ArrayNode json = Json.array();
        for (SaveResult result : results) {
            ObjectNode row = json.addObject();
            if (result.id() != null) {
                row.put("id", result.id());
            }
            row.put("success", result.success());
            ArrayNode errors = row.putArray("errors");
            result.errors().forEach(error -> errors.add(Json.rowError(error)));
            if (upsert) {
                row.put("created", result.created());
            }
        }
        return ApiResponse.json(200, json);
    }

    /** Reads all rows; the type of each is the given one, or else what its attributes say. */
    private List<Row> parse(JsonNode records, SObjectType given) {
        RowParser parser = new RowParser(org.schema());
        boolean wholeRequest = org.settings().malformedRows() == MalformedRows.WHOLE_REQUEST;
        List<Row> rows = new ArrayList<>(records.size());
        for (JsonNode record : records) {
            try {
                String named = record.path("attributes").path("type").asText();
                if (named.isEmpty()) {
                    throw ApiException.of(ErrorCode.INVALID_INPUT, "A record of a collection needs attributes.type");
                }
                SObjectType type = Types.of(org.schema(), named);
                if (given != null && type != given) {
                    throw ApiException.of(
                            ErrorCode.INVALID_INPUT, "The collection is of type " + given + ", a record of " + type);
                }
                rows.add(new Row(parser.parse(type, record), null));
            } catch (ApiException refusal) {
                if (wholeRequest) {
                    throw refusal;
                }
                rows.add(new Row(null, refusal));
            }
        }
        return rows;
    }

    private static JsonNode records(JsonNode body) {
        JsonNode records = body.path("records");
        if (!records.isArray() || records.isEmpty()) {
            throw ApiException.of(ErrorCode.JSON_PARSER_ERROR, "The request lacks a list of records");
        }
        if (records.size() > MOST_ROWS) {
            throw tooMany(records.size(), MOST_ROWS);
        }
        return records;
    }

    private static ApiException tooMany(int given, int most) {
        return ApiException.of(
                ErrorCode.INVALID_BATCH_SIZE,
                "record limit reached. cannot submit more than " + most + " records into this call, but got " + given);
    }

    private static boolean allOrNone(JsonNode body) {
        return body.path("allOrNone").asBoolean(false);
    }

    private static Map<Object, Integer> uses(List<Row> rows, Field key) {
        Map<Object, Integer> uses = new HashMap<>();
        for (Row row : rows) {
            Object value = row.parsed() == null ? null : row.parsed().values().get(key);
            if (value != null) {
                uses.merge(caseless(key, value), 1, Integer::sum);
            }
        }
        return uses;
    }

    private static Object caseless(Field key, Object value) {
        return value instanceof String text && !key.key().caseSensitive() ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static List<String> ids(String commaSeparated, int most) {
        if (commaSeparated.isEmpty()) {
            throw ApiException.of(ErrorCode.MISSING_ARGUMENT, "The ids or fields are missing");
        }
        List<String> ids = Arrays.asList(commaSeparated.split(","));
        if (ids.size() > most) {
            throw tooMany(ids.size(), most);
        }
        return ids;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}

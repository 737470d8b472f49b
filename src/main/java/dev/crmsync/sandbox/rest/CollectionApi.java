package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.ApiError;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.RowParser;
import dev.crmsync.sandbox.org.RowWriter;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.SalesforceId;
import dev.crmsync.sandbox.org.SaveResult;
import dev.crmsync.sandbox.org.Settings.MalformedRows;
import dev.crmsync.sandbox.org.Transaction;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

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

    ApiResponse upsert(Call call) {
        SObjectType type = Types.of(org.schema(), call.segment(2));
        Field key = ExternalIds.field(type, call.segment(3));
        JsonNode body = call.request().json();
        List<BatchRow> rows = parse(records(body), type);
        List<SaveResult> results =
                save(call, rows, BatchPlan.upsert(writer, call.options(), key, rows), allOrNone(body));
        return answer(results, true);
    }

    ApiResponse create(Call call) {
        JsonNode body = call.request().json();
        List<BatchRow> rows = parse(records(body), null);
        return answer(save(call, rows, BatchPlan.create(writer, call.options()), allOrNone(body)), false);
    }

    ApiResponse update(Call call) {
        JsonNode body = call.request().json();
        List<BatchRow> rows = parse(records(body), null);
        return answer(save(call, rows, BatchPlan.update(writer, call.options()), allOrNone(body)), false);
    }

    ApiResponse delete(Call call) {
        List<String> ids = list(call.request().parameter("ids"), MOST_ROWS);
        boolean allOrNone = call.request().parameter("allOrNone").equals("true");
        List<SaveResult> results = inTransaction(call, ids, allOrNone, transaction -> id -> {
            try {
                return writer.delete(transaction, id, call.options());
            } catch (ApiException refused) {
                return SaveResult.failed(refused.error(), false);
            }
        });
        return answer(results, false);
    }

    ApiResponse retrieve(Call call) {
        SObjectType type = Types.of(org.schema(), call.segment(2));
        boolean post = call.request().method().equals("POST");
        JsonNode body = post ? call.request().json() : Json.object();
        List<String> ids = post ? texts(body.path("ids")) : list(call.request().parameter("ids"), MOST_IDS_TO_RETRIEVE);
        List<String> names =
                post ? texts(body.path("fields")) : list(call.request().parameter("fields"), MOST_IDS_TO_RETRIEVE);
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

    private List<SaveResult> save(Call call, List<BatchRow> rows, BatchPlan plan, boolean allOrNone) {
        return inTransaction(call, rows, allOrNone, transaction -> row -> plan.save(transaction, row));
    }

    private <R> List<SaveResult> inTransaction(
            Call call, List<R> rows, boolean allOrNone, Function<Transaction, Function<R, SaveResult>> saver) {
        return call.write(org, transaction -> {
            int start = transaction.savepoint();
            List<SaveResult> results =
                    rows.stream().map(saver.apply(transaction)).toList();
            if (!allOrNone || results.stream().allMatch(SaveResult::success)) {
                return results;
            }
            transaction.rollbackTo(start);
            ApiError rolledBack = ApiError.of(ErrorCode.ALL_OR_NONE_OPERATION_ROLLED_BACK);
            return results.stream()
                    .map(result -> result.success() ? SaveResult.failed(rolledBack, result.created()) : result)
                    .toList();
        });
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

    /** Reads all rows; {@code expected} is the type that the URL names, null when it names none. */
    private List<BatchRow> parse(JsonNode records, SObjectType expected) {
        RowParser parser = new RowParser(org.schema());
        boolean wholeRequest = org.settings().malformedRows() == MalformedRows.WHOLE_REQUEST;
        List<BatchRow> rows = new ArrayList<>(records.size());
        for (JsonNode record : records) {
            try {
                rows.add(new BatchRow(parser.parse(type(record, expected), record), null));
            } catch (ApiException refusal) {
                if (wholeRequest) {
                    throw refusal;
                }
                rows.add(new BatchRow(null, refusal));
            }
        }
        return rows;
    }

    private SObjectType type(JsonNode record, SObjectType expected) {
        String named = record.path("attributes").path("type").asText();
        if (named.isEmpty()) {
            throw ApiException.of(ErrorCode.INVALID_INPUT, "A record of a collection needs attributes.type");
        }
        SObjectType type = Types.of(org.schema(), named);
        if (expected != null && type != expected) {
            throw ApiException.of(
                    ErrorCode.INVALID_INPUT, "A record of type " + type + " is in a collection of " + expected);
        }
        return type;
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

    private static List<String> list(String commaSeparated, int most) {
        if (commaSeparated.isEmpty()) {
            throw ApiException.of(ErrorCode.MISSING_ARGUMENT, "The ids or fields are missing");
        }
        List<String> items = Arrays.asList(commaSeparated.split(","));
        if (items.size() > most) {
            throw tooMany(items.size(), most);
        }
        return items;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}

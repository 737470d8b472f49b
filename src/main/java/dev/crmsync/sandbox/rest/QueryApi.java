package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.soql.Path;
import dev.crmsync.sandbox.soql.QueryResult;
import dev.crmsync.sandbox.soql.QueryRunner;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries, page by page. */
final class QueryApi {
    private static final Pattern BATCH_SIZE = Pattern.compile("batchSize=(\\d{1,4})");
    private static final int SMALLEST_BATCH = 200;

    private final Org org;
    private final QueryRunner runner;
    private final Cursors cursors = new Cursors();

    QueryApi(Org org) {
        this.org = org;
        this.runner = new QueryRunner(org);
    }

    ApiResponse query(Call call) {
        return run(call, false);
    }

    ApiResponse queryAll(Call call) {
        return run(call, true);
    }

    /** A further page, named by {@code <cursor>-<offset>}. */
    ApiResponse more(Call call) {
        Cursors.Position position =
                cursors.find(call.segment(1)).orElseThrow(() -> ApiException.of(ErrorCode.INVALID_QUERY_LOCATOR));
        return org.read(() -> page(call, position));
    }

    private ApiResponse run(Call call, boolean includeDeleted) {
        String soql = call.request().parameter("q");
        if (soql.isBlank()) {
            throw ApiException.of(ErrorCode.MALFORMED_QUERY, "SOQL statement is missing: use ?q=");
        }
        return org.read(() -> {
            QueryResult result = runner.run(soql, includeDeleted);
            if (result.countAlias().isPresent()) {
                return count(result);
            }
            return page(call, new Cursors.Position("", result, 0));
        });
    }

    private ApiResponse page(Call call, Cursors.Position position) {
        QueryResult result = position.result();
        int end = Math.min(position.offset() + batchSize(call), result.records().size());
        boolean done = end == result.records().size();
        ObjectNode json = Json.object().put("totalSize", result.totalSize()).put("done", done);
        if (!done) {
            String cursor = position.cursor().isEmpty() ? cursors.keep(result) : position.cursor();
            json.put("nextRecordsUrl", "/services/data/v" + call.version() + ".0/query/" + cursor + "-" + end);
        }
        ArrayNode records = json.putArray("records");
        RecordJson render = new RecordJson(call.version());
        result.records().subList(position.offset(), end).forEach(record -> records.add(row(render, record, result)));
        return ApiResponse.json(200, json);
    }

    private ObjectNode row(RecordJson render, SObjectRecord record, QueryResult result) {
        ObjectNode row = render.attributes(record);
        for (Path column : result.columns()) {
            put(render, row, record, column);
        }
        return row;
    }

    private void put(RecordJson render, ObjectNode row, SObjectRecord record, Path column) {
        ObjectNode at = row;
        SObjectRecord holder = record;
        for (Field reference : column.references()) {
            String name = reference.reference().orElseThrow().relationshipName();
            Object id = holder.get(reference);
            Optional<SObjectRecord> parent = id == null ? Optional.empty() : org.record((String) id);
            if (parent.isEmpty()) {
                at.putNull(name);
                return;
            }
            holder = parent.get();
            if (!at.path(name).isObject()) {
                at.set(name, render.attributes(holder));
            }
            at = (ObjectNode) at.get(name);
        }
        at.set(column.field().name(), render.value(holder, column.field()));
    }

    private static ApiResponse count(QueryResult result) {
        ObjectNode json = Json.object().put("totalSize", 1).put("done", true);
        ObjectNode record = json.putArray("records").addObject();
        record.putObject("attributes").put("type", "AggregateResult");
        record.put(result.countAlias().orElseThrow(), result.totalSize());
        return ApiResponse.json(200, json);
    }

    private int batchSize(Call call) {
        Matcher wanted = BATCH_SIZE.matcher(call.request().header("sforce-query-options"));
        int most = org.settings().queryBatchSize();
        return wanted.find() ? Math.min(most, Math.max(SMALLEST_BATCH, Integer.parseInt(wanted.group(1)))) : most;
    }
}

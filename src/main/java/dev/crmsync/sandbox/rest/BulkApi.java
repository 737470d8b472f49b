package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.RowParser;
import dev.crmsync.sandbox.org.RowWriter;
import dev.crmsync.sandbox.org.SaveResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bulk 2.0 ingest. A job is worked off while its upload is closed, so that it is complete when the client first asks.
 * Jobs live in memory; the newest few are kept.
 */
final class BulkApi {
    private static final int MOST_JOBS = 100;
    private static final int CHUNK = 200;
    private static final String NULL = "#N/A";
    private static final String CSV = "text/csv";

    private final Org org;
    private final RowWriter writer;
    private final Map<String, BulkJob> jobs = new LinkedHashMap<>();
    private long lastOrdinal;

    BulkApi(Org org, RowWriter writer) {
        this.org = org;
        this.writer = writer;
    }

    ApiResponse create(Call call) {
        JsonNode json = call.request().json();
        synchronized (jobs) {
            BulkJob job = BulkJob.of(++lastOrdinal, json, org);
            if (jobs.size() == MOST_JOBS) {
                jobs.remove(jobs.keySet().iterator().next());
            }
            jobs.put(job.id(), job);
            return ApiResponse.json(200, job.json(call.version()));
        }
    }

    ApiResponse list(Call call) {
        ObjectNode json = Json.object().put("done", true);
        synchronized (jobs) {
            var records = json.putArray("records");
            jobs.values().forEach(job -> records.add(job.json(call.version())));
        }
        return ApiResponse.json(200, json.putNull("nextRecordsUrl"));
    }

    ApiResponse get(Call call) {
        return ApiResponse.json(200, job(call).json(call.version()));
    }

    ApiResponse delete(Call call) {
        synchronized (jobs) {
            jobs.remove(job(call).id());
        }
        return ApiResponse.empty(204);
    }

    ApiResponse upload(Call call) {
        job(call).upload(call.request().text());
        return ApiResponse.empty(201);
    }

    /** Closes or aborts a job; the answer shows it before any row was looked at, as Salesforce does. */
    ApiResponse change(Call call) {
        BulkJob job = job(call);
        String state = call.request().json().path("state").asText();
        switch (state) {
            case "Aborted" -> job.abort();
            case "UploadComplete" -> {
                List<List<String>> lines = job.close();
                ObjectNode answer = job.json(call.version());
                process(call, job, lines);
                return ApiResponse.json(200, answer);
            }
            default ->
                throw ApiException.of(ErrorCode.INVALIDJOBSTATE, "A job cannot be put into state '" + state + "'");
        }
        return ApiResponse.json(200, job.json(call.version()));
    }

    ApiResponse results(Call call) {
        BulkJob job = job(call);
        String csv =
                switch (call.segment(3)) {
                    case "successfulResults" -> job.successful();
                    case "failedResults" -> job.failed();
                    case "unprocessedrecords" -> job.unprocessed();
                    default -> throw ApiException.of(ErrorCode.NOT_FOUND);
                };
        return ApiResponse.text(200, CSV, csv);
    }

    private void process(Call call, BulkJob job, List<List<String>> lines) {
        if (lines.isEmpty()) {
            job.fail("InvalidBatch : The upload is empty");
            return;
        }
        List<String> header = lines.get(0);
        for (String column : header) {
            String own = column.split("\\.")[0];
            if (job.type().field(own).isEmpty() && job.type().relation(own).isEmpty()) {
                job.fail("InvalidBatch : Field name not found : " + column);
                return;
            }
        }
        List<SaveResult> results = new ArrayList<>();
        for (int start = 1; start < lines.size(); start += CHUNK) {
            results.addAll(save(call, job, header, lines.subList(start, Math.min(start + CHUNK, lines.size()))));
        }
        job.complete(results);
    }

    private List<SaveResult> save(Call call, BulkJob job, List<String> header, List<List<String>> lines) {
        RowParser parser = new RowParser(org.schema());
        List<BatchRow> rows = new ArrayList<>();
        for (List<String> line : lines) {
            try {
                rows.add(new BatchRow(parser.parse(job.type(), json(header, line)), null));
            } catch (ApiException refusal) {
                rows.add(new BatchRow(null, refusal));
            }
        }
        BatchPlan plan = plan(call, job, rows);
        return org.write(transaction ->
                rows.stream().map(row -> plan.save(transaction, row)).toList());
    }

    private BatchPlan plan(Call call, BulkJob job, List<BatchRow> rows) {
        return switch (job.operation()) {
            case INSERT -> BatchPlan.create(writer, call.options());
            case UPDATE -> BatchPlan.update(writer, call.options());
            case UPSERT ->
                BatchPlan.upsert(writer, call.options(), ExternalIds.field(job.type(), job.externalIdField()), rows);
            case DELETE, HARDDELETE -> BatchPlan.delete(writer, call.options());
        };
    }

    /** An empty cell leaves its field as it is, {@code #N/A} clears it. */
    private static ObjectNode json(List<String> header, List<String> line) {
        ObjectNode row = Json.object();
        for (int i = 0; i < Math.min(header.size(), line.size()); i++) {
            String cell = line.get(i);
            String[] path = header.get(i).split("\\.", 2);
            if (cell.isEmpty()) {
                continue;
            }
            if (path.length == 2) {
                row.withObject("/" + path[0]).put(path[1], cell);
            } else if (cell.equals(NULL)) {
                row.putNull(path[0]);
            } else {
                row.put(path[0], cell);
            }
        }
        return row;
    }

    private BulkJob job(Call call) {
        synchronized (jobs) {
            BulkJob job = jobs.get(call.segment(2));
            if (job == null) {
                throw ApiException.of(ErrorCode.NOT_FOUND);
            }
            return job;
        }
    }
}

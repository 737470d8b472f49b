package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SalesforceId;
import dev.crmsync.sandbox.org.SaveResult;
import dev.crmsync.sandbox.schema.SObjectType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Bulk 2.0 ingest job. Guarded by itself. */
final class BulkJob {
    private final String id;
    private final Operation operation;
    private final SObjectType type;
    private final String externalIdField;
    private final String delimiterName;
    private final String lineEnding;
    private final Instant createdAt;
    private State state = State.OPEN;
    private String upload = "";
    private String errorMessage;
    private List<String> header = List.of();
    private List<List<String>> lines = List.of();
    private final List<SaveResult> results = new ArrayList<>();

    /** What is done with each row. */
    enum Operation {
        INSERT,
        UPDATE,
        UPSERT,
        DELETE,
        HARDDELETE
    }

    enum State {
        OPEN("Open"),
        UPLOAD_COMPLETE("UploadComplete"),
        JOB_COMPLETE("JobComplete"),
        ABORTED("Aborted"),
        FAILED("Failed");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }
    }

    private BulkJob(long ordinal, Operation operation, SObjectType type, JsonNode json, Instant createdAt) {
        this.id = SalesforceId.of("750", ordinal);
        this.operation = operation;
        this.type = type;
        this.externalIdField = json.path("externalIdFieldName").asText("");
        this.delimiterName = json.path("columnDelimiter").asText("COMMA");
        this.lineEnding = json.path("lineEnding").asText("LF");
        this.createdAt = createdAt;
    }

    /** The job that a request asks for. */
    static BulkJob of(long ordinal, JsonNode json, Org org) {
        Operation operation;
        try {
            operation = Operation.valueOf(json.path("operation").asText().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.of(
                    ErrorCode.INVALIDJOB, "Operation '" + json.path("operation").asText() + "' is not supported");
        }
        SObjectType type = org.schema()
                .type(json.path("object").asText())
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.INVALIDJOB,
                        "Unable to find object: " + json.path("object").asText()));
        if (operation == Operation.UPSERT) {
            ExternalIds.field(type, json.path("externalIdFieldName").asText());
        }
        return new BulkJob(ordinal, operation, type, json, org.now());
    }

    String id() {
        return id;
    }

    Operation operation() {
        return operation;
    }

    SObjectType type() {
        return type;
    }

    String externalIdField() {
        return externalIdField;
    }

    char delimiter() {
        return switch (delimiterName) {
            case "BACKQUOTE" -> '`';
            case "CARET" -> '^';
            case "PIPE" -> '|';
            case "SEMICOLON" -> ';';
            case "TAB" -> '\t';
            default -> ',';
        };
    }

    synchronized void upload(String csv) {
        require(State.OPEN);
        upload = csv;
    }

    synchronized void abort() {
        require(State.OPEN);
        state = State.ABORTED;
    }

    /** Closes the upload; returns its lines, the header first. */
    synchronized List<List<String>> close() {
        require(State.OPEN);
        state = State.UPLOAD_COMPLETE;
        List<List<String>> all = Csv.parse(upload, delimiter());
        header = all.isEmpty() ? List.of() : all.get(0);
        lines = all.isEmpty() ? List.of() : all.subList(1, all.size());
        return all;
    }

    synchronized void complete(List<SaveResult> all) {
        results.addAll(all);
        state = State.JOB_COMPLETE;
    }

    synchronized void fail(String message) {
        errorMessage = message;
        state = State.FAILED;
    }

    /** Lines that were written, with id and whether they are new. */
    synchronized String successful() {
        return report(List.of("sf__Id", "sf__Created"), true);
    }

    /** Lines that were refused, with the reason. */
    synchronized String failed() {
        return report(List.of("sf__Id", "sf__Error"), false);
    }

    /** Lines that were not looked at. */
    synchronized String unprocessed() {
        StringBuilder csv = new StringBuilder(line(header));
        lines.subList(results.size(), lines.size()).forEach(line -> csv.append(line(line)));
        return csv.toString();
    }

    synchronized ObjectNode json(int version) {
        ObjectNode json = Json.object();
        json.put("id", id)
                .put(
                        "operation",
                        operation == Operation.HARDDELETE
                                ? "hardDelete"
                                : operation.name().toLowerCase(Locale.ROOT))
                .put("object", type.name())
                .put("createdById", Org.USER_ID)
                .put("createdDate", RecordJson.dateTime(createdAt))
                .put("systemModstamp", RecordJson.dateTime(createdAt))
                .put("state", state.wireName)
                .put("concurrencyMode", "Parallel")
                .put("contentType", "CSV")
                .put("apiVersion", (double) version)
                .put("jobType", "V2Ingest")
                .put("contentUrl", "services/data/v" + version + ".0/jobs/ingest/" + id + "/batches")
                .put("lineEnding", lineEnding)
                .put("columnDelimiter", delimiterName)
                .put("numberRecordsProcessed", results.size())
                .put(
                        "numberRecordsFailed",
                        results.stream().filter(result -> !result.success()).count())
                .put("retries", 0)
                .put("totalProcessingTime", 0)
                .put("apiActiveProcessingTime", 0)
                .put("apexProcessingTime", 0);
        if (!externalIdField.isEmpty()) {
            json.put("externalIdFieldName", externalIdField);
        }
        if (errorMessage != null) {
            json.put("errorMessage", errorMessage);
        }
        return json;
    }

    private String report(List<String> firstColumns, boolean success) {
        StringBuilder csv = new StringBuilder(line(joined(firstColumns, header)));
        for (int i = 0; i < results.size(); i++) {
            SaveResult result = results.get(i);
            if (result.success() == success) {
                String second = success ? String.valueOf(result.created()) : reason(result);
                csv.append(line(joined(List.of(result.id() == null ? "" : result.id(), second), lines.get(i))));
            }
        }
        return csv.toString();
    }

    private static String reason(SaveResult result) {
        var error = result.errors().get(0);
        return error.code() + ":" + error.message() + ":" + String.join(",", error.fields()) + " --";
    }

    private String line(List<String> cells) {
        return Csv.line(cells, delimiter(), lineEnding.equals("CRLF") ? "\r\n" : "\n");
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private void require(State expected) {
        if (state != expected) {
            throw ApiException.of(
                    ErrorCode.INVALIDJOBSTATE,
                    "Job " + id + " is in state " + state.wireName + ", not " + expected.wireName);
        }
    }
}

package dev.crmsync.sandbox.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.Write;
import dev.crmsync.sandbox.rest.ApiRequest;
import dev.crmsync.sandbox.rest.ApiResponse;
import dev.crmsync.sandbox.rest.RestApi;
import dev.crmsync.sandbox.schema.SObjectType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The JSON API under {@code /sandbox}. */
public final class ControlApi {
    private static final int ALL = Integer.MAX_VALUE;

    private final Org org;
    private final RestApi api;

    public ControlApi(Org org, RestApi api) {
        this.org = org;
        this.api = api;
    }

    /** Answers a request whose path starts with {@code /sandbox}. */
    public ApiResponse handle(ApiRequest request) {
        String command = request.method() + " "
                + String.join("/", request.path().subList(1, request.path().size()));
        return switch (command) {
            case "GET journal" -> journal(request);
            case "GET state" -> state(request);
            case "POST reset" -> reset();
            default ->
                ApiResponse.json(
                        404,
                        object().put(
                                        "error",
                                        "Nothing is at " + command + ": see src/docs/sandbox.md for what there is"));
        };
    }

    private ApiResponse journal(ApiRequest request) {
        long since = number(request, "since", 0);
        long limit = number(request, "limit", ALL);
        String object = request.parameter("object");
        List<Write> writes = org.writesAfter(since).stream()
                .filter(write -> object.isEmpty() || write.object().equals(object))
                .limit(limit)
                .toList();
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        writes.forEach(write -> json.add(json(write)));
        return ApiResponse.json(200, json);
    }

    private ApiResponse state(ApiRequest request) {
        String object = request.parameter("object");
        ObjectNode state = object();
        org.read(() -> {
            for (SObjectType type : org.deployed().types()) {
                if (object.isEmpty() ? !type.readOnly() : type.name().equals(object)) {
                    ArrayNode records = state.putArray(type.name());
                    org.table(type).all().forEach(record -> records.add(json(record)));
                }
            }
            return null;
        });
        return ApiResponse.json(200, state);
    }

    private ApiResponse reset() {
        org.reset();
        api.reset();
        return ApiResponse.empty(204);
    }

    private static ObjectNode json(Write write) {
        ObjectNode json = object();
        json.put("sequence", write.sequence());
        json.put("call", write.call());
        json.put("time", write.time().toString());
        json.put("object", write.object());
        json.put("id", write.id());
        json.put("keyField", write.keyField());
        json.put("key", write.key());
        json.put("operation", write.operation().name().toLowerCase(java.util.Locale.ROOT));
        json.put("api", write.api());
        json.put("caller", write.caller());
        json.set("fields", json(write.fields()));
        return json;
    }

    private static ObjectNode json(SObjectRecord record) {
        ObjectNode json = object();
        json.put("Id", record.id());
        json.setAll(json(record.values()));
        return json;
    }

    private static ObjectNode json(Map<String, Object> values) {
        ObjectNode json = object();
        new java.util.TreeMap<>(values).forEach((name, value) -> {
            if (value == null) {
                json.putNull(name);
            } else if (value instanceof Boolean flag) {
                json.put(name, flag);
            } else if (value instanceof BigDecimal number) {
                json.put(name, number);
            } else {
                json.put(name, value.toString());
            }
        });
        return json;
    }

    private static long number(ApiRequest request, String parameter, long otherwise) {
        String value = request.parameter(parameter);
        return value.isEmpty() ? otherwise : Long.parseLong(value);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

package dev.crmsync.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.fault.Fault;
import dev.crmsync.sandbox.fault.Faults;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SalesforceId;
import dev.crmsync.sandbox.org.Settings;
import dev.crmsync.sandbox.org.Write;
import dev.crmsync.sandbox.rest.ApiRequest;
import dev.crmsync.sandbox.rest.ApiResponse;
import dev.crmsync.sandbox.rest.RestApi;
import dev.crmsync.sandbox.schema.SObjectType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The JSON API under {@code /sandbox}; {@code src/docs/sandbox.md} describes it. */
public final class ControlApi {
    private final Org org;
    private final RestApi api;
    private final Faults faults;
    private final Settings initial;

    /** Controls that org; a reset goes back to the {@code initial} settings. */
    public ControlApi(Org org, RestApi api, Faults faults, Settings initial) {
        this.org = org;
        this.api = api;
        this.faults = faults;
        this.initial = initial;
    }

    /** Answers a request whose path starts with {@code /sandbox}. */
    public ApiResponse handle(ApiRequest request) {
        List<String> path = request.path().subList(1, request.path().size());
        try {
            return answer(request, path);
        } catch (IllegalArgumentException e) {
            return refused(400, e.getMessage());
        }
    }

    private ApiResponse answer(ApiRequest request, List<String> path) {
        if (path.size() == 2 && path.get(0).equals("faults") && request.method().equals("DELETE")) {
            return faults.remove(path.get(1))
                    ? ApiResponse.empty(204)
                    : refused(404, "No fault " + path.get(1) + " is in force: GET /sandbox/faults lists them");
        }
        String command = (request.method() + " " + String.join("/", path)).strip();
        return switch (command) {
            case "GET" -> overview();
            case "GET faults" -> faults();
            case "POST faults" -> addFault(request);
            case "DELETE faults" -> {
                faults.clear();
                yield ApiResponse.empty(204);
            }
            case "GET settings" -> ApiResponse.json(200, ControlJson.tree(org.settings()));
            case "PUT settings" -> changeSettings(request);
            case "PUT usage" -> usage(request);
            case "POST sessions/expire" -> {
                api.sessions().expireAll();
                yield ApiResponse.empty(204);
            }
            case "POST locks" -> lock(request);
            case "DELETE locks" -> {
                org.unlockRows();
                yield ApiResponse.empty(204);
            }
            case "GET journal" -> journal(request);
            case "GET state" -> state(request);
            case "POST reset" -> reset();
            default -> refused(404, "Nothing answers " + command + ": GET /sandbox lists what there is");
        };
    }

    private ApiResponse overview() {
        ObjectNode json = ControlJson.object();
        json.put("organization", Org.ORG_ID).put("user", Org.USERNAME);
        json.put("apiRequestsUsed", api.usage().used(org.now()));
        json.put("sessions", api.sessions().open());
        json.put("faults", faults.list().size());
        json.put("waitingForRows", org.waitingForRows());
        ObjectNode records = json.putObject("records");
        org.read(() -> {
            for (SObjectType type : org.deployed().types()) {
                records.put(
                        type.name(),
                        org.table(type).all().stream()
                                .filter(record -> !record.deleted())
                                .count());
            }
            return null;
        });
        List.of(
                        "GET /sandbox",
                        "GET|POST|DELETE /sandbox/faults",
                        "DELETE /sandbox/faults/{id}",
                        "GET|PUT /sandbox/settings",
                        "PUT /sandbox/usage",
                        "POST /sandbox/sessions/expire",
                        "POST|DELETE /sandbox/locks",
                        "GET /sandbox/journal?since=&object=&key=&limit=",
                        "GET /sandbox/state?object=",
                        "POST /sandbox/reset")
                .forEach(json.putArray("commands")::add);
        return ApiResponse.json(200, json);
    }

    private ApiResponse faults() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        faults.list().forEach(fault -> json.add(ControlJson.tree(fault)));
        return ApiResponse.json(200, json);
    }

    private ApiResponse addFault(ApiRequest request) {
        Fault fault = ControlJson.read(ControlJson.parse(request.text()), Fault.class);
        return ApiResponse.json(201, ControlJson.object().put("id", faults.add(fault)));
    }

    private ApiResponse changeSettings(ApiRequest request) {
        ObjectNode merged = ControlJson.tree(org.settings());
        merged.setAll((ObjectNode) ControlJson.parse(request.text()));
        org.settings(ControlJson.read(merged, Settings.class));
        return ApiResponse.json(200, ControlJson.tree(org.settings()));
    }

    private ApiResponse usage(ApiRequest request) {
        JsonNode used = ControlJson.parse(request.text()).path("used");
        if (!used.canConvertToInt() || used.asInt() < 0) {
            throw new IllegalArgumentException("'used' is missing: say how many API requests have been made");
        }
        api.usage().set(org.now(), used.asInt());
        return ApiResponse.empty(204);
    }

    private ApiResponse lock(ApiRequest request) {
        JsonNode json = ControlJson.parse(request.text());
        Optional<String> id = SalesforceId.canonical(json.path("id").asText());
        long millis = json.path("millis").asLong();
        if (id.isEmpty() || millis < 1) {
            throw new IllegalArgumentException("A lock needs the 'id' of a record and 'millis' of 1 or more");
        }
        org.lockRow(id.get(), Duration.ofMillis(millis));
        return ApiResponse.empty(204);
    }

    private ApiResponse journal(ApiRequest request) {
        long since = number(request, "since", 0);
        String object = request.parameter("object");
        String key = request.parameter("key");
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        org.writesAfter(since).stream()
                .filter(write -> object.isEmpty() || write.object().equals(object))
                .filter(write -> key.isEmpty() || key.equals(write.key()))
                .limit(number(request, "limit", Long.MAX_VALUE))
                .forEach((Write write) -> json.add(ControlJson.write(write)));
        return ApiResponse.json(200, json);
    }

    private ApiResponse state(ApiRequest request) {
        String object = request.parameter("object");
        ObjectNode state = ControlJson.object();
        org.read(() -> {
            for (SObjectType type : org.deployed().types()) {
                if (object.isEmpty() ? !type.readOnly() : type.name().equals(object)) {
                    ArrayNode records = state.putArray(type.name());
                    org.table(type).all().forEach(record -> records.add(ControlJson.record(record)));
                }
            }
            return null;
        });
        return ApiResponse.json(200, state);
    }

    private ApiResponse reset() {
        faults.clear();
        org.settings(initial);
        org.unlockRows();
        org.reset();
        api.reset();
        return ApiResponse.empty(204);
    }

    private static ApiResponse refused(int status, String reason) {
        return ApiResponse.json(status, ControlJson.object().put("error", reason));
    }

    private static long number(ApiRequest request, String parameter, long otherwise) {
        String value = request.parameter(parameter);
        try {
            return value.isEmpty() ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(parameter + " is '" + value + "': use a number", e);
        }
    }
}

package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.ApiError;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Several requests in one, where a later one may refer to the answers of earlier ones. Counts as a single request. */
final class CompositeApi {
    private static final int MOST_PARTS = 25;
    private static final int MOST_QUERIES_AND_COLLECTIONS = 5;
    private static final int LAST_SUCCESS = 299;

    private final Org org;
    private final Function<ApiRequest, Route> router;

    CompositeApi(Org org, Function<ApiRequest, Route> router) {
        this.org = org;
        this.router = router;
    }

    /** One request of a composite. */
    private record Part(String method, String url, String referenceId, JsonNode body, Map<String, String> headers) {
        boolean isQueryOrCollection() {
            return url.contains("/query") || url.contains("/composite/sobjects");
        }
    }

    /** What became of a part; {@code body} is what references lead into. */
    private record Outcome(Part part, int status, JsonNode body, Map<String, String> headers) {
        boolean failed() {
            return status > LAST_SUCCESS;
        }
    }

    ApiResponse composite(Call call) {
        JsonNode body = call.request().json();
        List<Part> parts = parts(body.path("compositeRequest"));
        if (!body.path("allOrNone").asBoolean(false)) {
            return answer(run(call, parts, Optional.empty(), false));
        }
        List<List<Outcome>> outcomes = new ArrayList<>();
        org.write(transaction -> {
            List<Outcome> run = run(call, parts, Optional.of(transaction), true);
            if (run.stream().anyMatch(Outcome::failed)) {
                transaction.rollbackTo(0);
                run = halted(run);
            }
            outcomes.add(run);
            return null;
        });
        return answer(outcomes.get(0));
    }

    /** {@code /composite/batch}: independent requests, each answered in full. */
    ApiResponse batch(Call call) {
        JsonNode body = call.request().json();
        JsonNode requests = body.path("batchRequests");
        if (!requests.isArray() || requests.size() > MOST_PARTS) {
            throw ApiException.of(ErrorCode.INVALID_INPUT, "batchRequests must be a list of at most " + MOST_PARTS);
        }
        ArrayNode results = Json.array();
        boolean failed = false;
        for (JsonNode request : requests) {
            String url = request.path("url").asText();
            Part part = new Part(
                    request.path("method").asText(),
                    url.startsWith("/") ? url : "/services/data/" + url,
                    "",
                    request.path("richInput"),
                    Map.of());
            Outcome outcome = failed && body.path("haltOnError").asBoolean(false)
                    ? new Outcome(
                            part, 412, Json.array().add(Json.error(ApiError.of(ErrorCode.PROCESSING_HALTED))), Map.of())
                    : run(call, part, new References(Map.of()), Optional.empty());
            failed |= outcome.failed();
            results.addObject().put("statusCode", outcome.status()).set("result", outcome.body());
        }
        ObjectNode json = Json.object().put("hasErrors", failed);
        json.set("results", results);
        return ApiResponse.json(200, json);
    }

    private List<Outcome> run(Call call, List<Part> parts, Optional<Transaction> transaction, boolean haltOnError) {
        Map<String, JsonNode> answers = new HashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        boolean halted = false;
        for (Part part : parts) {
            Outcome outcome = halted ? halted(part) : run(call, part, new References(answers), transaction);
            halted |= haltOnError && outcome.failed();
            if (!outcome.failed()) {
                answers.put(part.referenceId(), outcome.body());
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private Outcome run(Call call, Part part, References references, Optional<Transaction> transaction) {
        try {
            Map<String, String> headers = new HashMap<>(call.request().headers());
            headers.putAll(part.headers());
            ApiRequest request = ApiRequest.of(
                    part.method(),
                    references.inUrl(part.url()),
                    headers,
                    part.body().isMissingNode() ? new byte[0] : Json.bytes(references.in(part.body())));
            Route route = router.apply(request);
            if (route.operation() == Operation.COMPOSITE || route.operation().isLogin()) {
                throw ApiException.of(ErrorCode.INVALID_INPUT, "A part of a composite request cannot be " + part.url());
            }
            int version = Router.version(request).orElse(call.version());
            ApiResponse answer = route.handler().handle(call.part(request, route.operation(), version, transaction));
            return new Outcome(part, answer.status(), answer.json().orElse(NullNode.instance), answer.headers());
        } catch (ApiException refused) {
            return new Outcome(part, refused.status(), Json.array().add(Json.error(refused.error())), Map.of());
        }
    }

    private static List<Outcome> halted(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.failed() ? outcome : halted(outcome.part()))
                .toList();
    }

    private static Outcome halted(Part part) {
        ApiError error = ApiError.of(ErrorCode.PROCESSING_HALTED);
        return new Outcome(part, 400, Json.array().add(Json.error(error)), Map.of());
    }

    private static ApiResponse answer(List<Outcome> outcomes) {
        ObjectNode json = Json.object();
        ArrayNode responses = json.putArray("compositeResponse");
        for (Outcome outcome : outcomes) {
            ObjectNode response = responses.addObject();
            response.set("body", outcome.body());
            ObjectNode headers = response.putObject("httpHeaders");
            outcome.headers().forEach(headers::put);
            response.put("httpStatusCode", outcome.status())
                    .put("referenceId", outcome.part().referenceId());
        }
        return ApiResponse.json(200, json);
    }

    private static List<Part> parts(JsonNode requests) {
        if (!requests.isArray() || requests.isEmpty() || requests.size() > MOST_PARTS) {
            throw ApiException.of(
                    ErrorCode.INVALID_INPUT, "compositeRequest must be a list of 1 to " + MOST_PARTS + " requests");
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode request : requests) {
            Map<String, String> headers = new HashMap<>();
            request.path("httpHeaders")
                    .properties()
                    .forEach(header -> headers.put(
                            header.getKey().toLowerCase(java.util.Locale.ROOT),
                            header.getValue().asText()));
            String referenceId = request.path("referenceId").asText();
            if (referenceId.isEmpty()
                    || parts.stream().anyMatch(part -> part.referenceId().equals(referenceId))) {
                throw ApiException.of(
                        ErrorCode.INVALID_INPUT, "referenceId '" + referenceId + "' is missing or not unique");
            }
            parts.add(new Part(
                    request.path("method").asText(),
                    request.path("url").asText(),
                    referenceId,
                    request.path("body"),
                    headers));
        }
        if (parts.stream().filter(Part::isQueryOrCollection).count() > MOST_QUERIES_AND_COLLECTIONS) {
            throw ApiException.of(
                    ErrorCode.LIMIT_EXCEEDED,
                    "At most " + MOST_QUERIES_AND_COLLECTIONS + " parts may be queries or collections");
        }
        return parts;
    }
}

package dev.crmsync.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.sandbox.org.ApiError;
import dev.crmsync.sandbox.org.SalesforceId;
import dev.crmsync.sandbox.rest.ApiResponse;
import dev.crmsync.sandbox.rest.RestApi.Routed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a fault makes of an answer. */
public final class FaultyAnswer {
    private FaultyAnswer() {}

    /** The answer of a fault that keeps the request from being processed; empty for faults of other kinds. */
    public static Optional<ApiResponse> instead(Fault fault, Routed routed) {
        return switch (fault.kind()) {
            case ERROR -> Optional.of(with(fault, error(fault, routed)));
            case HTTP -> Optional.of(with(fault, ApiResponse.text(fault.status(), fault.contentType(), fault.body())));
            case REDIRECT ->
                Optional.of(with(
                        fault,
                        ApiResponse.empty(fault.status() == 0 ? 302 : fault.status())
                                .with("Location", fault.location())));
            case MULTIPLE_CHOICES -> Optional.of(with(fault, choices(routed)));
            default -> Optional.empty();
        };
    }

    /** The answer to a request that was processed, as the fault spoils it. */
    public static ApiResponse spoiled(Fault fault, ApiResponse answer) {
        return switch (fault.kind()) {
            case MALFORMED -> {
                String body = new String(answer.bytes(), StandardCharsets.UTF_8);
                yield replaced(answer, body.isEmpty() ? "[{" : body.substring(0, body.length() / 2));
            }
            case EMPTY -> replaced(answer, "");
            case TRUNCATED ->
                answer.json()
                        .filter(JsonNode::isArray)
                        .map(list -> shorter(fault, answer, list))
                        .orElse(answer);
            default -> answer;
        };
    }

    private static ApiResponse error(Fault fault, Routed routed) {
        if (routed.operation().isLogin()) {
            return ApiResponse.json(
                    fault.errorStatus(),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("error", fault.errorCode())
                            .put("error_description", fault.errorMessage()));
        }
        return ApiResponse.error(
                fault.errorStatus(), new ApiError(fault.errorCode(), fault.errorMessage(), fault.fields(), Map.of()));
    }

    private static ApiResponse choices(Routed routed) {
        ArrayNode urls = JsonNodeFactory.instance.arrayNode();
        for (int n = 1; n <= 2; n++) {
            urls.add("/services/data/v62.0/sobjects/" + routed.object() + "/" + SalesforceId.of("001", 900_000 + n));
        }
        return ApiResponse.json(300, urls);
    }

    private static ApiResponse with(Fault fault, ApiResponse answer) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        if (!fault.wwwAuthenticate()) {
            headers.remove("WWW-Authenticate");
        } else if (answer.status() == 401) {
            headers.put("WWW-Authenticate", "Token");
        }
        headers.putAll(fault.headers());
        return new ApiResponse(answer.status(), answer.json(), answer.text(), answer.contentType(), headers);
    }

    private static ApiResponse replaced(ApiResponse answer, String body) {
        return new ApiResponse(
                answer.status(), Optional.empty(), Optional.of(body), answer.contentType(), answer.headers());
    }

    private static ApiResponse shorter(Fault fault, ApiResponse answer, JsonNode list) {
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < list.size() - fault.rows(); i++) {
            rest.add(list.get(i));
        }
        return new ApiResponse(
                answer.status(), Optional.of(rest), Optional.empty(), answer.contentType(), answer.headers());
    }
}

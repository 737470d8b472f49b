package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.org.ApiError;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One answer of the REST API.
 *
 * @param json its body, when that is JSON
 * @param text its body, when that is something else
 * @param headers besides {@code Content-Type}
 */
public record ApiResponse(
        int status, Optional<JsonNode> json, Optional<String> text, String contentType, Map<String, String> headers) {
    private static final String JSON_TYPE = "application/json;charset=UTF-8";

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    public static ApiResponse json(int status, JsonNode body) {
        return new ApiResponse(status, Optional.of(body), Optional.empty(), JSON_TYPE, Map.of());
    }

    /** An answer without body. */
    public static ApiResponse empty(int status) {
        return new ApiResponse(status, Optional.empty(), Optional.empty(), JSON_TYPE, Map.of());
    }

    public static ApiResponse text(int status, String contentType, String body) {
        return new ApiResponse(status, Optional.empty(), Optional.of(body), contentType, Map.of());
    }

    /** An array with one error. A 401 says how to log in: without that, Jetty's client loses the error array. */
    public static ApiResponse error(int status, ApiError error) {
        ApiResponse response = json(status, Json.array().add(Json.error(error)));
        return status == 401 ? response.with("WWW-Authenticate", "Token") : response;
    }

    static ApiResponse error(ErrorCode code) {
        return error(code.status(), ApiError.of(code));
    }

    static ApiResponse error(ApiException refusal) {
        return error(refusal.status(), refusal.error());
    }

    public ApiResponse with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, json, text, contentType, more);
    }

    /** The body as it goes over the wire. */
    public byte[] bytes() {
        return json.map(Json::bytes).orElseGet(() -> text.orElse("").getBytes(StandardCharsets.UTF_8));
    }
}

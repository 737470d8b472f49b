package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request to the REST API, wherever it came from. */
public final class ApiRequest {
    private final String method;
    private final List<String> path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;

    private ApiRequest(
            String method, List<String> path, Map<String, String> query, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A request as it came over the wire.
     *
     * @param uri path and query, still percent-encoded
     * @param headers by lower-case name
     */
    public static ApiRequest of(String method, String uri, Map<String, String> headers, byte[] body) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        Map<String, String> query = question < 0 ? Map.of() : form(uri.substring(question + 1));
        String override = query.get("_HttpMethod");
        return new ApiRequest(
                override == null ? method : override.toUpperCase(Locale.ROOT),
                segments(path),
                query,
                headers,
                body.clone());
    }

    /** Name-value pairs of a query string or a form. */
    static Map<String, String> form(String encoded) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.replaceFirst("^/", "").split("/", -1)) {
            segments.add(decoded(segment.replace("+", "%2B")));
        }
        if (segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return List.copyOf(segments);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    public String method() {
        return method;
    }

    /** Decoded path segments; a trailing slash adds none. */
    public List<String> path() {
        return path;
    }

    /** The value of a query parameter, or an empty text. */
    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** The value of a header, or an empty text. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body's name-value pairs. */
    Map<String, String> form() {
        return form(text());
    }

    /**
     * The body as JSON.
     *
     * @throws ApiException with {@code JSON_PARSER_ERROR} when it is none
     */
    public JsonNode json() {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            if (json == null || json.isMissingNode()) {
                throw ApiException.of(ErrorCode.JSON_PARSER_ERROR);
            }
            return json;
        } catch (IOException e) {
            throw ApiException.of(ErrorCode.JSON_PARSER_ERROR, "Unexpected character in the request body");
        }
    }
}

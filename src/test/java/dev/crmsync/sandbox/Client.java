package dev.crmsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A client that is logged in to a sandbox. */
final class Client {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private String token;

    Client(Sandbox sandbox) {
        this(sandbox.url());
    }

    Client(String url) {
        this.url = url;
        login();
    }

    /** An answer with its body read. */
    record Answer(int status, String text, Map<String, java.util.List<String>> headers) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        String errorCode() {
            return json().path(0).path("errorCode").asText();
        }
    }

    void login() {
        token = form("/services/oauth2/token", "grant_type=client_credentials&client_id=me&client_secret=secret")
                .json()
                .path("access_token")
                .asText();
    }

    /** From now on as that user. */
    void loginAs(String username) {
        token = form(
                        "/services/oauth2/token",
                        "grant_type=password&client_id=me&client_secret=secret&password=p&username="
                                + encoded(username))
                .json()
                .path("access_token")
                .asText();
    }

    String token() {
        return token;
    }

    Answer form(String path, String form) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** A request to {@code path} below {@code /services/data/v62.0}. */
    Answer data(String method, String path, String body, String... headers) {
        return call(method, "/services/data/v62.0" + path, body, headers);
    }

    Answer get(String path) {
        return data("GET", path, "");
    }

    Answer query(String soql) {
        return get("/query?q=" + encoded(soql));
    }

    Answer upsert(String object, String field, String key, String row) {
        return data("PATCH", "/sobjects/" + object + "/" + field + "/" + encoded(key), row);
    }

    Answer control(String method, String path, String body) {
        return call(method, "/sandbox" + path, body);
    }

    Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.body(), response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package dev.crmsync.cli;

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
import java.util.Optional;

/** The Salesforce org of a test, asked over REST as anybody would, and its journal of writes. */
final class TestOrg {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "/services/data/v62.0";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private String token;

    TestOrg(String url) {
        this.url = url;
    }

    /** The record with that external id. */
    Optional<JsonNode> record(String object, String keyField, String key) {
        String path = DATA + "/sobjects/" + object + "/" + keyField + "/" + encoded(key);
        HttpResponse<String> answer = send(authorized(path).GET());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new AssertionError("GET " + path + " -> " + answer.statusCode() + " " + answer.body());
        }
        return Optional.of(json(answer.body()));
    }

    /** The writes of the record with that external id, oldest first. */
    JsonNode writes(String object, String key) {
        return control("GET", "/journal?object=" + object + "&key=" + encoded(key), "");
    }

    /** Tells the sandbox to behave in some way. */
    JsonNode control(String method, String path, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + "/sandbox" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " /sandbox" + path + " -> " + answer.statusCode() + " " + answer.body());
        }
        return json(answer.body().isEmpty() ? "null" : answer.body());
    }

    private HttpRequest.Builder authorized(String path) {
        if (token == null) {
            HttpRequest.Builder login = HttpRequest.newBuilder(URI.create(url + "/services/oauth2/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=test&client_secret=test"));
            token = json(send(login).body()).path("access_token").asText();
        }
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

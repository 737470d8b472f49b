package dev.crmsync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The dead letters that a console shows, with the rights of its user. */
final class RemoteDeadLetters implements DeadLettersApi {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CLIENT_ERROR = 400;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;
    private final String user;
    private final String credentials;

    /**
     * @param url of the console
     * @param credentials the value of the header {@code Authorization}
     * @throws IllegalArgumentException when they would travel where others can read them
     */
    private RemoteDeadLetters(String url, String user, String credentials) {
        if (!isPrivate(URI.create(url))) {
            throw new IllegalArgumentException("Password or token must not be sent to " + url
                    + " in the clear: use https, or forward the console's port to localhost");
        }
        this.url = url.replaceFirst("/+$", "");
        this.user = user;
        this.credentials = credentials;
    }

    static RemoteDeadLetters withPassword(String url, String user, String password) {
        String pair = user + ":" + password;
        return new RemoteDeadLetters(
                url, user, "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param token of the console's OpenID provider, with the console's client id as its audience */
    static RemoteDeadLetters withToken(String url, String token) {
        return new RemoteDeadLetters(url, "the bearer of the token", "Bearer " + token);
    }

    private static boolean isPrivate(URI url) {
        try {
            return "https".equals(url.getScheme())
                    || "http".equals(url.getScheme())
                            && InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public JsonNode page(EventFilter filter, String before, int limit) {
        String from = before == null ? "" : "&before=" + URLEncoder.encode(before, StandardCharsets.UTF_8);
        return get("/api/events?" + filter.toQuery() + "&size=" + limit + from);
    }

    @Override
    public JsonNode event(long id) {
        return get("/api/events/" + id);
    }

    @Override
    public int discard(List<Long> ids, String reason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        ids.forEach(body.putArray("ids")::add);
        return post("/api/events/discard", body).path("discarded").size();
    }

    @Override
    public void end(long id, String as, String reason) {
        post(
                "/api/events/" + id + "/end",
                JsonNodeFactory.instance.objectNode().put("as", as).put("reason", reason));
    }

    @Override
    public String resetOrder(long id, String reason) {
        return post(
                        "/api/events/" + id + "/reset-order",
                        JsonNodeFactory.instance.objectNode().put("reason", reason))
                .path("forgotten")
                .asText("The order of the event's subject is forgotten.");
    }

    @Override
    public JsonNode preview(long id) {
        return post("/api/events/" + id + "/preview", JsonNodeFactory.instance.objectNode());
    }

    @Override
    public JsonNode count(ReplayRequest request) {
        String chosen = request.chosen().stream().map(id -> "&id=" + id).collect(Collectors.joining());
        return get("/api/replays/preview?" + request.filter().toQuery() + chosen);
    }

    @Override
    public JsonNode replay(ReplayRequest request) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("name", request.name())
                .put("reason", request.reason())
                .put("rate", request.rate());
        request.chosen().forEach(body.putArray("ids")::add);
        ObjectNode filter = body.putObject("filter");
        request.filter().toMap().forEach(filter::put);
        return post("/api/replays", body);
    }

    @Override
    public JsonNode replay(long id) {
        return get("/api/replays/" + id);
    }

    /** The application behind the console does. */
    @Override
    public void carryOutReplays() {}

    @Override
    public String who() {
        return user;
    }

    @Override
    public void close() {}

    private JsonNode get(String path) {
        return send(path, HttpRequest.newBuilder().GET());
    }

    private JsonNode post(String path, JsonNode body) {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private JsonNode send(String path, HttpRequest.Builder request) {
        try {
            return answer(http.send(
                    request.uri(URI.create(url + path))
                            .timeout(TIMEOUT)
                            .header("Authorization", credentials)
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (ConnectException refused) {
            throw new IllegalStateException("Nothing listens at " + url + ": is that the console's address?", refused);
        } catch (IOException e) {
            throw new IllegalStateException("The console at " + url + " cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the console answered", e);
        }
    }

    private JsonNode answer(HttpResponse<String> response) {
        JsonNode json = json(response);
        if (response.statusCode() < CLIENT_ERROR) {
            return json;
        }
        String error = json.path("error").asText("status " + response.statusCode());
        throw switch (response.statusCode()) {
            case UNAUTHORIZED ->
                new IllegalArgumentException("The console does not know " + user + ": " + error
                        + " Give --user, and the password in " + ConsoleOptions.PASSWORD_VARIABLE
                        + "; or a token of the identity provider in " + ConsoleOptions.TOKEN_VARIABLE + ".");
            case NOT_FOUND -> new IllegalArgumentException(error);
            default -> new IllegalStateException("The console refused: " + error);
        };
    }

    private JsonNode json(HttpResponse<String> response) {
        try {
            JsonNode json = JSON.readTree(response.body());
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException notJson) {
            // said below, as for any other answer that is no console's
        }
        throw new IllegalStateException("What answers at " + url + " with status " + response.statusCode()
                + " is no console: give its address with --url");
    }
}

package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.org.Caller;
import dev.crmsync.sandbox.org.Org;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * OAuth: {@code /services/oauth2/token} and {@code /revoke}. Every client may log in unless one is configured, as the
 * integration user, or as the person whose name a password or JWT login gives. The signature of a JWT is not checked, since
 * no certificate is known; its claims are.
 */
final class TokenApi {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Org org;
    private final Sessions sessions;
    private final LoginRate rate;
    private final Optional<ClientCredentials> client;

    TokenApi(Org org, Sessions sessions, LoginRate rate, Optional<ClientCredentials> client) {
        this.org = org;
        this.sessions = sessions;
        this.rate = rate;
        this.client = client;
    }

    ApiResponse token(ApiRequest request) {
        try {
            Map<String, String> form = new HashMap<>(request.form());
            basicCredentials(request, form);
            Caller caller = authenticate(form);
            if (!rate.take(org.now(), org.settings().loginsPerHour())) {
                throw new OAuthException("invalid_grant", "login rate exceeded");
            }
            return granted(request, form, caller);
        } catch (OAuthException refused) {
            return refused.response();
        }
    }

    ApiResponse revoke(ApiRequest request) {
        String token = request.parameter("token");
        sessions.revoke(token.isEmpty() ? request.form().getOrDefault("token", "") : token);
        return ApiResponse.empty(200);
    }

    private Caller authenticate(Map<String, String> form) {
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> new Caller(clientWithSecret(form), Org.USER_ID);
            case "password" -> {
                String id = clientWithSecret(form);
                if (required(form, "username").isBlank()
                        || required(form, "password").isBlank()) {
                    throw new OAuthException("invalid_grant", "authentication failure");
                }
                yield new Caller(id, userId(form.get("username")));
            }
            case "refresh_token" -> {
                required(form, "refresh_token");
                yield new Caller(known(required(form, "client_id")), Org.USER_ID);
            }
            case JWT_BEARER -> jwt(required(form, "assertion"));
            default -> throw new OAuthException("unsupported_grant_type", "grant type not supported");
        };
    }

    private String clientWithSecret(Map<String, String> form) {
        String id = known(required(form, "client_id"));
        String secret = required(form, "client_secret");
        if (client.isPresent() && !client.get().secret().equals(secret)) {
            throw new OAuthException("invalid_client", "invalid client credentials");
        }
        return id;
    }

    private String known(String clientId) {
        if (client.isPresent() && !client.get().id().equals(clientId)) {
            throw new OAuthException("invalid_client_id", "client identifier invalid");
        }
        return clientId;
    }

    /** Camel pads the segments and writes {@code exp} as text; Salesforce lets both pass. */
    private Caller jwt(String assertion) {
        String[] segments = assertion.split("\\.");
        if (segments.length != 3) {
            throw new OAuthException("invalid_grant", "invalid assertion");
        }
        JsonNode claims;
        try {
            claims = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(segments[1].getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | IOException e) {
            throw new OAuthException("invalid_grant", "invalid assertion");
        }
        if (claims.path("aud").asText().isBlank()) {
            throw new OAuthException("invalid_grant", "Audience validation failed");
        }
        if (claims.path("sub").asText().isBlank()) {
            throw new OAuthException("invalid_grant", "user hasn't approved this consumer");
        }
        if (claims.path("exp").asLong() <= org.now().getEpochSecond()) {
            throw new OAuthException("invalid_grant", "expired authorization code");
        }
        return new Caller(
                known(claims.path("iss").asText()), userId(claims.path("sub").asText()));
    }

    private static String userId(String username) {
        return username.equals(Org.PERSON_USERNAME) ? Org.PERSON_ID : Org.USER_ID;
    }

    private ApiResponse granted(ApiRequest request, Map<String, String> form, Caller caller) {
        String instance = "http://" + request.header("host");
        String issuedAt = String.valueOf(org.now().toEpochMilli());
        var answer = Json.object()
                .put("access_token", sessions.open(caller))
                .put("signature", Base64.getEncoder().encodeToString(issuedAt.getBytes(StandardCharsets.UTF_8)))
                .put("scope", "api")
                .put("instance_url", instance)
                .put("id", instance + "/id/" + Org.ORG_ID + "/" + caller.userId())
                .put("token_type", "Bearer")
                .put("issued_at", issuedAt);
        if (form.getOrDefault("grant_type", "").equals("client_credentials")) {
            answer.put("api_instance_url", instance);
        }
        return ApiResponse.json(200, answer);
    }

    private static void basicCredentials(ApiRequest request, Map<String, String> form) {
        String header = request.header("authorization");
        if (header.startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            form.putIfAbsent("client_id", colon < 0 ? pair : pair.substring(0, colon));
            form.putIfAbsent("client_secret", colon < 0 ? "" : pair.substring(colon + 1));
        }
    }

    private static String required(Map<String, String> form, String name) {
        String value = form.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new OAuthException("invalid_request", "missing required parameter: " + name);
        }
        return value;
    }
}

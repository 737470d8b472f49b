package dev.crmsync.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An OpenID provider over HTTP with RSA keys, at which somebody is signed in already. It checks the client, the code, the
 * redirect URL and PKCE; a test says who the person is, and what is wrong with the next ID token.
 */
final class OpenIdProvider implements AutoCloseable {

    static final String CLIENT = "crm-sync";
    static final String SECRET = "client-secret";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile Key published = new Key("first");
    private volatile Key signing = published;
    private volatile CountDownLatch silent = new CountDownLatch(0);
    private final AtomicInteger descriptionsAsked = new AtomicInteger();
    private final AtomicInteger keysAsked = new AtomicInteger();
    private final AtomicInteger introspections = new AtomicInteger();
    private volatile String algorithm = "RS256";
    private volatile Map<String, Object> header = Map.of();
    private volatile Map<String, Object> claims = Map.of();

    /** A key pair with its name. */
    private record Key(String id, KeyPair pair) {

        Key(String id) {
            this(id, newPair());
        }

        private static KeyPair newPair() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    OpenIdProvider() throws IOException {
        // Not "localhost", where the console is: for browsers the two are different sites.
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> {
            descriptionsAsked.incrementAndGet();
            awaitEndOfSilence();
            json(exchange, description());
        });
        server.createContext("/keys", exchange -> {
            keysAsked.incrementAndGet();
            json(exchange, Map.of("keys", List.of(jwk())));
        });
        server.createContext("/introspect", exchange -> {
            introspections.incrementAndGet();
            json(exchange, claims);
        });
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext(
                "/logout",
                exchange -> redirect(
                        exchange,
                        parameters(exchange.getRequestURI().getRawQuery()).get("post_logout_redirect_uri")));
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on this person is signed in, and tokens are as they should be. */
    void person(String name, List<String> roles) {
        claims = Map.of("preferred_username", name, "realm_access", Map.of("roles", roles));
        signing = published;
        algorithm = "RS256";
        header = Map.of();
    }

    /** The headers of tokens say that besides. */
    void head(String name, Object value) {
        header = Map.of(name, value);
    }

    /** Tokens say something else from now on. */
    void lie(String claim, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(claim, value);
        claims = changed;
    }

    /** Tokens are signed with a key that nobody published, under the name of the published one. */
    void forge() {
        signing = new Key(published.id());
    }

    /** Tokens say that they need no signature. */
    void leaveUnsigned() {
        algorithm = "none";
    }

    /** Takes a new key into use. */
    void rotate() {
        published = new Key("next");
        signing = published;
    }

    /** A token for a program of that person; it is no part of a sign-in. */
    String token() {
        try {
            return idToken(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes requests from now on, and answers none. */
    void fallSilent() {
        silent = new CountDownLatch(1);
    }

    /** Answers again, also what has waited. */
    void speak() {
        silent.countDown();
    }

    private void awaitEndOfSilence() {
        try {
            silent.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often somebody asked for the description. */
    int descriptionsAsked() {
        return descriptionsAsked.get();
    }

    /** How often somebody asked for the keys. */
    int keysAsked() {
        return keysAsked.get();
    }

    /** How often somebody asked what a token means. */
    int introspections() {
        return introspections.get();
    }

    private Map<String, Object> description() {
        return Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/keys",
                "introspection_endpoint", issuer() + "/introspect",
                "end_session_endpoint", issuer() + "/logout",
                "response_types_supported", List.of("code"),
                "grant_types_supported", List.of("authorization_code"));
    }

    private Map<String, String> jwk() {
        RSAPublicKey key = (RSAPublicKey) published.pair().getPublic();
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                published.id(),
                "n",
                base64(unsigned(key.getModulus())),
                "e",
                base64(unsigned(key.getPublicExponent())));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        boolean isRight = CLIENT.equals(asked.get("client_id"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"))
                && asked.getOrDefault("scope", "").contains("openid");
        String code = "code-" + codes.size();
        codes.put(code, asked);
        redirect(
                exchange,
                asked.get("redirect_uri") + (isRight ? "?code=" + code : "?error=invalid_request") + "&state="
                        + asked.get("state"));
    }

    private void token(HttpExchange exchange) throws IOException {
        awaitEndOfSilence();
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String client = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes());
        if (asked == null
                || !client.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !asked.get("redirect_uri").equals(form.get("redirect_uri"))
                || !asked.get("code_challenge").equals(base64(sha256(form.getOrDefault("code_verifier", ""))))) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        json(
                exchange,
                Map.of(
                        "access_token",
                        "opaque",
                        "token_type",
                        "Bearer",
                        "expires_in",
                        300,
                        "id_token",
                        idToken(asked.get("nonce"))));
    }

    private String idToken(String nonce) throws IOException {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> all =
                new HashMap<>(Map.of("iss", issuer(), "aud", CLIENT, "sub", "person-1", "iat", now, "exp", now + 300));
        if (nonce != null) {
            all.put("nonce", nonce);
        }
        all.putAll(claims);
        Map<String, Object> head = new HashMap<>(header);
        head.put("alg", algorithm);
        head.put("kid", signing.id());
        String signed = base64(JSON.writeValueAsBytes(head)) + "." + base64(JSON.writeValueAsBytes(all));
        if (algorithm.equals("none")) {
            return signed + ".";
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signing.pair().getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void json(HttpExchange exchange, Object value) throws IOException {
        answer(exchange, 200, value);
    }

    private static void answer(HttpExchange exchange, int status, Object value) throws IOException {
        byte[] body = JSON.writeValueAsBytes(value);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        speak();
        server.stop(0);
    }
}

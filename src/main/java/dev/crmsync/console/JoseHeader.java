package dev.crmsync.console;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The first part of a signed token, which says how to read it; to be believed once the signature holds. */
record JoseHeader(JsonObject json) {

    /** @throws IllegalArgumentException unless that is a token of the three parts of RFC 7515, 7.1 */
    static JoseHeader of(String token) {
        byte[] header = Base64.getUrlDecoder().decode(token.split("\\.", 2)[0]);
        try {
            return new JoseHeader(new JsonObject(new String(header, StandardCharsets.UTF_8)));
        } catch (DecodeException malformed) {
            throw new IllegalArgumentException("The token's header is no JSON object", malformed);
        }
    }

    /**
     * Whether it asks for nothing that is not done here: what {@code crit} names must be understood or the token refused (<a
     * href="https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11">RFC 7515, 4.1.11</a>), and none of it is.
     */
    boolean isUnderstood() {
        return !json.containsKey("crit");
    }

    /** Whether it says itself that it is an access token (<a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.1">RFC 9068, 2.1</a>). */
    boolean isAccessToken() {
        return type().equals("at+jwt");
    }

    /** Whether it says no more than that it is a token. */
    boolean isOfNoType() {
        return !json.containsKey("typ") || type().equals("jwt");
    }

    private String type() {
        String type = String.valueOf(json.getValue("typ")).toLowerCase(Locale.ROOT);
        return type.startsWith("application/") ? type.substring("application/".length()) : type;
    }
}

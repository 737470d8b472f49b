package dev.crmsync.console;

/**
 * One attempt to sign in at an OpenID provider. All that must come back unchanged is derived from a token that only the
 * browser holds, in a cookie, so that the answer may reach another replica, and no other browser can bring it.
 */
record OidcAttempt(Token token) {

    static OidcAttempt begin() {
        return new OidcAttempt(Token.random());
    }

    /** Ties the answer to the browser. */
    String state() {
        return token.derive("state");
    }

    /** Ties the ID token to the attempt. */
    String nonce() {
        return token.derive("nonce");
    }

    /** PKCE's secret, RFC 7636: without it a stolen code is worth nothing. */
    String verifier() {
        return token.derive("verifier");
    }

    String challenge() {
        return Token.sha256(verifier());
    }
}

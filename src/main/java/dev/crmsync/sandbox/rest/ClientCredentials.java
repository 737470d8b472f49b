package dev.crmsync.sandbox.rest;

/** The one client that may log in. */
public record ClientCredentials(String id, String secret) {
    public ClientCredentials {
        if (id.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("Client id and secret of the sandbox must both be given, or neither");
        }
    }
}

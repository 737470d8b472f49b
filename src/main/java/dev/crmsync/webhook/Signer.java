package dev.crmsync.webhook;

/** Signs bodies as a sender does: for the {@code send} and {@code demo} commands, and for tests. */
@FunctionalInterface
public interface Signer {

    /** One delivery attempt of this body, signed now. */
    SignedRequest sign(byte[] body);
}

package dev.crmsync.webhook;

/** An authentic request whose content type says that its body is no JSON. */
public final class NotJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    NotJsonException() {
        super("The content type must be JSON, or absent", null, false, false);
    }
}

package dev.crmsync.check.jq;

/** A text that is not jq as this package reads it. */
public final class JqSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JqSyntaxException(String message) {
        super(message);
    }
}

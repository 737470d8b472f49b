package dev.crmsync.webhook;

/** An authentic body that cannot become an event. The message says why, without anything of the body. */
final class UnreadableException extends Exception {

    UnreadableException(String message) {
        super(message, null, false, false);
    }
}

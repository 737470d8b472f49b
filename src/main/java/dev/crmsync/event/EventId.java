package dev.crmsync.event;

/**
 * Names one event for ever: the sender's own id, which stays the same over every retry and replay of the sender.
 *
 * @param source the sender, such as {@code pivotal}
 * @param value the sender's id, at most {@value #MAX_LENGTH} characters
 */
public record EventId(String source, String value) {

    public static final int MAX_LENGTH = 256;

    public EventId {
        Require.text("source", source);
        Require.text("event id", value);
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Event id has " + value.length() + " characters, at most " + MAX_LENGTH
                    + " are kept: use a shorter expression for \"id\" in the envelope of " + source);
        }
    }

    @Override
    public String toString() {
        return source + ":" + value;
    }
}

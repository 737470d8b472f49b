package dev.crmsync.event;

import java.util.Optional;

/** Which payloads an event may take when a person edits it. */
@FunctionalInterface
public interface EditRule {

    /**
     * Holds a payload against the event that is to take it.
     *
     * @param payload JSON text
     * @return why not, in words for who edits; empty when it may
     */
    Optional<String> refusal(Event event, String payload);
}

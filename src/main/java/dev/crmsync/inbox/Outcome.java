package dev.crmsync.inbox;

import dev.crmsync.event.EventState;

/**
 * What one attempt did to one claimed event. An event of a claim without an outcome stays pending and is charged nothing.
 *
 * @param eventId the {@link ClaimedEvent#id()}
 * @param state {@code PENDING} when it shall be tried again
 * @param reason why it ended so, for a person; null where the state says it all
 * @param upserts the records sent and their Salesforce ids, JSON text, or null
 * @param failure null unless the attempt failed
 * @param known true when Salesforce has a record of the event's subject
 */
public record Outcome(
        long eventId, EventState state, String reason, String upserts, FailedAttempt failure, boolean known) {

    private static final int MAX_REASON = 2_000;

    public Outcome {
        if (state == null || state == EventState.DISCARDED) {
            throw new IllegalArgumentException("No attempt ends in state: " + state);
        }
        reason = Texts.storable(reason, MAX_REASON);
    }

    public static Outcome delivered(long eventId, String upserts) {
        return new Outcome(eventId, EventState.DELIVERED, null, upserts, null, true);
    }

    public static Outcome superseded(long eventId, String reason) {
        return new Outcome(eventId, EventState.SUPERSEDED, reason, null, null, false);
    }

    public static Outcome ignored(long eventId, String reason) {
        return new Outcome(eventId, EventState.IGNORED, reason, null, null, false);
    }

    public static Outcome dead(long eventId, String reason, FailedAttempt failure) {
        return new Outcome(eventId, EventState.DEAD, reason, null, failure, false);
    }

    public static Outcome retry(long eventId, FailedAttempt failure) {
        return new Outcome(eventId, EventState.PENDING, null, null, failure, false);
    }
}

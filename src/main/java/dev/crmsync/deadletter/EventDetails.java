package dev.crmsync.deadletter;

import dev.crmsync.inbox.FailedAttempt;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.inbox.Waiting;
import java.util.List;

/**
 * All that is known of one event.
 *
 * @param waiting null unless it is pending
 * @param deadLetter what went wrong when it last became a dead letter, also after a replay; or null
 * @param failures its failed attempts, oldest first, also those before a replay
 * @param originalPayload the payload as received, if a person has replaced it since; or null
 */
public record EventDetails(
        StoredEvent stored,
        Waiting waiting,
        DeadLetter deadLetter,
        List<FailedAttempt> failures,
        String originalPayload) {}

package dev.crmsync.deadletter;

import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.Waiting;
import java.time.Instant;

/**
 * One event as a line of a list, without its payload.
 *
 * @param id the inbox's own number
 * @param reason why it is in that state, or null
 * @param attempts how often it was tried since it last became pending
 * @param finishedAt when it reached that state, or null while pending
 * @param waiting null unless it is pending
 * @param deadLetter what is wrong with it, or null unless it is dead
 */
public record EventLine(
        long id,
        EventId eventId,
        String type,
        String tenant,
        String subject,
        boolean live,
        EventState state,
        String reason,
        int attempts,
        Instant receivedAt,
        Instant finishedAt,
        Waiting waiting,
        DeadLetter deadLetter) {}

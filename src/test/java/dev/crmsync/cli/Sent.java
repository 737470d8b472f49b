package dev.crmsync.cli;

import dev.crmsync.event.EventId;
import java.util.List;

/**
 * One delivery that was posted.
 *
 * @param status what it was answered with
 * @param body the bytes of the answer
 * @param ids under which the inbox may hold the event: readable or not
 */
record Sent(int status, byte[] body, List<EventId> ids) {}

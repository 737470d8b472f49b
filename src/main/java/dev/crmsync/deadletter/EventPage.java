package dev.crmsync.deadletter;

import java.time.Instant;
import java.util.List;

/**
 * A part of the history, newest first.
 *
 * @param next where to go on, or null at the end
 * @param searchedBackTo null, or that the page is short because the search was bounded: older events than that were not
 *     looked at yet
 */
public record EventPage(List<EventLine> events, Cursor next, Instant searchedBackTo) {}

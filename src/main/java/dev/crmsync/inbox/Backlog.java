package dev.crmsync.inbox;

import java.time.Instant;

/**
 * What needs doing for one source.
 *
 * @param pending events that wait or are in flight
 * @param oldestPending when the oldest of them was received, or null
 * @param dead events that need a person
 */
public record Backlog(String source, long pending, Instant oldestPending, long dead) {}

package dev.crmsync.deadletter;

import java.time.Instant;

/**
 * One act of a person.
 *
 * @param at when, or null before it is written
 * @param act such as {@code replay}, {@code discard}, {@code pause}
 * @param reason in the person's words, or null
 * @param detail what it was done to: an event, a filter, a job
 * @param events how many events it was done to
 */
public record AuditEntry(Instant at, String who, String act, String reason, String detail, long events) {}

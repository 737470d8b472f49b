package dev.crmsync.deadletter;

/**
 * How many events match.
 *
 * @param isExact false when there may be more: counting stopped after a bounded search
 */
public record EventCount(long events, boolean isExact) {}

package dev.crmsync.event;

/**
 * Marks an exception that ended a delivery without saying anything about its event: nothing was tried, or nobody was there.
 * It uses up no attempt.
 */
public interface NoAttempt {}

package dev.crmsync.deadletter;

import java.time.Instant;

/**
 * What went wrong with an event that needs a person.
 *
 * @param errorClass such as {@code permanent}, {@code transient} or {@code mapping}
 * @param errorCode Salesforce's, or our own, or null
 * @param field the fields complained about, or null
 * @param message Salesforce's own words, or null
 * @param routeId the route that failed
 * @param remedy what to do about it
 * @param fingerprint what alike failures share
 */
public record DeadLetter(
        String errorClass,
        String errorCode,
        String field,
        String message,
        String routeId,
        String remedy,
        Instant failedAt,
        String fingerprint) {}

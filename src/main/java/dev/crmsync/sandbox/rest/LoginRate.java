package dev.crmsync.sandbox.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Logins in the last hour; Salesforce blocks a user that exceeds 3600. */
final class LoginRate {
    private final Deque<Instant> logins = new ArrayDeque<>();

    /** Counts a login unless the limit is reached; whether it was counted. */
    synchronized boolean take(Instant now, int perHour) {
        Instant anHourAgo = now.minus(Duration.ofHours(1));
        while (!logins.isEmpty() && !logins.getFirst().isAfter(anHourAgo)) {
            logins.removeFirst();
        }
        if (logins.size() >= perHour) {
            return false;
        }
        logins.addLast(now);
        return true;
    }

    synchronized void clear() {
        logins.clear();
    }
}

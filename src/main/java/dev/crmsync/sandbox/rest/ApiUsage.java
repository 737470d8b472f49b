package dev.crmsync.sandbox.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** API requests in the last 24 hours, counted by the hour. */
public final class ApiUsage {
    private static final long WINDOW_HOURS = 24;

    private final Deque<Hour> hours = new ArrayDeque<>();

    private static final class Hour {
        private final long number;
        private int requests;

        private Hour(long number) {
            this.number = number;
        }
    }

    /** Counts a request unless that would exceed the quota; whether it was counted. */
    synchronized boolean take(Instant now, int quota) {
        if (used(now) >= quota) {
            return false;
        }
        long hour = hour(now);
        if (hours.isEmpty() || hours.getLast().number != hour) {
            hours.addLast(new Hour(hour));
        }
        hours.getLast().requests++;
        return true;
    }

    /** How many requests the last 24 hours saw. */
    public synchronized int used(Instant now) {
        while (!hours.isEmpty() && hours.getFirst().number <= hour(now) - WINDOW_HOURS) {
            hours.removeFirst();
        }
        return hours.stream().mapToInt(hour -> hour.requests).sum();
    }

    /** Pretends that so many requests were made just now, and none before. */
    public synchronized void set(Instant now, int used) {
        hours.clear();
        Hour hour = new Hour(hour(now));
        hour.requests = used;
        hours.addLast(hour);
    }

    private static long hour(Instant now) {
        return now.getEpochSecond() / Duration.ofHours(1).toSeconds();
    }
}

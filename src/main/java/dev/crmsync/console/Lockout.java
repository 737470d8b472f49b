package dev.crmsync.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes guessing passwords slow: after too many failures whoever is counted must wait. */
final class Lockout {

    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 10_000;

    private record Failures(int count, Instant last) {}

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    Lockout(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean isLocked(String key, int mostFailures) {
        Failures known = failures.get(key);
        return known != null
                && known.count() >= mostFailures
                && clock.instant().isBefore(known.last().plus(WAIT));
    }

    synchronized void failed(String key) {
        Instant now = clock.instant();
        Failures known = failures.remove(key);
        boolean isOld = known == null || now.isAfter(known.last().plus(WAIT));
        failures.put(key, new Failures(isOld ? 1 : known.count() + 1, now));
        if (failures.size() > MOST_REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String key) {
        failures.remove(key);
    }
}

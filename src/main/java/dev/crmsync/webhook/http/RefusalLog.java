package dev.crmsync.webhook.http;

import dev.crmsync.webhook.NotAuthenticException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why requests are refused: a route's first refusal at once, what follows once a minute with its number, however many
 * there are. Anybody on the internet can cause one, and a sender's misconfiguration looks no different at first.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    /** The latest words for each reason: they differ in figures, such as a time's age. */
    private static final class Refusals {

        private final Map<NotAuthenticException.Reason, Long> counts = new TreeMap<>();
        private final Map<NotAuthenticException.Reason, String> words = new TreeMap<>();
        private Instant logged = Instant.EPOCH;
    }

    private final Clock clock;
    private final Map<String, Refusals> byRoute = new TreeMap<>();

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String route, NotAuthenticException refusal) {
        Refusals refusals = byRoute.computeIfAbsent(route, any -> new Refusals());
        refusals.counts.merge(refusal.getReason(), 1L, Long::sum);
        refusals.words.put(refusal.getReason(), refusal.getMessage());
        logIfDue(route, refusals);
    }

    /** Logs what has waited for a minute. */
    synchronized void flush() {
        byRoute.forEach(this::logIfDue);
    }

    private void logIfDue(String route, Refusals refusals) {
        Instant now = clock.instant();
        if (refusals.counts.isEmpty() || now.isBefore(refusals.logged.plus(QUIET))) {
            return;
        }
        LOG.warn("{} refused requests: {}", route, inWords(refusals));
        refusals.counts.clear();
        refusals.words.clear();
        refusals.logged = now;
    }

    private static String inWords(Refusals refusals) {
        return refusals.counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().label() + " ("
                        + refusals.words.get(count.getKey()) + ")")
                .collect(Collectors.joining(", "));
    }
}

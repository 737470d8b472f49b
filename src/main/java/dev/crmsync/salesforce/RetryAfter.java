package dev.crmsync.salesforce;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Remembers the latest {@code Retry-After} of an answer. camel-salesforce keeps no header but {@code Sforce-*}, so this
 * listens to the headers as its HTTP client reads them.
 */
final class RetryAfter implements Request.Listener {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private volatile Instant until = Instant.EPOCH;

    RetryAfter(Clock clock) {
        this.clock = clock;
    }

    /** How long Salesforce asked us to wait from now on; zero when it did not, or that has passed. */
    Duration remaining() {
        Duration remaining = Duration.between(clock.instant(), until);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    @Override
    public void onQueued(Request request) {
        request.onResponseHeader((response, header) -> {
            read(header);
            return true;
        });
    }

    private void read(HttpField header) {
        if (header.getHeader() != HttpHeader.RETRY_AFTER) {
            return;
        }
        try {
            Duration wait = Duration.ofSeconds(Long.parseLong(header.getValue().trim()));
            until = clock.instant().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        } catch (NumberFormatException aDate) {
            // Salesforce sends seconds
        }
    }
}

package dev.crmsync.salesforce;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Remembers the latest {@code Retry-After} of an answer. camel-salesforce keeps no header but {@code Sforce-*}, so this
 * looks at answers as they come in, and never handles one.
 */
final class RetryAfter implements ProtocolHandler {

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
    public String getName() {
        return "retry-after";
    }

    @Override
    public boolean accept(Request request, Response response) {
        String value = response.getHeaders().get(HttpHeader.RETRY_AFTER);
        if (value != null) {
            try {
                Duration wait = Duration.ofSeconds(Long.parseLong(value.trim()));
                until = clock.instant().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
            } catch (NumberFormatException aDate) {
                // Salesforce sends seconds
            }
        }
        return false;
    }

    @Override
    public Response.Listener getResponseListener() {
        throw new IllegalStateException("This handler accepts no response");
    }
}

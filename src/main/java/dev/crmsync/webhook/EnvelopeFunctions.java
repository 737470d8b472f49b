package dev.crmsync.webhook;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * What envelopes can say beyond plain jq:
 *
 * <ul>
 *   <li>{@code message_created_at(header("svix-id"); header("svix-timestamp"))}: when a message of Svix was created, an ISO
 *       8601 instant with milliseconds. Its id says so ({@link SvixMessageId}), the same in every attempt to deliver it; the
 *       timestamp, in seconds since 1970, is that of the attempt, and counts where the id says nothing plausible. Null
 *       where there is no timestamp, as in requests that are signed otherwise.
 * </ul>
 */
public final class EnvelopeFunctions {

    /**
     * How far an id may be dated after the attempt. An attempt's time is cut to the second, and another machine of the sender
     * may have made the id; their clocks differ by far less than those of sender and receiver, for which five minutes are
     * allowed.
     */
    static final Duration MAX_AHEAD = Duration.ofMinutes(1);

    /**
     * How long before an attempt its message may have been created: people can have a message sent again for as long as Svix
     * keeps it, 90 days, and Svix's own attempts may go on for two days after that.
     *
     * @see <a href="https://docs.svix.com/retention">payload retention</a>
     */
    static final Duration MAX_AGE = Duration.ofDays(92);

    private EnvelopeFunctions() {}

    /** The functions by jq name and number of arguments. */
    public static Map<String, Function> all() {
        return Map.of(
                "message_created_at/2",
                (scope, args, in, path, output, version) -> args.get(0)
                        .apply(
                                scope,
                                in,
                                id -> args.get(1)
                                        .apply(
                                                scope,
                                                in,
                                                attempt -> output.emit(messageCreatedAt(id, attempt), null))));
    }

    private static JsonNode messageCreatedAt(JsonNode id, JsonNode attempt) throws JsonQueryException {
        if (attempt.isNull()) {
            return NullNode.getInstance();
        }
        Instant attempted = attempted(attempt);
        Instant created = SvixMessageId.createdAt(id.asText())
                .filter(time -> isPlausible(time, attempted))
                .orElse(attempted);
        return TextNode.valueOf(ITU.formatUtcMilli(created.atOffset(ZoneOffset.UTC)));
    }

    /** Other senders may use ids that only look like Svix's. */
    private static boolean isPlausible(Instant created, Instant attempted) {
        return !created.isAfter(attempted.plus(MAX_AHEAD)) && !created.isBefore(attempted.minus(MAX_AGE));
    }

    private static Instant attempted(JsonNode seconds) throws JsonQueryException {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds.asText()));
        } catch (NumberFormatException | DateTimeException e) {
            throw new JsonQueryException("The time of the attempt must be whole seconds since 1970");
        }
    }
}

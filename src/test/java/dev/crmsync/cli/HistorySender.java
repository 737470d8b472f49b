package dev.crmsync.cli;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.inbox.InboxUnavailableException;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.model.Change;
import dev.crmsync.model.History;
import dev.crmsync.webhook.SvixIds;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Sends the webhooks of one history, one after the other, and replays some of its events in between. */
final class HistorySender implements Runnable {

    private static final Duration RETRIES = Duration.ofSeconds(60);
    private static final Duration AT_MOST_FOR_AN_END = Duration.ofMillis(300);
    private static final Duration TOLERATED = Duration.ofMinutes(4);

    private final History history;
    private final Random random;
    private final Supplier<TestApplication> replica;
    private final Map<Integer, String> messageIds = new HashMap<>();
    private final Map<Integer, Sent> sent = new HashMap<>();

    /** @param replica one of the applications that run */
    HistorySender(History history, Random random, Supplier<TestApplication> replica) {
        this.history = history;
        this.random = random;
        this.replica = replica;
    }

    @Override
    public void run() {
        for (int number : history.arrivals()) {
            sent.put(number, sendUntilAccepted(history.change(number)));
            if (random.nextInt(3) == 0) {
                letItEnd(number);
            }
            if (random.nextInt(6) == 0) {
                replayOne();
            }
        }
    }

    History history() {
        return history;
    }

    /** The event of a change. */
    Optional<StoredEvent> event(int number) {
        return replica.get().stored(sent.get(number));
    }

    /** Replays some event that has ended, if the one that chance picks has. */
    void replayOne() {
        List<Integer> numbers = new ArrayList<>(sent.keySet());
        int number = numbers.get(random.nextInt(numbers.size()));
        ended(number).ifPresent(event -> {
            try {
                replica.get().inbox().replays().requeue(List.of(event.id()));
            } catch (InboxUnavailableException crashed) {
                // then it is not replayed
            }
        });
    }

    private void letItEnd(int number) {
        try {
            await().dontCatchUncaughtExceptions()
                    .atMost(AT_MOST_FOR_AN_END)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> ended(number).isPresent());
        } catch (ConditionTimeoutException waits) {
            // for a record that comes later, or for Salesforce
        }
    }

    private Optional<StoredEvent> ended(int number) {
        try {
            return event(number).filter(event -> event.state().isEnd());
        } catch (InboxUnavailableException crashed) {
            return Optional.empty();
        }
    }

    private Sent sendUntilAccepted(Change change) {
        return await().dontCatchUncaughtExceptions()
                .atMost(RETRIES)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(UncheckedIOException.class)
                .until(() -> send(replica.get().sender(), change), answer -> answer.status() == 202);
    }

    private Sent send(TestSender sender, Change change) {
        byte[] body = change.body().toString().getBytes(StandardCharsets.UTF_8);
        return switch (change.way()) {
            case PIVOTAL -> sender.pivotal(body);
            case PLAIN -> sender.plain(attempt(change.body()));
            case EMPORIX_HTTP -> sender.emporixOverHttp(change.type(), body);
            case EMPORIX_SVIX -> {
                String id = messageIds.computeIfAbsent(change.number(), any -> SvixIds.at(change.at()));
                long offset = random.nextLong(-TOLERATED.toMillis(), TOLERATED.toMillis());
                Clock attempt = Clock.offset(Clock.systemUTC(), Duration.ofMillis(offset));
                yield sender.emporixOverSvix(change.type(), id, attempt, body);
            }
        };
    }

    /** Plain signs the time of the attempt in the body. */
    private static byte[] attempt(ObjectNode body) {
        ObjectNode attempt = body.deepCopy();
        attempt.putObject("webhookMetadata")
                .put("webhookDeliveryAttemptTimestamp", Instant.now().toString());
        return attempt.toString().getBytes(StandardCharsets.UTF_8);
    }
}

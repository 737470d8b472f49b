package dev.crmsync.console;

import dev.crmsync.inbox.Activity;
import dev.crmsync.inbox.Backlog;
import dev.crmsync.inbox.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers how each source stands. */
final class SourceCards {

    private final ConsoleData data;

    SourceCards(ConsoleData data) {
        this.data = data;
    }

    List<SourceCard> of(List<Pause> pauses) {
        Instant now = data.clock().instant();
        Instant from = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(Chart.MINUTES - 1));
        List<Activity.Minute> minutes = data.activity().since(from);
        Map<String, Backlog> backlog = data.inbox().counts().backlog().stream()
                .collect(Collectors.toMap(Backlog::source, Function.identity()));
        Map<String, Pause> byScope = pauses.stream().collect(Collectors.toMap(Pause::scope, Function.identity()));
        Pause all = byScope.get(Pause.ALL);
        Set<String> undelivered = data.routes().undelivered();
        Set<String> delivered = data.routes().delivered();
        return Stream.concat(data.deadLetters().history().sources().stream(), undelivered.stream())
                .distinct()
                .sorted()
                .map(source -> {
                    Backlog waiting = backlog.getOrDefault(source, new Backlog(source, 0, null, 0));
                    return new SourceCard(
                            source,
                            Chart.of(source, minutes, from),
                            waiting.pending(),
                            waiting.oldestPending(),
                            waiting.oldestPending() == null
                                    ? null
                                    : Display.age(Duration.between(waiting.oldestPending(), now)),
                            waiting.dead(),
                            all == null ? byScope.get("source:" + source) : all,
                            delivered.contains(source) || waiting.pending() == 0 && !undelivered.contains(source));
                })
                .toList();
    }
}

package dev.crmsync.console;

import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayForecast;
import dev.crmsync.deadletter.ReplayJobs;
import dev.crmsync.deadletter.ReplayRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out what a replay would do, without doing it. */
final class ReplayPreviews {

    private static final int MOST_TRIED = 50;

    private final ConsoleData data;

    ReplayPreviews(ConsoleData data) {
        this.data = data;
    }

    /** @param chosen events chosen one by one; or empty, and the filter says which */
    ReplayPreview of(EventFilter filter, List<Long> chosen) {
        ReplayJobs jobs = data.deadLetters().jobs();
        List<PreviewLine> sample = jobs.newestOf(asked(filter, chosen), MOST_TRIED).stream()
                .flatMap(id -> data.inbox().events().find(id).stream())
                .map(event -> new PreviewLine(
                        event, data.preview().of(event, event.event().payload())))
                .toList();
        Map<String, Integer> outcomes = new TreeMap<>();
        sample.forEach(line -> outcomes.merge(line.result().outcome(), 1, Integer::sum));
        return new ReplayPreview(filter, chosen, jobs.count(asked(filter, chosen)), sample, outcomes);
    }

    /** How many of all of them are overtaken, not of a sample: takes longer. */
    ReplayForecast forecast(EventFilter filter, List<Long> chosen) {
        return data.deadLetters().jobs().forecast(asked(filter, chosen));
    }

    private static ReplayRequest asked(EventFilter filter, List<Long> chosen) {
        return new ReplayRequest("preview", "preview", "preview", filter, chosen, ReplayRequest.DEFAULT_RATE);
    }
}

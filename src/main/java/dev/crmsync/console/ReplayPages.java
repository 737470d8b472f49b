package dev.crmsync.console;

import dev.crmsync.deadletter.EventDetails;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.EventLine;
import dev.crmsync.deadletter.ReplayJob;
import dev.crmsync.deadletter.ReplayJobs;
import dev.crmsync.deadletter.ReplayRequest;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Replays of many events: a preview first, then a job with its progress. */
final class ReplayPages {

    private static final int MOST_PREVIEWED = 50;

    private final ConsoleData data;
    private final Renderer renderer;

    ReplayPages(ConsoleData data, Renderer renderer) {
        this.data = data;
        this.renderer = renderer;
    }

    void list(RoutingContext request) {
        renderer.render(request, "jobs", "Replays", "replays", Map.of("jobs", jobs().newest(100)));
    }

    /** What a replay of all that match would do. */
    void previewOfFilter(RoutingContext request) {
        preview(request, Forms.filter(request.queryParams()), List.of());
    }

    /** What a replay of the chosen would do. */
    void previewOfChosen(RoutingContext request) {
        List<Long> ids = Forms.ids(request);
        if (ids.isEmpty()) {
            throw new ConsoleException(400, "Choose at least one event.");
        }
        preview(request, EventFilter.ANY, ids);
    }

    private void preview(RoutingContext request, EventFilter filter, List<Long> chosen) {
        ReplayRequest asked =
                new ReplayRequest("preview", "preview", "preview", filter, chosen, ReplayRequest.DEFAULT_RATE);
        long matched = jobs().matching(asked);
        List<PreviewLine> lines = previews(filter, chosen);
        Map<String, Integer> outcomes = new TreeMap<>();
        lines.forEach(line -> outcomes.merge(line.result().outcome(), 1, Integer::sum));
        Map<String, Object> model = new HashMap<>();
        model.put("filter", filter);
        model.put("chosen", chosen);
        model.put("matched", matched);
        model.put("lines", lines);
        model.put("outcomes", outcomes);
        renderer.render(request, "preview", "Replay: preview", "replays", model);
    }

    private List<PreviewLine> previews(EventFilter filter, List<Long> chosen) {
        List<Long> ids = chosen.isEmpty()
                ? data.deadLetters().history().page(filter, null, MOST_PREVIEWED).events().stream()
                        .map(EventLine::id)
                        .toList()
                : chosen;
        List<PreviewLine> lines = new ArrayList<>();
        for (long id : ids.subList(0, Math.min(MOST_PREVIEWED, ids.size()))) {
            Optional<EventDetails> details = data.deadLetters().find(id);
            details.ifPresent(found -> lines.add(new PreviewLine(
                    found.stored(),
                    data.preview().of(found.stored(), found.stored().event().payload()))));
        }
        return lines;
    }

    void create(RoutingContext request) {
        MultiMap form = request.request().formAttributes();
        ReplayJob job = jobs().create(new ReplayRequest(
                Forms.required(request, "name"),
                Forms.required(request, "reason"),
                Access.current(request).user().name(),
                Forms.ids(request).isEmpty() ? Forms.filter(form) : EventFilter.ANY,
                Forms.ids(request),
                (int) Forms.number(Forms.required(request, "rate"))));
        Forms.done(request, "/replays/" + job.id(), "The replay has begun.");
    }

    void show(RoutingContext request) {
        String template = request.request().getHeader("HX-Request") == null ? "job" : "jobStatus";
        renderer.render(request, template, "Replay", "replays", Map.of("job", find(request)));
    }

    private ReplayJob find(RoutingContext request) {
        return jobs().find(Forms.number(request.pathParam("id")))
                .orElseThrow(() -> new ConsoleException(404, "There is no such replay."));
    }

    void pause(RoutingContext request) {
        change(request, jobs().pause(find(request).id(), who(request)), "Paused.");
    }

    void resume(RoutingContext request) {
        change(request, jobs().resume(find(request).id(), who(request)), "Goes on.");
    }

    void cancel(RoutingContext request) {
        change(
                request,
                jobs().cancel(find(request).id(), who(request)),
                "Cancelled. What was not replayed yet is as it was.");
    }

    private static void change(RoutingContext request, boolean changed, String notice) {
        Forms.done(
                request,
                "/replays/" + request.pathParam("id"),
                changed ? notice : "Nothing was done: the replay has changed meanwhile.");
    }

    private static String who(RoutingContext request) {
        return Access.current(request).user().name();
    }

    private ReplayJobs jobs() {
        return data.deadLetters().jobs();
    }
}

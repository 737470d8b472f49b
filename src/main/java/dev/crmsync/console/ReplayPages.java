package dev.crmsync.console;

import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayForecast;
import dev.crmsync.deadletter.ReplayJob;
import dev.crmsync.deadletter.ReplayJobs;
import dev.crmsync.deadletter.ReplayRequest;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replays of many events: a preview first, then a job with its progress. */
final class ReplayPages {

    private final ConsoleData data;
    private final Renderer renderer;
    private final ReplayPreviews previews;

    ReplayPages(ConsoleData data, Renderer renderer) {
        this.data = data;
        this.renderer = renderer;
        this.previews = new ReplayPreviews(data);
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
        boolean isOfAll =
                !chosen.isEmpty() || "all".equals(request.queryParams().get("forecast"));
        Map<String, Object> model = new HashMap<>();
        model.put("preview", previews.of(filter, chosen));
        model.put("query", filter.toQuery());
        model.put("forecast", isOfAll ? previews.forecast(filter, chosen) : null);
        renderer.render(request, "preview", "Replay: preview", "replays", model);
    }

    /** How many of all are overtaken; fills in what the preview leaves out to be there at once. */
    void forecast(RoutingContext request) {
        ReplayForecast forecast = previews.forecast(Forms.filter(request.queryParams()), List.of());
        renderer.render(request, "forecast", "Replay: preview", "replays", Map.of("forecast", forecast));
    }

    void create(RoutingContext request) {
        MultiMap form = request.request().formAttributes();
        ReplayJob job = jobs().create(new ReplayRequest(
                Forms.required(request, "name"),
                Forms.required(request, "reason"),
                Access.who(request),
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
        change(request, jobs().pause(find(request).id(), Access.who(request)), "Paused.");
    }

    void resume(RoutingContext request) {
        change(request, jobs().resume(find(request).id(), Access.who(request)), "Goes on.");
    }

    void cancel(RoutingContext request) {
        change(
                request,
                jobs().cancel(find(request).id(), Access.who(request)),
                "Cancelled. What was not replayed yet is as it was.");
    }

    private static void change(RoutingContext request, boolean changed, String notice) {
        Forms.done(
                request,
                "/replays/" + request.pathParam("id"),
                changed ? notice : "Nothing was done: the replay has changed meanwhile.");
    }

    private ReplayJobs jobs() {
        return data.deadLetters().jobs();
    }
}

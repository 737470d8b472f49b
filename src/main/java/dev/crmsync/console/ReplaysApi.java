package dev.crmsync.console;

import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayForecast;
import dev.crmsync.deadletter.ReplayJob;
import dev.crmsync.deadletter.ReplayJobs;
import dev.crmsync.deadletter.ReplayJson;
import dev.crmsync.deadletter.ReplayRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Replays of many events. */
final class ReplaysApi {

    private final ReplayJobs jobs;
    private final ReplayPreviews previews;

    ReplaysApi(ConsoleData data) {
        this.jobs = data.deadLetters().jobs();
        this.previews = new ReplayPreviews(data);
    }

    void mount(Api api) {
        api.get("/api/replays", this::list);
        api.post("/api/replays", this::create);
        api.get("/api/replays/preview", this::preview);
        api.get("/api/replays/:id", request -> Api.json(request, 200, job(find(request))));
        api.post("/api/replays/:id/pause", request -> {
            changed(request, jobs.pause(find(request).id(), Access.who(request)));
        });
        api.post("/api/replays/:id/resume", request -> {
            changed(request, jobs.resume(find(request).id(), Access.who(request)));
        });
        api.post("/api/replays/:id/cancel", request -> {
            changed(request, jobs.cancel(find(request).id(), Access.who(request)));
        });
    }

    private void list(RoutingContext request) {
        JsonArray all = new JsonArray();
        jobs.newest(100).forEach(job -> all.add(job(job)));
        Api.json(request, 200, new JsonObject().put("replays", all));
    }

    private void preview(RoutingContext request) {
        List<Long> ids =
                request.queryParams().getAll("id").stream().map(Forms::number).toList();
        EventFilter filter = ids.isEmpty() ? Forms.filter(request.queryParams()) : EventFilter.ANY;
        ReplayPreview preview = previews.of(filter, ids);
        ReplayForecast forecast = previews.forecast(filter, ids);
        JsonArray sample = new JsonArray();
        preview.sample()
                .forEach(line -> sample.add(new JsonObject()
                        .put("id", line.event().id())
                        .put("outcome", line.result().outcome())
                        .put("reason", line.result().reason())));
        JsonObject outcomes = new JsonObject();
        preview.outcomes().forEach(outcomes::put);
        Api.json(
                request,
                200,
                new JsonObject()
                        .put("matched", forecast.matched())
                        .put("isExact", forecast.isExact())
                        .put("overtaken", forecast.overtaken())
                        .put("superseded", forecast.overtaken()) // its name before
                        .put("withoutPayload", forecast.withoutPayload())
                        .put("sampled", preview.sample().size())
                        .put("outcomesOfSample", outcomes)
                        .put("sample", sample));
    }

    private void create(RoutingContext request) {
        JsonBody body = JsonBody.of(request);
        ReplayJob job = jobs.create(new ReplayRequest(
                body.required("name"),
                body.required("reason"),
                Access.who(request),
                body.filter(),
                body.ids(),
                body.number("rate", ReplayRequest.DEFAULT_RATE)));
        Api.json(request, 201, job(job));
    }

    private ReplayJob find(RoutingContext request) {
        return jobs.find(Forms.number(request.pathParam("id")))
                .orElseThrow(() -> new ConsoleException(404, "There is no such replay."));
    }

    private void changed(RoutingContext request, boolean done) {
        Api.json(request, done ? 200 : 409, job(find(request)));
    }

    private static JsonObject job(ReplayJob job) {
        return new JsonObject(ReplayJson.job(job).toString());
    }
}

package dev.crmsync.deadletter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Replay jobs as JSON, for programs. */
public final class ReplayJson {

    private ReplayJson() {}

    public static ObjectNode job(ReplayJob job) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", job.id())
                .put("name", job.name())
                .put("reason", job.reason())
                .put("createdBy", job.createdBy())
                .put("createdAt", job.createdAt().toString());
        ObjectNode filter = json.putObject("filter");
        job.filter().toMap().forEach(filter::put);
        return json.put("chosen", job.chosen())
                .put("rate", job.rate())
                .put("state", job.state().label())
                .put("matched", job.matched())
                .put("requeued", job.requeued())
                .put("skipped", job.skipped())
                .put("remaining", job.remaining())
                .put("waitsForLiveTraffic", job.yields());
    }
}

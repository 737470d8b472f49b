package dev.crmsync.console;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/** Sends sample webhooks through the real front door. */
final class SamplePages {

    private final SentSamples samples;
    private final Renderer renderer;

    SamplePages(ConsoleData data, Renderer renderer) {
        this.samples = new SentSamples(data);
        this.renderer = renderer;
    }

    void show(RoutingContext request) {
        String name = request.queryParams().get("sample");
        Map<String, Object> model = new HashMap<>();
        model.put("names", samples.names());
        model.put("name", name);
        model.put("body", name == null ? null : samples.body(name));
        renderer.render(request, "sample", "Send a sample", "send", model);
    }

    void send(RoutingContext request) {
        String name = Forms.required(request, "sample");
        String body = request.request().getFormAttribute("body");
        int status = samples.send(name, body == null ? "" : body, Access.who(request));
        Forms.done(
                request,
                status == 202 ? "/events" : "/send?sample=" + name,
                status == 202
                        ? "Signed, posted and accepted (202): it is among the newest events."
                        : "Signed and posted, but the answer was " + status + ".");
    }
}

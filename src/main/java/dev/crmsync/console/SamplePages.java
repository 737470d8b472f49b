package dev.crmsync.console;

import dev.crmsync.deadletter.AuditEntry;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/** Sends sample webhooks through the real front door. */
final class SamplePages {

    private final ConsoleData data;
    private final Renderer renderer;

    SamplePages(ConsoleData data, Renderer renderer) {
        this.data = data;
        this.renderer = renderer;
    }

    void show(RoutingContext request) {
        String name = request.queryParams().get("sample");
        Map<String, Object> model = new HashMap<>();
        model.put("names", data.samples().names());
        model.put("name", name);
        model.put("body", name == null ? null : data.samples().body(known(name)));
        renderer.render(request, "sample", "Send a sample", "send", model);
    }

    void send(RoutingContext request) {
        String name = known(Forms.required(request, "sample"));
        String body = request.request().getFormAttribute("body");
        int status = data.samples().send(name, body == null ? "" : body);
        data.deadLetters()
                .audit()
                .record(new AuditEntry(
                        null, Access.current(request).user().name(), "send sample", null, name + " -> " + status, 1));
        Forms.done(
                request,
                status == 202 ? "/events" : "/send?sample=" + name,
                status == 202
                        ? "Signed, posted and accepted (202): it is among the newest events."
                        : "Signed and posted, but the answer was " + status + ".");
    }

    private String known(String name) {
        if (!data.samples().names().contains(name)) {
            throw new ConsoleException(400, "There is no sample of that name.");
        }
        return name;
    }
}

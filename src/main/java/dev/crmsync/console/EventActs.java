package dev.crmsync.console;

import dev.crmsync.deadletter.AuditEntry;
import dev.crmsync.deadletter.EventDetails;
import dev.crmsync.deadletter.PendingEvents;
import dev.crmsync.inbox.DeliveryPreview;
import dev.crmsync.inbox.Interventions;
import dev.crmsync.inbox.StoredEvent;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an operator does with single events. */
final class EventActs {

    private static final String CHANGED = "Nothing was done: the event has changed meanwhile.";

    private final ConsoleData data;
    private final Renderer renderer;
    private final EventPages events;
    private final Access access;

    EventActs(ConsoleData data, Renderer renderer, EventPages events, Access access) {
        this.data = data;
        this.renderer = renderer;
        this.events = events;
        this.access = access;
    }

    void replay(RoutingContext request) {
        StoredEvent event = events.find(request).stored();
        boolean replayed = data.deadLetters()
                .decisions()
                .replay(event.id(), Access.who(request), Forms.required(request, "reason"));
        Forms.done(request, "/events/" + event.id(), replayed ? "Pending again: it is delivered next." : CHANGED);
    }

    void discard(RoutingContext request) {
        StoredEvent event = events.find(request).stored();
        boolean discarded = !data.deadLetters()
                .decisions()
                .discard(List.of(event.id()), Access.who(request), Forms.required(request, "reason"))
                .isEmpty();
        Forms.done(request, "/events/" + event.id(), discarded ? "Discarded." : CHANGED);
    }

    void end(RoutingContext request) {
        PendingEvents pending = data.deadLetters().pending();
        String reason = Forms.required(request, "reason");
        long id = events.find(request).stored().id();
        boolean asDeadLetter = "dead".equals(request.request().getFormAttribute("as"));
        Interventions.Result result = asDeadLetter
                ? pending.bury(id, Access.who(request), reason)
                : pending.discard(id, Access.who(request), reason);
        told(request, id, result, asDeadLetter ? "A dead letter now: it can be replayed." : "Discarded.");
    }

    void resetOrder(RoutingContext request) {
        long id = events.find(request).stored().id();
        Interventions.Reset reset =
                data.deadLetters().pending().resetOrder(id, Access.who(request), Forms.required(request, "reason"));
        told(request, id, reset.result(), PendingEvents.forgotten(reset));
    }

    private static void told(RoutingContext request, long id, Interventions.Result result, String done) {
        Forms.done(request, "/events/" + id, result == Interventions.Result.DONE ? done : PendingEvents.whyNot(result));
    }

    void discardChosen(RoutingContext request) {
        List<Long> ids = Forms.ids(request);
        if (ids.isEmpty()) {
            throw new ConsoleException(400, "Choose at least one dead letter.");
        }
        int discarded = data.deadLetters()
                .decisions()
                .discard(ids, Access.who(request), Forms.required(request, "reason"))
                .size();
        Forms.done(
                request,
                "/dead-letters",
                discarded + " discarded, " + (ids.size() - discarded) + " left alone since they had changed.");
    }

    void reveal(RoutingContext request) {
        StoredEvent event = events.find(request).stored();
        String reason = Forms.required(request, "reason");
        data.deadLetters()
                .audit()
                .record(new AuditEntry(null, Access.who(request), "reveal payload", reason, "event " + event.id(), 1));
        access.reveal(request, event.id());
        Forms.done(request, "/events/" + event.id(), "Revealed to you; this is in the audit.");
    }

    /** The editor; the payload is in it, so it must have been revealed. */
    void edit(RoutingContext request) {
        EventDetails details = events.find(request);
        if (!Access.current(request).isRevealed(details.stored().id())) {
            Forms.done(
                    request,
                    "/events/" + details.stored().id(),
                    "Reveal the payload first: who edits it sees personal data.");
            return;
        }
        String before = Masking.pretty(details.stored().event().payload(), true);
        String given = request.request().getFormAttribute("payload");
        show(request, details, before, given == null ? before : given.replace("\r\n", "\n"), given != null);
    }

    private void show(RoutingContext request, EventDetails details, String before, String after, boolean isChecked) {
        Map<String, Object> model = new HashMap<>();
        model.put("details", details);
        model.put("payload", after);
        model.put("diff", isChecked ? LineDiff.of(before, normal(after)) : List.of());
        DeliveryPreview.Result preview = isChecked ? data.preview().of(details.stored(), after) : null;
        model.put("preview", preview);
        model.put("records", preview == null ? List.of() : RecordView.of(preview.records(), true));
        model.put("reason", Forms.optional(request, "reason"));
        renderer.render(request, "edit", "Edit and replay", "events", model);
    }

    private static String normal(String json) {
        String pretty = Masking.pretty(json, true);
        return pretty == null ? "" : pretty;
    }

    void replayEdited(RoutingContext request) {
        StoredEvent event = events.find(request).stored();
        String payload = request.request().getFormAttribute("payload");
        if (!Access.current(request).isRevealed(event.id()) || payload == null) {
            throw new ConsoleException(400, "Edit the payload first.");
        }
        boolean replayed = data.deadLetters()
                .decisions()
                .replayEdited(event, payload, Access.who(request), Forms.required(request, "reason"));
        Forms.done(
                request,
                "/events/" + event.id(),
                replayed ? "Pending again with the new payload; the one received is kept." : CHANGED);
    }
}

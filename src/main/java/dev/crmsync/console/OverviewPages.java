package dev.crmsync.console;

import dev.crmsync.deadletter.AuditEntry;
import dev.crmsync.deadletter.FailureGroup;
import dev.crmsync.inbox.Activity;
import dev.crmsync.inbox.Backlog;
import dev.crmsync.inbox.Pause;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How things stand: sources, delivery, Salesforce, failures; pausing, and what people say about failures. */
final class OverviewPages {

    private static final List<String> OBJECTS =
            List.of("Account", "Contact", "Pivotal_Onboarding__c", "Pivotal_Task__c");

    private final ConsoleData data;
    private final Renderer renderer;

    OverviewPages(ConsoleData data, Renderer renderer) {
        this.data = data;
        this.renderer = renderer;
    }

    void show(RoutingContext request) {
        List<Pause> pauses = data.inbox().pauses().list();
        renderer.render(
                request,
                "overview",
                "Overview",
                "overview",
                Map.of(
                        "sources", sources(pauses),
                        "pauses", pauses,
                        "objects", OBJECTS,
                        "salesforce", data.salesforce().now(),
                        "groups", data.deadLetters().groups().list()));
    }

    private List<SourceCard> sources(List<Pause> pauses) {
        Instant now = data.clock().instant();
        Instant from = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(Chart.MINUTES - 1));
        List<Activity.Minute> minutes = data.activity().since(from);
        Map<String, Backlog> backlog = data.inbox().counts().backlog().stream()
                .collect(Collectors.toMap(Backlog::source, Function.identity()));
        Map<String, Pause> byScope = pauses.stream().collect(Collectors.toMap(Pause::scope, Function.identity()));
        return data.deadLetters().history().sources().stream()
                .map(source -> {
                    Backlog waiting = backlog.getOrDefault(source, new Backlog(source, 0, null, 0));
                    String oldest = waiting.oldestPending() == null
                            ? null
                            : Display.age(Duration.between(waiting.oldestPending(), now));
                    Pause all = byScope.get(Pause.ALL);
                    return new SourceCard(
                            source,
                            Chart.of(source, minutes, from),
                            waiting.pending(),
                            oldest,
                            waiting.dead(),
                            all == null ? byScope.get("source:" + source) : all);
                })
                .toList();
    }

    void pause(RoutingContext request) {
        String scope = Forms.required(request, "scope");
        String reason = Forms.required(request, "reason");
        String who = Access.current(request).user().name();
        data.inbox().pauses().pause(new Pause(scope, reason, who, data.clock().instant(), null));
        audit(who, "pause", reason, scope);
        Forms.done(request, "/", "Delivery of " + scope + " is paused. Webhooks are still accepted.");
    }

    void resume(RoutingContext request) {
        String scope = Forms.required(request, "scope");
        boolean wasPaused = data.inbox().pauses().resume(scope);
        audit(Access.current(request).user().name(), "resume", null, scope);
        Forms.done(request, "/", wasPaused ? "Delivery of " + scope + " goes on." : scope + " was not paused.");
    }

    private void audit(String who, String act, String reason, String detail) {
        data.deadLetters().audit().record(new AuditEntry(null, who, act, reason, detail, 0));
    }

    void changeGroup(RoutingContext request) {
        FailureGroup.State state;
        try {
            state = FailureGroup.State.of(Forms.required(request, "state"));
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(400, "A group is open, acknowledged, resolved or ignored.");
        }
        data.deadLetters()
                .groups()
                .change(
                        Forms.required(request, "fingerprint"),
                        state,
                        Forms.optional(request, "owner"),
                        Forms.optional(request, "note"),
                        Access.current(request).user().name());
        Forms.done(request, "/", "Noted: " + state.label() + ".");
    }

    void audit(RoutingContext request) {
        renderer.render(
                request,
                "audit",
                "Audit",
                "audit",
                Map.of("entries", data.deadLetters().audit().newest(200)));
    }
}

package dev.crmsync.console;

import dev.crmsync.deadletter.AuditPage;
import dev.crmsync.deadletter.FailureGroup;
import dev.crmsync.inbox.Pause;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** How things stand: sources, delivery, Salesforce, failures; pausing, and what people say about failures. */
final class OverviewPages {

    private static final List<String> OBJECTS =
            List.of("Account", "Contact", "Pivotal_Onboarding__c", "Pivotal_Task__c");

    private static final int AUDIT_SIZE = 200;

    private final ConsoleData data;
    private final Renderer renderer;
    private final DeliveryPauses pauses;
    private final SourceCards cards;

    OverviewPages(ConsoleData data, Renderer renderer) {
        this.data = data;
        this.renderer = renderer;
        this.pauses = new DeliveryPauses(data);
        this.cards = new SourceCards(data);
    }

    void show(RoutingContext request) {
        List<Pause> held = pauses.list();
        renderer.render(
                request,
                "overview",
                "Overview",
                "overview",
                Map.of(
                        "sources", cards.of(held),
                        "pauses", held,
                        "objects", OBJECTS,
                        "salesforce", data.salesforce().now(),
                        "leftOut", data.routes().leftOut(),
                        "groups", data.deadLetters().groups().list()));
    }

    void pause(RoutingContext request) {
        String scope = Forms.required(request, "scope");
        pauses.pause(scope, Forms.required(request, "reason"), Access.who(request));
        Forms.done(request, "/", "Delivery of " + scope + " is paused. Webhooks are still accepted.");
    }

    void resume(RoutingContext request) {
        String scope = Forms.required(request, "scope");
        boolean wasPaused = pauses.resume(scope, Access.who(request));
        Forms.done(request, "/", wasPaused ? "Delivery of " + scope + " goes on." : scope + " was not paused.");
    }

    void changeGroup(RoutingContext request) {
        FailureGroup.State state = Forms.groupState(Forms.required(request, "state"));
        data.deadLetters()
                .groups()
                .change(
                        Forms.required(request, "fingerprint"),
                        state,
                        Forms.optional(request, "owner"),
                        Forms.optional(request, "note"),
                        Access.who(request));
        Forms.done(request, "/", "Noted: " + state.label() + ".");
    }

    void audit(RoutingContext request) {
        String before = request.queryParams().get("before");
        AuditPage page =
                data.deadLetters().audit().page(before == null ? Long.MAX_VALUE : Forms.number(before), AUDIT_SIZE);
        renderer.render(request, "audit", "Audit", "audit", Map.of("found", page));
    }
}

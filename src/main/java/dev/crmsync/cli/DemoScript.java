package dev.crmsync.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.deadletter.Remedies;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.FailedAttempt;
import dev.crmsync.inbox.StoredEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The webhooks of the demonstration, in the order in which they are sent. */
final class DemoScript {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final int IMPOSSIBLE_SCORE = 123_456;

    private static final List<Scene> SCENES = List.of(
            new Scene("pivotal", "customer.created", EventState.DELIVERED),
            new Scene("pivotal", "contact.created", EventState.DELIVERED),
            new Scene("pivotal", "customer.health_score_dropped", EventState.DELIVERED),
            new Scene("pivotal", "onboarding.created", EventState.DELIVERED),
            new Scene("pivotal", "task.completed", EventState.DELIVERED),
            new Scene("emporix", "customer.created", EventState.DELIVERED),
            new Scene("emporix", "customer.updated", EventState.DELIVERED),
            new Scene("emporix", "customer.logged.in", EventState.DELIVERED),
            new Scene("emporix", "customer.password-reset", EventState.IGNORED),
            new Scene("plain", "customer.customer_created", EventState.DELIVERED),
            new Scene("plain", "customer.customer_group_memberships_changed", EventState.DELIVERED));

    private final Application application;
    private final Duration longestWait;
    private final SampleSender sender;

    DemoScript(Application application, Duration longestWait) {
        this.application = application;
        this.longestWait = longestWait;
        this.sender = new SampleSender(
                application.addresses().webhooks(),
                setting -> application
                        .context()
                        .getPropertiesComponent()
                        .resolveProperty(setting)
                        .orElse(null));
    }

    /** @return true when every event ended as it should */
    boolean play(DemoReport report) throws IOException, InterruptedException {
        boolean asExpected = true;
        List<StoredEvent> delivered = new ArrayList<>();
        report.heading();
        for (Scene scene : SCENES) {
            byte[] body = sample(scene.source, scene.eventType);
            asExpected &= play(scene, body, report, delivered);
        }
        asExpected &=
                play(new Scene("pivotal", "customer.updated", EventState.DEAD), impossibleScore(), report, delivered);
        report.records(new SandboxRecords(application.addresses().sandbox()).of(delivered));
        return asExpected;
    }

    private boolean play(Scene scene, byte[] body, DemoReport report, List<StoredEvent> delivered)
            throws IOException, InterruptedException {
        SampleSender.Sent sent = sender.send(scene.source, scene.eventType, body);
        Optional<StoredEvent> event = awaitEnd(new EventId(scene.source, sent.eventId(body)));
        report.event(scene.source, scene.eventType, sent.status(), event);
        event.filter(found -> found.state() == EventState.DELIVERED).ifPresent(delivered::add);
        event.filter(found -> found.state() == EventState.DEAD).ifPresent(found -> explain(found, report));
        return event.filter(found -> found.state() == scene.end).isPresent();
    }

    private void explain(StoredEvent dead, DemoReport report) {
        List<FailedAttempt> failures = application.parts().inbox().events().failures(dead.id());
        FailedAttempt last = failures.get(failures.size() - 1);
        report.deadLetter(last, Remedies.of(last.errorClass(), last.errorCode(), null));
    }

    private Optional<StoredEvent> awaitEnd(EventId id) throws InterruptedException {
        long deadline = System.nanoTime() + longestWait.toNanos();
        Optional<StoredEvent> event;
        do {
            event = application.parts().inbox().events().find(id);
            if (event.isPresent() && event.get().state().isEnd()) {
                return event;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } while (System.nanoTime() < deadline);
        return event;
    }

    private static byte[] sample(String source, String eventType) {
        return Samples.find(source, eventType).orElseThrow();
    }

    /** More digits than Salesforce's field takes: a mistake that only a person can put right. */
    private static byte[] impossibleScore() throws IOException {
        ObjectNode event = (ObjectNode) JSON.readTree(sample("pivotal", "customer.updated"));
        event.put("created_at", "2026-09-11T08:00:00.000Z");
        event.withObjectProperty("data").withObjectProperty("object").put("health_score", IMPOSSIBLE_SCORE);
        return JSON.writeValueAsBytes(event);
    }

    private record Scene(String source, String eventType, EventState end) {}
}

package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayRequest;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.Received;
import dev.crmsync.inbox.StoredEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the commands rely on, wherever the dead letters are. */
interface DeadLettersApiBehaviour {

    DeadLettersApi api();

    TestApplication application();

    @Test
    default void listsWhatMatchesPageByPage() {
        StoredEvent first = dead();
        StoredEvent second = dead();

        JsonNode newest = api().page(EventFilter.dead(), null, 1);
        JsonNode next = api().page(EventFilter.dead(), newest.path("next").asText(), 1);

        assertThat(newest.path("events").findValuesAsText("id")).containsExactly(String.valueOf(second.id()));
        assertThat(next.path("events").findValuesAsText("id")).containsExactly(String.valueOf(first.id()));
        assertThat(printed(out -> new DeadLettersList().print(newest, out)))
                .contains(
                        "pivotal",
                        "UNREADABLE",
                        "More: --before " + newest.path("next").asText());
        assertThat(printed(out -> new DeadLettersList().print(api().page(nothing(), null, 10), out)))
                .isEqualToIgnoringNewLines("Nothing matches.");
    }

    @Test
    default void showsAllThatIsKnownOfOne() {
        StoredEvent dead = dead();

        String text = printed(out -> new DeadLettersShow().print(api().event(dead.id()), out));

        assertThat(text)
                .contains(
                        dead.event().id().toString(),
                        "dead: UNREADABLE",
                        "The id is missing",
                        "What to do",
                        "Payload:");
        assertThatThrownBy(() -> api().event(Long.MAX_VALUE)).hasMessageContaining("no such event");
    }

    @Test
    default void discardsDeadLettersOnly() {
        StoredEvent dead = dead();

        assertThat(api().discard(List.of(dead.id(), Long.MAX_VALUE), "a test")).isEqualTo(1);
        assertThat(api().discard(List.of(dead.id()), "a test")).isZero();

        assertThat(now(dead).state()).isEqualTo(EventState.DISCARDED);
    }

    @Test
    default void endsAnEventThatWaitsAndResetsTheOrderOfItsSubject() {
        EventId id = new EventId("nobody", UUID.randomUUID().toString());
        application()
                .inbox()
                .accept(List.of(new Received(
                        new Event(
                                id,
                                "waits",
                                "acme",
                                id.value(),
                                Event.STATE,
                                OrderKey.NONE,
                                Instant.EPOCH,
                                true,
                                "{}",
                                null),
                        null)));
        StoredEvent waiting = application().inbox().events().find(id).orElseThrow();
        assertThat(printed(out -> new DeadLettersShow().print(api().event(waiting.id()), out)))
                .contains("Next try");

        api().end(waiting.id(), "dead", "a test");

        assertThat(now(waiting).state()).isEqualTo(EventState.DEAD);
        assertThat(printed(out -> new DeadLettersShow().print(api().event(waiting.id()), out)))
                .contains("ENDED_BY_OPERATOR", "a test");
        assertThatThrownBy(() -> api().end(waiting.id(), "dead", "a test")).hasMessageContaining("not pending");
        assertThatThrownBy(() -> api().end(Long.MAX_VALUE, "dead", "a test")).hasMessageContaining("no such event");
        assertThat(api().resetOrder(waiting.id(), "a test")).contains("the event's subject only");
    }

    @Test
    default void showsWhichFieldsOfWhatWasSentWereNewerAlready() {
        String name = UUID.randomUUID().toString();
        Instant now = Instant.now();
        StoredEvent newer = delivered(name, now, "\"name\":\"Newer\"");
        StoredEvent late = delivered(name, now.minusSeconds(60), "\"name\":\"Older\",\"health_score\":71");

        assertThat(printed(out -> new DeadLettersShow().print(api().event(late.id()), out)))
                .contains("delivered: newer already: Name", "Sent to Salesforce: Account Pivotal_Key__c acme:" + name)
                .containsPattern("Name +.*\\[newer already]")
                .containsPattern("Pivotal_Health_Score__c +[^\\[]*\\R");
        assertThat(api().resetOrder(newer.id(), "a test")).contains("Account acme:" + name);
    }

    default StoredEvent delivered(String customer, Instant at, String members) {
        String body = """
                {"id":"evt_%s","type":"customer.updated","created_at":"%s","org_id":"acme","livemode":true,
                 "data":{"object":{"id":"%s",%s}}}
                """.formatted(UUID.randomUUID(), at.truncatedTo(ChronoUnit.MILLIS), customer, members);
        return application().ended(application().sender().pivotal(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    default void replaysThoseThatAreChosen() {
        StoredEvent dead = dead();
        ReplayRequest request =
                new ReplayRequest("again", "to see", api().who(), EventFilter.ANY, List.of(dead.id()), 50);

        assertThat(api().count(request).path("matched").asInt()).isEqualTo(1);
        long job = api().replay(request).path("id").asLong();
        api().carryOutReplays();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> api().replay(job).path("state").asText().equals("done"));
        assertThat(api().replay(job).path("requeued").asInt()).isEqualTo(1);
        assertThat(api().replay(job).path("createdBy").asText()).isEqualTo(api().who());
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        now(dead).finishedAt() != null && now(dead).finishedAt().isAfter(dead.finishedAt()));
    }

    @Test
    default void replaysThoseThatMatch() {
        ReplayRequest request = new ReplayRequest("none", "to see", api().who(), nothing(), List.of(), 50);

        assertThat(api().count(request).path("matched").asInt()).isZero();
        assertThat(api().replay(request).path("matched").asInt()).isZero();
    }

    private static EventFilter nothing() {
        return EventFilter.dead().withSubject("customer:nobody & nowhere");
    }

    /** Pivotal says nothing of the event's id. */
    private StoredEvent dead() {
        String body = new String(PivotalEvent.of(UUID.randomUUID().toString()), StandardCharsets.UTF_8)
                .replaceFirst("\"id\": \"evt_[^\"]*\",", "");
        return application().ended(application().sender().pivotal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private StoredEvent now(StoredEvent event) {
        return application().inbox().events().find(event.id()).orElseThrow();
    }

    static String printed(Consumer<PrintWriter> print) {
        StringWriter text = new StringWriter();
        print.accept(new PrintWriter(text, true));
        return text.toString();
    }
}

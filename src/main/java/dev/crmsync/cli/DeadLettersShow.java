package dev.crmsync.cli;

import dev.crmsync.deadletter.DeadLetter;
import dev.crmsync.deadletter.DeadLetters;
import dev.crmsync.deadletter.EventDetails;
import dev.crmsync.deadletter.EventJson;
import dev.crmsync.inbox.FailedAttempt;
import dev.crmsync.inbox.StoredEvent;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one event: its way, what is wrong with it, its payload and what was sent. */
@Command(name = "show", description = "Show one event with all that is known of it.", mixinStandardHelpOptions = true)
final class DeadLettersShow extends DeadLettersReport<EventDetails> {

    @Parameters(paramLabel = "<id>", description = "The number that list shows.")
    private long id;

    @Override
    EventDetails find(DeadLetters deadLetters) {
        return deadLetters.find(id).orElseThrow(() -> new IllegalArgumentException("There is no event " + id));
    }

    @Override
    String json(EventDetails details) {
        return EventJson.details(details);
    }

    @Override
    void print(EventDetails details, PrintWriter out) {
        StoredEvent stored = details.stored();
        line(out, "Event", stored.event().id() + " " + stored.event().type());
        line(out, "Subject", stored.event().subject() + " of " + stored.event().tenant());
        line(out, "State", stored.state().label() + (stored.reason() == null ? "" : ": " + stored.reason()));
        line(out, "Received", stored.receivedAt().toString());
        for (FailedAttempt failure : details.failures()) {
            line(out, "Attempt", failure.startedAt() + " " + failure.errorClass() + " " + failure.errorCode());
        }
        if (stored.finishedAt() != null) {
            line(out, "Ended", stored.finishedAt().toString());
        }
        DeadLetter letter = details.deadLetter();
        if (letter != null) {
            line(out, "Route", letter.routeId());
            line(out, "Error", letter.errorCode() + (letter.field() == null ? "" : " in " + letter.field()));
            line(out, "Message", letter.message());
            line(out, "What to do", letter.remedy());
            line(out, "Fingerprint", letter.fingerprint());
        }
        body(out, "Payload", stored.hasPayload() ? stored.event().payload() : null);
        body(out, "Payload as received", details.originalPayload());
        body(out, "Sent to Salesforce", stored.upserts());
    }

    private static void line(PrintWriter out, String name, String value) {
        if (value != null) {
            out.printf("%-12s %s%n", name, TextTable.printable(value));
        }
    }

    private static void body(PrintWriter out, String name, String json) {
        if (json != null) {
            out.println();
            out.println(name + ":");
            EventJson.tree(json).toPrettyString().lines().forEach(line -> out.println(TextTable.printable(line)));
        }
    }
}

package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.console.RecordView;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one event: its way, what is wrong with it, its payload and what was sent. */
@Command(name = "show", description = "Show one event with all that is known of it.", mixinStandardHelpOptions = true)
final class DeadLettersShow extends DeadLettersReport {

    @Parameters(paramLabel = "<id>", description = "The number that list shows.")
    private long id;

    @Option(
            names = "--preview",
            description = "Also what a replay would do now, field by field; with --url, for operators.")
    private boolean preview;

    @Override
    JsonNode find(DeadLettersApi deadLetters) {
        JsonNode event = deadLetters.event(id);
        return preview ? ((ObjectNode) event).set("preview", deadLetters.preview(id)) : event;
    }

    @Override
    void print(JsonNode event, PrintWriter out) {
        line(out, "Event", text(event, "source") + ":" + text(event, "eventId") + " " + text(event, "type"));
        line(out, "Subject", text(event, "subject") + " of " + text(event, "tenant"));
        String reason = text(event, "reason");
        line(out, "State", text(event, "state") + (reason == null ? "" : ": " + reason));
        line(out, "Received", text(event, "receivedAt"));
        line(out, "Next try", event.path("inFlight").asBoolean() ? "being delivered now" : text(event, "nextTryAt"));
        for (JsonNode failure : event.path("failedAttempts")) {
            line(
                    out,
                    "Attempt",
                    text(failure, "startedAt") + " " + text(failure, "class") + " " + text(failure, "code"));
        }
        line(out, "Ended", text(event, "finishedAt"));
        if (event.has("deadLetter")) {
            JsonNode letter = event.path("deadLetter");
            String field = text(letter, "field");
            line(out, "Route", text(letter, "route"));
            line(out, "Error", text(letter, "code") + (field == null ? "" : " in " + field));
            line(out, "Message", text(letter, "message"));
            line(out, "What to do", text(letter, "remedy"));
            line(out, "Fingerprint", text(letter, "fingerprint"));
        }
        body(out, "Payload", event.path("payload"));
        body(out, "Payload as received", event.path("originalPayload"));
        records(out, "Sent to Salesforce", event.path("sent"));
        if (event.has("preview")) {
            JsonNode now = event.path("preview");
            String why = text(now, "reason");
            out.println();
            line(out, "Replayed now", text(now, "outcome") + (why == null ? "" : ": " + why));
            records(out, "Would be sent", now.path("records"));
        }
    }

    private static void records(PrintWriter out, String name, JsonNode records) {
        for (RecordView record : RecordView.of(records)) {
            String result = record.result() == null ? "" : ", " + record.result();
            out.println();
            out.println(TextTable.printable(
                    name + ": " + record.object() + " " + record.keyField() + " " + record.key() + result));
            record.fields().forEach(field -> line(out, "  " + field.name(), value(field)));
        }
    }

    private static String value(RecordView.Field field) {
        String event = field.newer() == null ? "" : " (event " + field.newer() + ")";
        String remark = field.remark() == null ? "" : " [" + field.remark() + event + "]";
        return ((field.value() == null ? "" : field.value()) + remark).strip();
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asText(null);
    }

    private static void line(PrintWriter out, String name, String value) {
        if (value != null) {
            out.printf("%-12s %s%n", name, TextTable.printable(value));
        }
    }

    private static void body(PrintWriter out, String name, JsonNode json) {
        if (!json.isNull() && !json.isMissingNode()) {
            out.println();
            out.println(name + ":");
            json.toPrettyString().lines().forEach(line -> out.println(TextTable.printable(line)));
        }
    }
}

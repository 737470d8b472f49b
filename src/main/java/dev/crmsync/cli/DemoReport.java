package dev.crmsync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.FailedAttempt;
import dev.crmsync.inbox.StoredEvent;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** What the demonstration prints. */
final class DemoReport {

    private static final String ROW = "%-8s %-46s %-6s %-11s %s%n";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;

    DemoReport(PrintStream out) {
        this.out = out;
    }

    void addresses(Addresses addresses) {
        out.println();
        out.println("crm-sync is up, with SQLite and the Salesforce sandbox in this process.");
        out.println();
        out.println(
                "  webhooks             " + addresses.webhooks() + "/webhooks/{pivotal,emporix/<event-type>,plain}");
        if (addresses.console() != null) {
            out.println("  operators' console   " + addresses.console());
        }
        out.println("  Salesforce sandbox   " + addresses.sandbox());
        out.println("  health and metrics   " + addresses.management() + "/observe/health, /observe/metrics");
        out.println();
    }

    void heading() {
        out.println("Signed sample webhooks, sent over HTTP:");
        out.println();
        out.printf(ROW, "SOURCE", "EVENT TYPE", "ANSWER", "END", "IN SALESFORCE, OR WHY NOT");
    }

    void deadLetter(FailedAttempt failure, String remedy) {
        out.printf(ROW, "", "", "", "", failure.message());
        out.printf(ROW, "", "", "", "", "-> " + remedy);
    }

    void event(String source, String eventType, int status, Optional<StoredEvent> event) {
        out.printf(
                ROW,
                source,
                eventType,
                status,
                event.map(found -> found.state() == EventState.DEAD
                                ? "dead letter"
                                : found.state().label())
                        .orElse("-"),
                event.map(DemoReport::became).orElse(""));
    }

    private static String became(StoredEvent event) {
        if (event.state() != EventState.DELIVERED) {
            return event.reason() == null ? "" : event.reason();
        }
        StringJoiner records = new StringJoiner(", ");
        for (JsonNode record : upserts(event)) {
            records.add(record.path("result").asText() + " "
                    + record.path("object").asText() + " " + record.path("id").asText());
        }
        return records.toString();
    }

    static JsonNode upserts(StoredEvent event) {
        try {
            return JSON.readTree(event.upserts() == null ? "[]" : event.upserts());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The record of event " + event.id() + " is no JSON", e);
        }
    }

    void records(List<SandboxRecords.Record> records) {
        out.println();
        out.println("The records, as Salesforce returns them:");
        out.println();
        for (SandboxRecords.Record record : records) {
            out.println("  " + record.object() + " " + record.id());
            record.fields().forEach((field, value) -> out.printf("    %-32s %s%n", field, value));
        }
        out.println();
    }

    void stayingUp() {
        out.println("Look around, send more (java -jar target/crm-sync.jar send pivotal customer.at_risk),"
                + " or press Ctrl-C to stop.");
    }
}

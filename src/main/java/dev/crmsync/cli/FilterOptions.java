package dev.crmsync.cli;

import dev.crmsync.deadletter.EventFilter;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The same filter as in the console's address. */
final class FilterOptions {

    @Option(names = "--source", description = "Such as pivotal.")
    private String source;

    @Option(names = "--type", description = "Event type, such as customer.created.")
    private String type;

    @Option(names = "--subject", description = "Such as customer:cus_2N.")
    private String subject;

    @Option(
            names = "--state",
            description = "dead, delivered, superseded, ignored, pending, discarded or any; default ${DEFAULT-VALUE}.")
    private String state = "dead";

    @Option(names = "--error", description = "Error code, such as STRING_TOO_LONG.")
    private String error;

    @Option(names = "--fingerprint", description = "What alike failures share.")
    private String fingerprint;

    @Option(names = "--from", description = "Received at this time (UTC) or later, such as 2026-05-26T11:00:00Z.")
    private String from;

    @Option(names = "--to", description = "Received before this time (UTC).")
    private String to;

    @Option(names = "--text", description = "A part of event id, type, tenant or subject.")
    private String text;

    EventFilter filter() {
        Map<String, String> texts = new HashMap<>();
        texts.put("source", source);
        texts.put("type", type);
        texts.put("subject", subject);
        texts.put("state", state.equals("any") ? null : state);
        texts.put("error", error);
        texts.put("fingerprint", fingerprint);
        texts.put("from", from);
        texts.put("to", to);
        texts.put("q", text);
        return EventFilter.of(texts);
    }
}

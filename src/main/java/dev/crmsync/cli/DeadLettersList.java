package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists events that match a filter, newest first. */
@Command(name = "list", description = "List dead letters, newest first.", mixinStandardHelpOptions = true)
final class DeadLettersList extends DeadLettersReport {

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--limit", description = "Lines, 1 to 500; default ${DEFAULT-VALUE}.")
    private int limit = 50;

    @Option(names = "--before", description = "Go on from here, as the page before says.")
    private String before;

    @Override
    JsonNode find(DeadLettersApi deadLetters) {
        return deadLetters.page(filter.filter(), before, limit);
    }

    @Override
    void print(JsonNode page, PrintWriter out) {
        if (page.path("events").isEmpty()) {
            out.println("Nothing matches.");
        } else {
            TextTable table = new TextTable("ID", "RECEIVED (UTC)", "SOURCE", "TYPE", "SUBJECT", "WHY");
            page.path("events")
                    .forEach(event -> table.row(
                            event.path("id").asText(),
                            toTheSecond(event.path("receivedAt").asText()),
                            event.path("source").asText(),
                            event.path("type").asText(),
                            event.path("subject").asText(),
                            why(event)));
            table.print(out);
        }
        if (page.hasNonNull("searchedBackTo")) {
            out.println("Searched back to " + page.path("searchedBackTo").asText() + " so far.");
        }
        if (page.hasNonNull("next")) {
            out.println("More: --before " + page.path("next").asText());
        }
    }

    private static String toTheSecond(String instant) {
        return instant.replaceFirst("(\\.\\d+)?Z$", "").replace("T", " ");
    }

    private static String next(JsonNode event) {
        return event.hasNonNull("nextTryAt")
                ? "next try " + toTheSecond(event.path("nextTryAt").asText())
                : "";
    }

    private static String why(JsonNode event) {
        JsonNode letter = event.path("deadLetter");
        if (letter.isMissingNode()) {
            String state = event.path("state").asText();
            String reason = event.path("reason").asText("");
            String next = event.path("inFlight").asBoolean() ? "being delivered" : next(event);
            return (state.equals("dead") ? reason : state + " " + reason + next).strip();
        }
        String what = letter.path("code").asText(letter.path("class").asText());
        return (what + " " + letter.path("field").asText("")).strip();
    }
}

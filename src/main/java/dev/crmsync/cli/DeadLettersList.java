package dev.crmsync.cli;

import dev.crmsync.deadletter.Cursor;
import dev.crmsync.deadletter.DeadLetter;
import dev.crmsync.deadletter.DeadLetters;
import dev.crmsync.deadletter.EventJson;
import dev.crmsync.deadletter.EventLine;
import dev.crmsync.deadletter.EventPage;
import dev.crmsync.event.EventState;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists events that match a filter, newest first. */
@Command(name = "list", description = "List dead letters, newest first.", mixinStandardHelpOptions = true)
final class DeadLettersList extends DeadLettersReport<EventPage> {

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--limit", description = "Lines, 1 to 500; default ${DEFAULT-VALUE}.")
    private int limit = 50;

    @Option(names = "--before", description = "Go on from here, as the page before says.")
    private String before;

    @Override
    EventPage find(DeadLetters deadLetters) {
        return deadLetters.history().page(filter.filter(), before == null ? null : Cursor.of(before), limit);
    }

    @Override
    String json(EventPage page) {
        return EventJson.page(page);
    }

    @Override
    void print(EventPage page, PrintWriter out) {
        if (page.events().isEmpty()) {
            out.println("Nothing matches.");
        } else {
            TextTable table = new TextTable("ID", "RECEIVED (UTC)", "SOURCE", "TYPE", "SUBJECT", "WHY");
            page.events()
                    .forEach(event -> table.row(
                            String.valueOf(event.id()),
                            event.receivedAt()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString()
                                    .replace("T", " ")
                                    .replace("Z", ""),
                            event.eventId().source(),
                            event.type(),
                            event.subject(),
                            why(event)));
            table.print(out);
        }
        if (page.searchedBackTo() != null) {
            out.println("Searched back to " + page.searchedBackTo() + " so far.");
        }
        if (page.next() != null) {
            out.println("More: --before " + page.next());
        }
    }

    private static String why(EventLine event) {
        DeadLetter letter = event.deadLetter();
        List<String> words = letter == null
                ? List.of(event.state().label(), event.reason() == null ? "" : event.reason())
                : List.of(
                        letter.errorCode() == null ? letter.errorClass() : letter.errorCode(),
                        letter.field() == null ? "" : letter.field());
        return event.state() == EventState.DEAD && letter == null
                ? String.valueOf(event.reason())
                : String.join(" ", words).strip();
    }
}

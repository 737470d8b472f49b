package dev.crmsync.console;

import dev.crmsync.deadletter.DeadLetter;
import dev.crmsync.deadletter.EventLine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Events as a table for spreadsheets, in which no sender's text can act as a formula. */
final class Csv {

    static final String TITLES =
            "id,source,event_id,type,tenant,subject,state,reason,attempts,received_at,finished_at,class,code,field,message,fingerprint\r\n";

    private Csv() {}

    static String lines(List<EventLine> events) {
        StringBuilder csv = new StringBuilder();
        events.forEach(event -> csv.append(line(event)));
        return csv.toString();
    }

    private static String line(EventLine event) {
        DeadLetter letter = event.deadLetter();
        Object[] cells = {
            event.id(),
            event.eventId().source(),
            event.eventId().value(),
            event.type(),
            event.tenant(),
            event.subject(),
            event.state().label(),
            event.reason(),
            event.attempts(),
            event.receivedAt(),
            event.finishedAt(),
            letter == null ? null : letter.errorClass(),
            letter == null ? null : letter.errorCode(),
            letter == null ? null : letter.field(),
            letter == null ? null : letter.message(),
            letter == null ? null : letter.fingerprint(),
        };
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** A leading apostrophe makes a text of what a spreadsheet would compute: OWASP, "CSV Injection". */
    static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        boolean isFormula = !text.isEmpty()
                && "=+-@\t\r\n|%"
                                .indexOf(
                                        text.stripLeading().isEmpty()
                                                ? ' '
                                                : text.stripLeading().charAt(0))
                        >= 0;
        boolean startsOddly = !text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0;
        return "\"" + (isFormula || startsOddly ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}

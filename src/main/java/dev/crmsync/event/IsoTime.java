package dev.crmsync.event;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as texts: as senders write them, and as they sort. */
public final class IsoTime {

    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private IsoTime() {}

    /**
     * Reads an ISO 8601 date and time with an offset.
     *
     * @throws DateTimeException when the text is none, or its year in UTC is not between 0 and 9999
     */
    public static Instant parse(String text) {
        Instant instant = instant(text);
        if (instant.isBefore(YEAR_0) || !instant.isBefore(YEAR_10000)) {
            throw new DateTimeException("The year must be between 0 and 9999");
        }
        return instant;
    }

    /** Most are RFC 3339, which is read ten times as fast as all that ISO 8601 allows, such as to leave out the seconds. */
    private static Instant instant(String text) {
        if (text.length() > 10 && text.charAt(10) == 'T') {
            try {
                return ITU.parseDateTime(text).toInstant();
            } catch (DateTimeException other) {
                // read as the rest of ISO 8601
            }
        }
        return OffsetDateTime.parse(text).toInstant();
    }

    /** In UTC with nine digits of a second, such as {@code 2026-09-11T08:00:00.000000000Z}: in the order of the times. */
    static String sortable(Instant instant) {
        return ITU.formatUtcNano(instant.atOffset(ZoneOffset.UTC));
    }
}

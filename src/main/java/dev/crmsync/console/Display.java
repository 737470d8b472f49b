package dev.crmsync.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, ages and numbers as people read them. */
public final class Display {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Display() {}

    /** UTC to the second; a dash for null. */
    public static String time(Instant instant) {
        return instant == null ? "–" : TIME.format(instant);
    }

    /** Such as {@code 4 min}. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3_600) {
            return seconds / 60 + " min";
        }
        return seconds < 48 * 3_600 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }

    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** The text, or a dash. */
    public static String orDash(String text) {
        return text == null || text.isBlank() ? "–" : text;
    }
}

package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.schema.FieldType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Days that a word such as {@code TODAY} or {@code LAST_N_DAYS:7} stands for, in UTC: first included, last excluded. */
record DayRange(LocalDate first, LocalDate behindLast) {

    /** The days that the literal means, if it is such a word. */
    static Optional<DayRange> of(Literal literal, Instant now) {
        if (literal.quoted()) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String[] parts = literal.text().toUpperCase(Locale.ROOT).split(":");
        int n = parts.length == 2 && parts[1].matches("\\d{1,5}") ? Integer.parseInt(parts[1]) : 0;
        return switch (parts[0]) {
            case "TODAY" -> Optional.of(days(today, 1));
            case "YESTERDAY" -> Optional.of(days(today.minusDays(1), 1));
            case "TOMORROW" -> Optional.of(days(today.plusDays(1), 1));
            case "LAST_N_DAYS" -> Optional.of(days(today.minusDays(n), n + 1));
            case "NEXT_N_DAYS" -> Optional.of(days(today.plusDays(1), n));
            default -> Optional.empty();
        };
    }

    private static DayRange days(LocalDate first, int count) {
        return new DayRange(first, first.plusDays(count));
    }

    Comparable<?> start(FieldType type) {
        return type == FieldType.DATE ? first : first.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    Comparable<?> end(FieldType type) {
        return type == FieldType.DATE ? behindLast : behindLast.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}

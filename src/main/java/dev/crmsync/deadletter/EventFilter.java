package dev.crmsync.deadletter;

import dev.crmsync.event.EventState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events of the history are meant; null means any. The texts of {@link #toMap()} are the same in a page's address,
 * on the command line and in a stored job.
 *
 * @param subject the whole subject, such as {@code customer:cus_2N}
 * @param errorCode of the dead letter
 * @param fingerprint of the dead letter: what alike failures share
 * @param from received at this time or later
 * @param to received before this time
 * @param text a part of event id, type, tenant or subject, in any case
 */
public record EventFilter(
        String source,
        String type,
        String subject,
        EventState state,
        String errorCode,
        String fingerprint,
        Instant from,
        Instant to,
        String text) {

    /** All events. */
    public static final EventFilter ANY = new EventFilter(null, null, null, null, null, null, null, null, null);

    public EventFilter {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to, were " + from + " and " + to);
        }
    }

    /** All dead letters. */
    public static EventFilter dead() {
        return ANY.withState(EventState.DEAD);
    }

    public EventFilter withState(EventState other) {
        return new EventFilter(source, type, subject, other, errorCode, fingerprint, from, to, text);
    }

    public EventFilter withSubject(String other) {
        return new EventFilter(source, type, other, state, errorCode, fingerprint, from, to, text);
    }

    public EventFilter withFingerprint(String other) {
        return new EventFilter(source, type, subject, state, errorCode, other, from, to, text);
    }

    /**
     * Reads what {@link #toMap()} writes; blank counts as absent, other names are left alone.
     *
     * @throws IllegalArgumentException for a state or time that is none
     */
    public static EventFilter of(Map<String, String> texts) {
        String state = given(texts, "state");
        return new EventFilter(
                given(texts, "source"),
                given(texts, "type"),
                given(texts, "subject"),
                state == null ? null : state(state),
                given(texts, "error"),
                given(texts, "fingerprint"),
                time(texts, "from"),
                time(texts, "to"),
                given(texts, "q"));
    }

    private static String given(Map<String, String> texts, String name) {
        String value = texts.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static EventState state(String label) {
        try {
            return EventState.of(label);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("'" + label + "' is no state: use one of "
                    + Stream.of(EventState.values()).map(EventState::label).collect(Collectors.joining(", ")));
        }
    }

    private static Instant time(Map<String, String> texts, String name) {
        String value = given(texts, name);
        if (value == null) {
            return null;
        }
        try {
            return Instant.parse(value.length() == 10 ? value + "T00:00:00Z" : zoned(value.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(
                    "'" + name + "' is '" + value + "', expected UTC such as 2026-05-26 or 2026-05-26T11:59:00Z");
        }
    }

    /** What a browser's field for date and time sends has neither zone nor, at times, seconds. */
    private static String zoned(String value) {
        String time = value.endsWith("Z") ? value.substring(0, value.length() - 1) : value;
        return (time.length() == 16 ? time + ":00" : time) + "Z";
    }

    /** The given parts: {@code source, type, subject, state, error, fingerprint, from, to, q}. */
    public Map<String, String> toMap() {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, "source", source);
        put(texts, "type", type);
        put(texts, "subject", subject);
        put(texts, "state", state == null ? null : state.label());
        put(texts, "error", errorCode);
        put(texts, "fingerprint", fingerprint);
        put(texts, "from", from);
        put(texts, "to", to);
        put(texts, "q", text);
        return texts;
    }

    /** As the query of an address, such as {@code state=dead&source=plain}. */
    public String toQuery() {
        return toMap().entrySet().stream()
                .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static void put(Map<String, String> texts, String name, Object value) {
        if (value != null) {
            texts.put(name, value.toString());
        }
    }

    /** In words, such as {@code state dead, source plain}. */
    @Override
    public String toString() {
        Map<String, String> texts = toMap();
        return texts.isEmpty()
                ? "all events"
                : texts.entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining(", "));
    }
}

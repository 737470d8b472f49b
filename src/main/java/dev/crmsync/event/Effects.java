package dev.crmsync.event;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an event has sent to Salesforce. All copies of its exchange share it, so that what a part of a {@code split} or a
 * {@code multicast} has written counts.
 */
public final class Effects {

    private record Sent(String json, Effect effect) {}

    private final Map<Object, Sent> records = new LinkedHashMap<>();
    private final Set<Long> recalled = new HashSet<>();

    /**
     * Notes a record as it is sent, and again when Salesforce has answered for it.
     *
     * @param record equal to itself when it is sent again
     * @param json what an operator shall see of it, a JSON object
     * @param effect null until the answer
     */
    public synchronized void note(Object record, String json, Effect effect) {
        records.put(record, new Sent(json, effect));
    }

    /** Notes events, by their inbox numbers, that this one has proved to be in order after all. */
    public synchronized void recall(Set<Long> events) {
        recalled.addAll(events);
    }

    /** The events that must be delivered again. */
    public synchronized Set<Long> recalled() {
        return Set.copyOf(recalled);
    }

    /** One for each record that Salesforce has answered for, in the order of sending. */
    public synchronized List<Effect> answered() {
        return records.values().stream()
                .map(Sent::effect)
                .filter(Objects::nonNull)
                .toList();
    }

    /** A JSON array with an object for each record in the order of sending, or null while there is none. */
    public synchronized String toJson() {
        return records.isEmpty()
                ? null
                : records.values().stream().map(Sent::json).collect(Collectors.joining(",", "[", "]"));
    }
}

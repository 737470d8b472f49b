package dev.crmsync.check;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Where the body and the variables of a message can come from at one step of a route. */
final class MessageState {

    static final String BODY = "body";

    private final Map<String, Set<Origin>> origins = new HashMap<>();

    /**
     * An expression that made a value.
     *
     * @param language such as {@code jq}
     */
    record Origin(String language, String text) {}

    MessageState copy() {
        MessageState copy = new MessageState();
        origins.forEach((place, from) -> copy.origins.put(place, new LinkedHashSet<>(from)));
        return copy;
    }

    void set(String place, Origin origin) {
        origins.put(place, new LinkedHashSet<>(Set.of(origin)));
    }

    /** What {@code place} can hold; empty when the route has not set it. */
    Set<Origin> of(String place) {
        return origins.getOrDefault(place, Set.of());
    }

    /** After branches of which one was taken. */
    void join(MessageState branch) {
        branch.origins.forEach((place, from) ->
                origins.computeIfAbsent(place, key -> new LinkedHashSet<>()).addAll(from));
    }
}

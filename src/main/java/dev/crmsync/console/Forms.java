package dev.crmsync.console;

import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.FailureGroup;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a form or an address says. */
final class Forms {

    private static final int MAX_TEXT = 2_000;

    private Forms() {}

    /** The filter in an address or form. */
    static EventFilter filter(MultiMap values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach(entry -> texts.putIfAbsent(entry.getKey(), entry.getValue()));
        return EventFilter.of(texts);
    }

    /** A text that must be given. */
    static String required(RoutingContext request, String name) {
        String value = request.request().getFormAttribute(name);
        if (value == null || value.isBlank()) {
            throw new ConsoleException(400, "Say the " + name + ".");
        }
        return checked(name, value.strip());
    }

    /** A text, or null. */
    static String optional(RoutingContext request, String name) {
        String value = request.request().getFormAttribute(name);
        return value == null || value.isBlank() ? null : checked(name, value.strip());
    }

    static String checked(String name, String value) {
        if (value.length() > MAX_TEXT) {
            throw new ConsoleException(400, "The " + name + " has at most " + MAX_TEXT + " characters.");
        }
        return value;
    }

    /** What people say about a group of failures. */
    static FailureGroup.State groupState(String label) {
        try {
            return FailureGroup.State.of(label);
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(400, "A group is open, acknowledged, resolved or ignored.");
        }
    }

    /** The events chosen in a list. */
    static List<Long> ids(RoutingContext request) {
        return request.request().formAttributes().getAll("id").stream()
                .map(Forms::number)
                .toList();
    }

    static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ConsoleException(400, "'" + text + "' is no number.");
        }
    }

    /** Sends the browser on to a page, which says what was done. */
    static void done(RoutingContext request, String path, String notice) {
        Notices.say(request, notice);
        request.response().setStatusCode(303).putHeader("Location", path).end();
    }
}

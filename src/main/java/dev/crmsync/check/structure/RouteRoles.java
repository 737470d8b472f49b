package dev.crmsync.check.structure;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each route is there for, by what its messages come from. */
public final class RouteRoles {

    /** What a route is there for. */
    public enum Role {
        /** Takes webhooks in, or is called by a route that does. */
        RECEIVES,
        /** Takes events out of the inbox, or is called by a route that does; what nobody seems to call, too. */
        DELIVERS,
        /** Is called by the error handling itself. */
        HANDLES_ERRORS
    }

    private static final String CALLED = "direct";

    private final Set<String> receiving;
    private final Set<String> delivering;
    private final Set<String> handlingErrors;

    public RouteRoles(List<RouteFile> files) {
        this(Declarations.in(files));
    }

    RouteRoles(Declarations declared) {
        Map<String, Set<String>> calls = new HashMap<>();
        Set<String> received = new HashSet<>();
        Set<String> delivered = new HashSet<>();
        for (Declarations.Route route : declared.routes()) {
            if (route.from() != null) {
                Set<String> called = called(route.to());
                switch (route.from().scheme()) {
                    case "platform-http", "rest" -> received.addAll(called);
                    case "inbox" -> delivered.addAll(called);
                    default ->
                        calls.computeIfAbsent(route.from().name(), any -> new HashSet<>())
                                .addAll(called);
                }
            }
        }
        receiving = reached(received, calls);
        delivering = reached(delivered, calls);
        handlingErrors = reached(called(declared.errorTargets()), calls);
    }

    /** @param from the URI that the route consumes from */
    public Role of(String from) {
        Endpoint input = Endpoint.of(null, from, Map.of());
        if (input.scheme().equals("platform-http") || input.scheme().equals("rest")) {
            return Role.RECEIVES;
        }
        if (!input.scheme().equals(CALLED)) {
            return Role.DELIVERS;
        }
        if (handlingErrors.contains(input.name())) {
            return Role.HANDLES_ERRORS;
        }
        return receiving.contains(input.name()) && !delivering.contains(input.name()) ? Role.RECEIVES : Role.DELIVERS;
    }

    private static Set<String> called(Collection<Endpoint> endpoints) {
        Set<String> names = new HashSet<>();
        endpoints.stream()
                .filter(endpoint -> endpoint.scheme().equals(CALLED))
                .forEach(endpoint -> names.add(endpoint.name()));
        return names;
    }

    private static Set<String> reached(Set<String> first, Map<String, Set<String>> calls) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(first);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (reached.add(name)) {
                open.addAll(calls.getOrDefault(name, Set.of()));
            }
        }
        return reached;
    }
}

package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Finds what there may be only one of in all files. */
final class Duplicates {

    private final Map<String, Place> seen = new HashMap<>();
    private final Map<String, List<Taken>> paths = new HashMap<>();
    private final Consumer<Finding> findings;

    /** @param methods the empty text stands for any */
    private record Taken(Set<String> methods, Place at) {}

    Duplicates(Consumer<Finding> findings) {
        this.findings = findings;
    }

    void check(Declarations declared) {
        for (Declarations.Route route : declared.routes()) {
            if (!route.at().route().isEmpty()) {
                once("the id " + route.at().route(), route.at());
            }
            if (route.from() != null) {
                consumer(route.from());
            }
        }
        declared.configurations().forEach(each -> once("the routeConfiguration " + each.name(), each.at()));
        declared.beans().forEach(bean -> once("the bean " + bean.name(), bean.at()));
    }

    private void consumer(Endpoint from) {
        switch (from.scheme()) {
            case "direct", "inbox" -> once("a route from " + from.scheme() + ":" + from.name(), from.at());
            case "platform-http" -> path(from);
            default -> {
                // others share what they consume
            }
        }
    }

    private void path(Endpoint from) {
        String path = from.name().replaceFirst("^/*", "/").replaceAll("\\{[^/}]*}", "{}")
                + (Boolean.parseBoolean(from.parameters().get("matchOnUriPrefix")) ? "*" : "");
        Set<String> methods = Set.of(from.parameters()
                .getOrDefault("httpMethodRestrict", "")
                .toUpperCase(Locale.ROOT)
                .split("\\s*,\\s*"));
        List<Taken> others = paths.computeIfAbsent(path, any -> new ArrayList<>());
        others.stream()
                .filter(other -> other.methods().contains("")
                        || methods.contains("")
                        || !Collections.disjoint(other.methods(), methods))
                .findFirst()
                .ifPresent(other -> findings.accept(from.at()
                        .error("the path " + from.name() + " is taken by route "
                                + other.at().route() + " (" + other.at()
                                + "): change one of them, or httpMethodRestrict")));
        others.add(new Taken(methods, from.at()));
    }

    private void once(String what, Place at) {
        Place first = seen.putIfAbsent(what, at);
        if (first != null) {
            findings.accept(at.error("there is " + what + " already (" + first + "): rename one of them"));
        }
    }
}

package dev.crmsync.check.structure;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * An endpoint that a route names.
 *
 * @param uri without its query
 * @param parameters those of the query included
 * @param dynamic whether it is put together at run time, so that its name is not known yet
 */
record Endpoint(Place at, String uri, Map<String, String> parameters, boolean dynamic) {

    static Endpoint of(Place at, String uri, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        int query = uri.indexOf('?');
        if (query >= 0) {
            for (String pair : uri.substring(query + 1).split("&")) {
                int equals = pair.indexOf('=');
                all.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        String bare = query < 0 ? uri : uri.substring(0, query);
        return new Endpoint(at, bare, Map.copyOf(all), bare.contains("${") || bare.contains("{{"));
    }

    /** Such as {@code direct}. */
    String scheme() {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }

    /** What follows the scheme, such as {@code accept}. */
    String name() {
        int colon = uri.indexOf(':');
        return colon < 0 ? "" : uri.substring(colon + 1).replaceFirst("^//", "");
    }

    /** Without the parameters that begin like one of the prefixes. */
    Endpoint without(Collection<String> prefixes) {
        Map<String, String> others = new HashMap<>(parameters);
        others.keySet().removeIf(option -> prefixes.stream().anyMatch(option::startsWith));
        return new Endpoint(at, uri, Map.copyOf(others), dynamic);
    }
}

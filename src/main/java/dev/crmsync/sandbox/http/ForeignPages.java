package dev.crmsync.sandbox.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.sandbox.rest.ApiResponse;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what a page of another site has a browser send. Nobody logs in to the control API, so whoever reaches the port
 * may use it; but a page from elsewhere, open in a browser on this machine, shall not.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Sec-Fetch-Site</a>
 */
final class ForeignPages {

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private ForeignPages() {}

    /** Why not, or nothing for the sandbox's own pages and for what is no browser. */
    static Optional<ApiResponse> refuse(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null && !OWN.contains(site)
                || origin != null && !origin.equalsIgnoreCase("http://" + request.getHeader("Host"))) {
            return refused(403, "A page of another site asks: only the sandbox's own pages and programs may");
        }
        String type = request.getHeader("Content-Type");
        if (type != null && !isJson(type)) {
            return refused(415, "Content-Type is '" + type + "': use application/json");
        }
        return Optional.empty();
    }

    /** A form can have any of three other types, which browsers send anywhere without asking first. */
    private static boolean isJson(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static Optional<ApiResponse> refused(int status, String reason) {
        return Optional.of(
                ApiResponse.json(status, JsonNodeFactory.instance.objectNode().put("error", reason)));
    }
}

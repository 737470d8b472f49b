package dev.crmsync.console;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The few files that pages use. */
final class StaticFiles {

    private record File(String type, String text) {}

    private final Map<String, File> files = Map.of(
            "console.css", new File("text/css", read("/console/console.css")),
            "console.js", new File("text/javascript", read("/console/console.js")),
            "icon.svg", new File("image/svg+xml", read("/console/icon.svg")),
            "htmx.min.js",
                    new File("text/javascript", read("/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js")));

    void serve(RoutingContext request) {
        File file = files.get(request.pathParam("name"));
        if (file == null) {
            request.fail(404);
            return;
        }
        request.response()
                .putHeader("Content-Type", file.type() + "; charset=utf-8")
                .putHeader("Cache-Control", "max-age=300")
                .end(file.text());
    }

    static String read(String path) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The console's file is not packaged: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

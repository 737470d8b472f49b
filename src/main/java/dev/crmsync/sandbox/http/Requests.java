package dev.crmsync.sandbox.http;

import dev.crmsync.sandbox.rest.ApiRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP requests as values. */
final class Requests {
    private Requests() {}

    static ApiRequest of(RoutingContext context) {
        HttpServerRequest http = context.request();
        Map<String, String> headers = new HashMap<>();
        http.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        Buffer body = context.body().buffer();
        return ApiRequest.of(http.method().name(), http.uri(), headers, body == null ? new byte[0] : body.getBytes());
    }
}

package dev.crmsync.sandbox.http;

import dev.crmsync.sandbox.rest.ApiResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes answers. */
final class Responses {
    private Responses() {}

    static void send(RoutingContext context, ApiResponse answer) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        byte[] body = answer.bytes();
        if (body.length > 0) {
            response.putHeader("Content-Type", answer.contentType());
        }
        response.end(Buffer.buffer(body));
    }
}

package dev.crmsync.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * The least that a server can do, a process of its own: answer 202, and, where it is given a database, verify the
 * signature and commit the body before that.
 */
final class BareServer {

    private BareServer() {}

    /** Port, secret, and the URL of a database if it stores. */
    public static void main(String[] arguments) throws SQLException {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx();
        RawBodies stored = arguments.length > 2 ? new RawBodies(arguments[2]) : null;
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Mac mac = PivotalRequests.mac(arguments[1]);
            vertx.createHttpServer()
                    .requestHandler(request -> request.body().onSuccess(body -> {
                        if (stored == null) {
                            answer(request, 202);
                        } else if (isAuthentic(request, body, mac)) {
                            stored.add(body.getBytes())
                                    .whenComplete((done, failed) -> answer(request, failed == null ? 202 : 503));
                        } else {
                            answer(request, 401);
                        }
                    }))
                    .listen(port, "127.0.0.1");
        }
    }

    private static void answer(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }

    private static boolean isAuthentic(HttpServerRequest request, Buffer body, Mac mac) {
        String signed = request.getHeader("svix-id") + "." + request.getHeader("svix-timestamp") + ".";
        mac.update(signed.getBytes(StandardCharsets.UTF_8));
        byte[] expected = Base64.getEncoder().encode(mac.doFinal(body.getBytes()));
        byte[] given = request.getHeader("svix-signature").substring("v1,".length()).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, given);
    }
}

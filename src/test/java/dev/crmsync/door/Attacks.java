package dev.crmsync.door;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;

/** What strangers do who have no secret. */
final class Attacks {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Attacks() {}

    /** Bodies of arrays, wide and deep, to every path at the same time. */
    static Attack arrays(int each, BiFunction<Scheme, byte[], Post> request) {
        return (door, attacker) -> {
            List<IntFunction<String>> shapes = List.of(Bodies::manyArrays, Bodies::deepArrays);
            for (IntFunction<String> shape : shapes) {
                byte[] body = Bodies.largest(shape);
                for (Scheme scheme : Scheme.values()) {
                    attacker.send(
                            door.webhooks(),
                            each / shapes.size(),
                            shared(request.apply(scheme, body).whole()));
                }
            }
            attacker.await(LONGEST);
        };
    }

    /** Numbers whose canonical form takes long to find. */
    static Attack costlyNumbers(int count) {
        return (door, attacker) -> {
            byte[] body = Bodies.largest(Bodies::costlyNumbers);
            attacker.send(
                    door.webhooks(),
                    count,
                    shared(Post.forged(Scheme.EMPORIX_HTTP, body).whole()));
            attacker.await(LONGEST);
        };
    }

    /** Requests that announce a body and send only that many bytes of it. */
    static Attack halfSent(int count, int announced, int sent, Duration held) {
        return (door, attacker) -> {
            for (Scheme scheme : Scheme.values()) {
                Post post = Post.forged(scheme, new byte[announced]);
                attacker.send(door.webhooks(), count / Scheme.values().length, shared(post.firstBytes(sent)));
            }
            attacker.await(held);
        };
    }

    /** The same to the console, by somebody who is not signed in. */
    static Attack halfSentToConsole(int count, int announced, Duration held) {
        return (door, attacker) -> {
            List<String> paths = List.of("/login", "/api/pauses", "/api/events/discard");
            for (String path : paths) {
                Post post = Post.of(path, Map.of(), new byte[announced]);
                attacker.send(door.console(), count / paths.size(), shared(post.firstBytes(announced / 2)));
            }
            attacker.await(held);
        };
    }

    /** Connections that say nothing. */
    static Attack idle(int count, Duration held) {
        return (door, attacker) -> {
            attacker.connect(door.webhooks(), count, socket -> {});
            attacker.await(held);
        };
    }

    /** These first bytes, and then this again and again. */
    static Attack dripping(int count, String beginning, String drip, Duration held) {
        return (door, attacker) -> {
            attacker.send(door.webhooks(), count, shared(beginning.getBytes(StandardCharsets.ISO_8859_1)));
            attacker.repeat(Duration.ofMillis(200), Buffer.buffer(drip));
            attacker.await(held);
        };
    }

    /** The same bytes on each connection. */
    static Attack bytes(int count, String bytes, Duration held) {
        return (door, attacker) -> {
            attacker.send(door.webhooks(), count, shared(bytes.getBytes(StandardCharsets.ISO_8859_1)));
            attacker.await(held);
        };
    }

    /** Requests one behind the other by somebody who does not read the answers. */
    static Attack unread(int count, int requests, Duration held) {
        return (door, attacker) -> {
            Buffer bytes = shared(
                    new String(Post.forged(Scheme.EMPORIX_HTTP, new byte[0]).whole(), StandardCharsets.ISO_8859_1)
                            .repeat(requests)
                            .getBytes(StandardCharsets.ISO_8859_1));
            attacker.connect(door.webhooks(), count, socket -> {
                socket.pause();
                socket.write(bytes);
            });
            attacker.await(held);
        };
    }

    /** Connections that are closed as soon as they are open. */
    static Attack flood(int waves, int connections) {
        return (door, attacker) -> {
            for (int wave = 0; wave < waves; wave++) {
                attacker.connect(door.webhooks(), connections, socket -> socket.close());
                attacker.await(LONGEST);
            }
        };
    }

    /** 1 MiB that would become a GiB if it were unpacked. */
    static Attack compressed(int count) {
        return (door, attacker) -> {
            Post post = Post.of(Scheme.EMPORIX_HTTP.path(), forgedAndCompressed(), zeros());
            attacker.send(door.webhooks(), count, shared(post.whole()));
            attacker.await(LONGEST);
        };
    }

    private static Map<String, String> forgedAndCompressed() {
        return Map.of(
                "Content-Encoding",
                "gzip",
                "emporix-event-signature",
                Scheme.EMPORIX_HTTP.forged().get("emporix-event-signature"));
    }

    private static byte[] zeros() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[Post.LARGEST];
            while (packed.size() < Post.LARGEST - zeros.length / 100) {
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    private static Buffer shared(byte[] bytes) {
        return Attacker.shared(bytes);
    }
}

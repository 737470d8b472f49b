package dev.crmsync.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Changes what goes over the wire at random; some of it stays the same request, most does not. */
final class RawMutations {

    private static final List<String> METHODS = List.of(
            "GET", "PUT", "DELETE", "TRACE", "HEAD", "OPTIONS", "CONNECT", "PATCH", "BREW", "post", "PRI", "", "P\0ST");

    private static final List<String> TARGETS = List.of(
            "/",
            "*",
            "",
            "/webhooks",
            "/webhooks/",
            "/webhooks/pivotal",
            "/webhooks/pivotal/",
            "/webhooks//pivotal",
            "//webhooks/pivotal",
            "/webhooks/plain",
            "/webhooks/./plain",
            "/webhooks/x/../plain",
            "/webhooks/%70lain",
            "/webhooks/plain%00",
            "/webhooks/plain%2f..%2fpivotal",
            "/webhooks/plain;a=b",
            "/webhooks/plain#x",
            "/webhooks\\plain",
            "/WEBHOOKS/PLAIN",
            "/webhooks/emporix/customer.deleted",
            "/webhooks/emporix/customer.created",
            "/webhooks/emporix/customer.deleted/../customer.updated",
            "/webhooks/emporix/customer%2Eupdated",
            "/webhooks/emporix/CUSTOMER.UPDATED",
            "/webhooks/emporix/customer.updated/",
            "/webhooks/emporix/customer.updated?eventType=customer.deleted&eventType=x",
            "/webhooks/emporix/customer.updated%20",
            "/webhooks/emporix/%zz",
            "/webhooks/emporix/%",
            "/webhooks/emporix/%ff%fe",
            "/webhooks/emporix/{{x}}${y}",
            "/webhooks/emporix/",
            "http://localhost/webhooks/pivotal",
            "http://[::1/webhooks/pivotal",
            "https://elsewhere:99999/webhooks/emporix/customer.updated",
            "webhooks/pivotal",
            "localhost:80",
            "/webhooks/pivotal?%zz",
            "/webhooks/pivotal?a&=&&b=%",
            "/webhooks/" + "x".repeat(5_000),
            "/webhooks/pivotal?" + "x".repeat(2_000),
            "/webhooks/pi votal",
            "/webhooks/\u00e9\u0001",
            "/%2e%2e/%2e%2e/webhooks/pivotal");

    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/0.9", "HTTP/1.9", "HTTP/2.0", "HTP/1.1", "HTTP/1", "http/1.1", "", "HTTP/1.1 x");

    private static final List<String> HEADERS = List.of(
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: ",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Encoding: gzip",
            "Content-Encoding: deflate",
            "Content-Length: 0",
            "Content-Length: -1",
            "Content-Length: +5",
            "Content-Length: 0x10",
            "Content-Length: 5, 5",
            "Content-Length: 99999999999999999999999",
            "Content-Length: 2147483648",
            "Content-Length: 1048577",
            "Content-Length: ",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding : chunked",
            "Expect: 100-continue",
            "Expect: everything",
            "Connection: close",
            "Connection: svix-signature, content-type",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA",
            "Host: ",
            "Host: a b",
            "Host: elsewhere:x",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-Proto: javascript",
            "traceparent: 00-zz-zz-01",
            "traceparent: 00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-ff",
            "Cookie: a=\"b; =; ;;",
            "CamelHttpResponseCode: 202",
            "CamelHttpPath: /webhooks/plain",
            "event-type: customer.deleted",
            "signed-content: x",
            "signed-type: customer.deleted",
            "svix-id: msg_other",
            "svix-timestamp: 99999999999999999999",
            "svix-timestamp: -1",
            "svix-signature: v1,",
            "svix-signature: v1a,AAAA v2,AAAA v1,====",
            "webhook-id: msg_1",
            "emporix-event-signature: ",
            "emporix-event-signature: ????",
            "emporix-event-publish-time: never",
            "Plain-Request-Signature: " + "g".repeat(64),
            "Plain-Request-Signature: " + "0".repeat(64),
            "Plain-Event-Type: customer.archived",
            ": nothing",
            "no colon",
            " folded: header",
            "X-Nul: a\0b",
            "X-Lone: a\rb",
            "X-Long: " + "x".repeat(10_000),
            "X\u00e9: y");

    private static final List<String> FRAMES = List.of(
            "%x\r\n",
            "%X;name=\"value\"\r\n",
            "0%x\r\n",
            "%x \r\n",
            "%x\n",
            "-%x\r\n",
            "0x%x\r\n",
            "ffffffffffffffff%x\r\n",
            "%x;" + "y".repeat(9_000) + "\r\n",
            "zz%x\r\n");

    private static final List<String> ENDS = List.of(
            "0\r\n\r\n",
            "0\r\n\r\n",
            "0\r\n\r\n",
            "",
            "00000\r\n\r\n",
            "0\r\nsvix-signature: v1,AAAA\r\nContent-Length: 3\r\n\r\n",
            "0\r\n" + "a: b\r\n".repeat(2_000) + "\r\n",
            "0\r\n");

    private static final List<String> FRAGMENTS =
            List.of("\r\n", "\r\n\r\n", "\n", "\r", "\0", " ", ":", "\t", "\u007f", "\u00ff", "GET / HTTP/1.1\r\n\r\n");

    private static final int MOST_HEADERS_ADDED = 150;

    private final Random random;

    RawMutations(Random random) {
        this.random = random;
    }

    /** One to three changes of the request, and now and then one of its bytes. */
    byte[] of(RawRequest request) {
        List<UnaryOperator<RawRequest>> ways = List.of(
                it -> it.withMethod(any(METHODS)),
                it -> it.withTarget(any(TARGETS)),
                it -> it.withTarget(byteChanged(it.target())),
                it -> it.withVersion(any(VERSIONS)),
                this::headerAdded,
                this::headerAdded,
                this::headerReplaced,
                this::headerReplaced,
                this::headerChanged,
                this::headerChanged,
                this::headersReordered,
                this::manyHeaders,
                this::lengthChanged,
                this::chunked,
                this::chunked,
                this::bodyChanged);
        RawRequest changed = request;
        for (int i = random.nextInt(3); i >= 0; i--) {
            changed = any(ways).apply(changed);
        }
        return inBytes(changed.bytes(), request.bytes());
    }

    private byte[] inBytes(byte[] bytes, byte[] original) {
        return switch (random.nextInt(12)) {
            case 0 -> byteChanged(bytes);
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> inserted(bytes, any(FRAGMENTS));
            case 3 -> joined(bytes, original);
            case 4 -> joined(original, bytes);
            case 5 -> joined(any(FRAGMENTS).getBytes(StandardCharsets.ISO_8859_1), bytes);
            default -> bytes;
        };
    }

    private RawRequest headerAdded(RawRequest request) {
        List<String> headers = new ArrayList<>(request.headers());
        headers.add(random.nextInt(headers.size() + 1), any(HEADERS));
        return request.withHeaders(headers);
    }

    private RawRequest headerReplaced(RawRequest request) {
        return request.with(
                any(HEADERS.stream().filter(header -> header.indexOf(':') > 0).toList()));
    }

    private RawRequest headerChanged(RawRequest request) {
        List<String> headers = new ArrayList<>(request.headers());
        if (headers.isEmpty()) {
            return request;
        }
        int at = random.nextInt(headers.size());
        String header = headers.get(at);
        switch (random.nextInt(7)) {
            case 0 -> headers.remove(at);
            case 1 -> headers.add(header);
            case 2 -> headers.set(at, byteChanged(header));
            case 3 -> headers.set(at, header.replaceFirst(":", " :"));
            case 4 -> headers.set(at, header.replaceFirst(": ", ":\r\n "));
            case 5 -> headers.set(at, header.toUpperCase(Locale.ROOT));
            default ->
                headers.set(at, header + any(List.of(" ", ",", ", x", header.substring(header.indexOf(':') + 1))));
        }
        return request.withHeaders(headers);
    }

    private RawRequest headersReordered(RawRequest request) {
        List<String> headers = new ArrayList<>(request.headers());
        Collections.shuffle(headers, random);
        return request.withHeaders(headers);
    }

    private RawRequest manyHeaders(RawRequest request) {
        List<String> headers = new ArrayList<>(request.headers());
        for (int i = random.nextInt(MOST_HEADERS_ADDED); i > 0; i--) {
            headers.add("x" + i + ": y");
        }
        return request.withHeaders(headers);
    }

    private RawRequest lengthChanged(RawRequest request) {
        int length = request.body().length + random.nextInt(-3, 4);
        return random.nextBoolean() ? request.with("Content-Length: " + length) : request.without("Content-Length:");
    }

    /** In a few chunks, most of them well-formed. */
    private RawRequest chunked(RawRequest request) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        int size = 1 + random.nextInt(request.body().length + 1);
        for (int from = 0; from < request.body().length; from += size) {
            byte[] chunk = Arrays.copyOfRange(request.body(), from, Math.min(request.body().length, from + size));
            String frame = random.nextInt(8) == 0 ? any(FRAMES) : "%x\r\n";
            framed.writeBytes(frame.formatted(chunk.length).getBytes(StandardCharsets.ISO_8859_1));
            framed.writeBytes(chunk);
            framed.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        framed.writeBytes(any(ENDS).getBytes(StandardCharsets.ISO_8859_1));
        RawRequest unmeasured = random.nextInt(4) == 0 ? request : request.without("Content-Length:");
        return unmeasured.with("Transfer-Encoding: chunked").withBody(framed.toByteArray());
    }

    /** Of the length that is announced, unless another change has seen to that. */
    private RawRequest bodyChanged(RawRequest request) {
        byte[] body =
                switch (random.nextInt(4)) {
                    case 0 -> Arrays.copyOf(request.body(), random.nextInt(request.body().length + 1));
                    case 1 -> inserted(request.body(), any(FRAGMENTS));
                    case 2 -> joined(request.body(), request.body());
                    default -> byteChanged(request.body());
                };
        return request.withBody(body).with("Content-Length: " + body.length);
    }

    private String byteChanged(String text) {
        return new String(byteChanged(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    private byte[] byteChanged(byte[] bytes) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private byte[] inserted(byte[] bytes, String fragment) {
        int at = random.nextInt(bytes.length + 1);
        byte[] before = Arrays.copyOf(bytes, at);
        byte[] after = Arrays.copyOfRange(bytes, at, bytes.length);
        return joined(joined(before, fragment.getBytes(StandardCharsets.ISO_8859_1)), after);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

package dev.crmsync.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request in its parts, as they go over the wire; nothing makes sure that they fit together. */
record RawRequest(String method, String target, String version, List<String> headers, byte[] body) {

    /** As a sender posts it. */
    static RawRequest of(SignedDelivery delivery) {
        List<String> headers = new ArrayList<>(List.of(
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: " + delivery.signed().body().length));
        delivery.signed().headers().forEach((name, value) -> headers.add(name + ": " + value));
        return new RawRequest(
                "POST", delivery.path(), "HTTP/1.1", headers, delivery.signed().body());
    }

    RawRequest withMethod(String other) {
        return new RawRequest(other, target, version, headers, body);
    }

    RawRequest withTarget(String other) {
        return new RawRequest(method, other, version, headers, body);
    }

    RawRequest withVersion(String other) {
        return new RawRequest(method, target, other, headers, body);
    }

    RawRequest withHeaders(List<String> others) {
        return new RawRequest(method, target, version, others, body);
    }

    RawRequest withBody(byte[] other) {
        return new RawRequest(method, target, version, headers, other);
    }

    /** With that header instead of those of the same name. */
    RawRequest with(String header) {
        RawRequest changed = without(header.substring(0, header.indexOf(':') + 1));
        changed.headers.add(header);
        return changed;
    }

    RawRequest without(String start) {
        List<String> others = new ArrayList<>(headers);
        others.removeIf(header -> header.regionMatches(true, 0, start, 0, start.length()));
        return withHeaders(others);
    }

    byte[] bytes() {
        String head = method + " " + target + " " + version + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}

package dev.crmsync.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** A request as the bytes that go over the wire. */
record Post(byte[] head, byte[] body) {

    /** Largest body that the application takes, in bytes. */
    static final int LARGEST = 1 << 20;

    /** What a connection that was closed was answered with. */
    static final int NO_ANSWER = 0;

    private static final int STATUS_BYTES = "HTTP/1.1 202".length();
    private static final int LONGEST_WAIT_MILLIS = 30_000;

    static Post of(String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
        return new Post(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
    }

    static Post signed(Scheme scheme, byte[] body) {
        return of(scheme.path(), scheme.signed(body), body);
    }

    static Post forged(Scheme scheme, byte[] body) {
        return of(scheme.path(), scheme.forged(), body);
    }

    static Post unsigned(Scheme scheme, byte[] body) {
        return of(scheme.path(), Map.of(), body);
    }

    /** All of it. */
    byte[] whole() {
        return firstBytes(body.length);
    }

    /** Its head, and that many bytes of its body. */
    byte[] firstBytes(int ofBody) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length + ofBody);
        bytes.writeBytes(head);
        bytes.write(body, 0, ofBody);
        return bytes.toByteArray();
    }

    /** Sends it on a connection of its own. @return the status of the answer, or {@link #NO_ANSWER} */
    int send(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(LONGEST_WAIT_MILLIS);
            socket.getOutputStream().write(whole());
            return status(socket.getInputStream().readNBytes(STATUS_BYTES));
        } catch (IOException closed) {
            return NO_ANSWER;
        }
    }

    /** The status in the first bytes of an answer. */
    static int status(byte[] answer) {
        return answer.length < STATUS_BYTES
                ? NO_ANSWER
                : Integer.parseInt(new String(
                        Arrays.copyOfRange(answer, STATUS_BYTES - 3, STATUS_BYTES), StandardCharsets.ISO_8859_1));
    }
}

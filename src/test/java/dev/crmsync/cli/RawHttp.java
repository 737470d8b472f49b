package dev.crmsync.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A connection on which anything can be sent, well-formed or not. */
final class RawHttp implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int QUIET_MILLIS = 300;

    private final Socket socket;

    RawHttp(String url) throws IOException {
        this(url, "127.0.0.1");
    }

    /** One that the other side sees coming from that address, of 127.0.0.0/8. */
    RawHttp(String url, String from) throws IOException {
        socket = new Socket("127.0.0.1", URI.create(url).getPort(), InetAddress.getByName(from), 0);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** An answer, read to the end of the connection. */
    record Answer(int status, List<String> headers, String body) {

        boolean has(String header) {
            return headers.stream()
                    .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(header + ":"));
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends that again and again; how many bytes went out before the other side would take no more, at most that many. */
    long sendUntilRefused(byte[] bytes, long most) {
        long sent = 0;
        try {
            while (sent < most) {
                send(bytes);
                sent += bytes.length;
            }
        } catch (IOException refused) {
            return sent;
        }
        return sent;
    }

    /** Whether the other side has not closed it; for when no answer is under way. */
    boolean isOpen() throws IOException {
        socket.setSoTimeout(1);
        try {
            while (socket.getInputStream().read() >= 0) {
                // an answer that nobody wanted
            }
            return false;
        } catch (SocketTimeoutException nothingYet) {
            return true;
        } catch (SocketException reset) {
            return false;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    /** Reads the first line of the answer. */
    String statusLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next != '\r' && next >= 0;
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    /**
     * Sends that, and reads the status of each answer until the other side closes the connection; answers may have no body.
     * This side is closed for writing once nothing comes for a while.
     *
     * @param closing whether to close it at once
     */
    List<Integer> exchange(String text, boolean closing) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            send(text);
            if (closing) {
                socket.shutdownOutput();
            }
            readUntilClosed(read);
        } catch (SocketException closed) {
            // what was read before counts
        }
        return statuses(read.toString(StandardCharsets.ISO_8859_1));
    }

    /** Sends that, and breaks the connection off. */
    void sendAndReset(String text) throws IOException {
        send(text);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void readUntilClosed(ByteArrayOutputStream read) throws IOException {
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(QUIET_MILLIS);
        try {
            in.transferTo(read);
        } catch (SocketTimeoutException nothingMore) {
            socket.shutdownOutput();
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in.transferTo(read);
        }
    }

    private static List<Integer> statuses(String answers) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        String rest = answers;
        while (!rest.isEmpty()) {
            int end = rest.indexOf("\r\n\r\n");
            if (end < 0 || !rest.startsWith("HTTP/1.")) {
                throw new IOException("No answer without a body: " + rest);
            }
            statuses.add(Integer.parseInt(rest.substring(9, 12)));
            boolean isChunked = rest.substring(0, end).toLowerCase(Locale.ROOT).contains("transfer-encoding");
            rest = rest.substring(end + 4);
            if (isChunked && rest.startsWith("0\r\n\r\n")) {
                rest = rest.substring(5);
            }
        }
        return statuses;
    }

    /** Reads the answer to a request that asked to close the connection. */
    Answer answer() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            in.transferTo(read);
        } catch (SocketException reset) {
            // what was read before counts
        }
        String text = read.toString(StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            throw new IOException("No answer, but: " + text);
        }
        List<String> head = text.substring(0, headEnd).lines().toList();
        Answer answer = new Answer(
                Integer.parseInt(head.get(0).split(" ")[1]), head.subList(1, head.size()), text.substring(headEnd + 4));
        boolean isEmptyChunk = answer.has("transfer-encoding") && answer.body().equals("0\r\n\r\n");
        return isEmptyChunk ? new Answer(answer.status(), answer.headers(), "") : answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

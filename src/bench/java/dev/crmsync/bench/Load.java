package dev.crmsync.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sender, a process of its own: as many requests as are answered, one at a time on each connection. First it warms
 * the server up, and then it measures. It prints a line of numbers, which {@link LoadResult} reads.
 */
final class Load {

    private static final int BUFFER = 4_096;
    private static final long SECOND = 1_000_000_000L;
    private static final double ROOM = 1.3;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int UNFINISHED = -1;
    private static final int CLOSED = 0;

    private final Selector selector = Selector.open();
    private final InetSocketAddress target;
    private final PivotalRequests requests;
    private int next;

    private Load(int port, String run, String secret) throws IOException {
        target = new InetSocketAddress("127.0.0.1", port);
        requests = new PivotalRequests(run, secret);
    }

    /** Port and process of the server, run, secret, connections, seconds of warm-up, seconds measured. */
    public static void main(String[] arguments) throws IOException {
        Load load = new Load(Integer.parseInt(arguments[0]), arguments[2], arguments[3]);
        int warmUp = Integer.parseInt(arguments[5]);
        int seconds = Integer.parseInt(arguments[6]);
        long startedAt = System.currentTimeMillis();
        load.connect(Integer.parseInt(arguments[4]));
        Phase warm = load.run(warmUp);
        int fastest = Arrays.stream(warm.accepted).max().orElse(0);
        load.requests.sign((int) (ROOM * fastest * seconds));
        ProcessHandle server = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
        Duration before = server.info().totalCpuDuration().orElseThrow();
        Phase measured = load.run(seconds);
        Duration cpu = server.info().totalCpuDuration().orElseThrow().minus(before);
        System.out.println(startedAt + " " + measured.describe() + " " + cpu.toMillis() + " "
                + Arrays.stream(warm.accepted).mapToObj(String::valueOf).collect(Collectors.joining(",")));
    }

    /** What happened in some seconds. */
    private static final class Phase {

        private static final int MICROS = 10;
        private static final int SLOWEST = 5_000_000;

        private final int[] accepted;
        private final int[] latencies = new int[SLOWEST / MICROS + 1];
        private int refused;

        private Phase(int seconds) {
            accepted = new int[seconds];
        }

        private void answered(boolean isAccepted, int second, long nanos) {
            if (!isAccepted) {
                refused++;
            } else if (second < accepted.length) {
                accepted[second]++;
                latencies[(int) Math.min(nanos / 1_000 / MICROS, latencies.length - 1)]++;
            }
        }

        private String describe() {
            long all = Arrays.stream(accepted).asLongStream().sum();
            return all / (double) accepted.length + " " + millis(all, 0.5) + " " + millis(all, 0.99) + " " + refused + " " + all;
        }

        private double millis(long all, double part) {
            long rest = (long) Math.ceil(all * part);
            for (int i = 0; i < latencies.length; i++) {
                rest -= latencies[i];
                if (rest <= 0) {
                    return i * MICROS / 1e3;
                }
            }
            return SLOWEST / 1e3;
        }
    }

    /** One request at a time; the buffer holds it, and then what has come of its answer. */
    private static final class Connection {

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        private long sentAt;
    }

    private void connect(int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            connect();
        }
    }

    private SelectionKey connect() throws IOException {
        SocketChannel channel = SocketChannel.open(target);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, new Connection());
    }

    private Phase run(int seconds) throws IOException {
        Phase phase = new Phase(seconds);
        long start = System.nanoTime();
        List<SelectionKey> waiting = List.copyOf(selector.keys());
        for (SelectionKey key : waiting) {
            send(key);
        }
        int inFlight = waiting.size();
        while (inFlight > 0) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                int status = status(key);
                if (status != UNFINISHED) {
                    long now = System.nanoTime();
                    int second = (int) ((now - start) / SECOND);
                    phase.answered(status == 202, second, now - ((Connection) key.attachment()).sentAt);
                    SelectionKey free = status == CLOSED ? connect() : key;
                    if (second < seconds) {
                        send(free);
                    } else {
                        inFlight--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return phase;
    }

    private void send(SelectionKey key) throws IOException {
        if (next == requests.signed()) {
            requests.sign(1);
        }
        Connection connection = (Connection) key.attachment();
        connection.buffer.clear();
        requests.write(next++, connection.buffer);
        connection.buffer.flip();
        connection.sentAt = System.nanoTime();
        SocketChannel channel = (SocketChannel) key.channel();
        while (connection.buffer.hasRemaining()) {
            channel.write(connection.buffer);
        }
        connection.buffer.clear();
    }

    /** Of the answer, which has no body. */
    private static int status(SelectionKey key) throws IOException {
        ByteBuffer answer = ((Connection) key.attachment()).buffer;
        if (((SocketChannel) key.channel()).read(answer) < 0) {
            key.channel().close();
            return CLOSED;
        }
        int end = answer.position();
        boolean whole = end > STATUS_AT + 3 && answer.get(end - 1) == '\n' && answer.get(end - 3) == '\n';
        return whole
                ? 100 * (answer.get(STATUS_AT) - '0')
                        + 10 * (answer.get(STATUS_AT + 1) - '0')
                        + answer.get(STATUS_AT + 2)
                        - '0'
                : UNFINISHED;
    }
}

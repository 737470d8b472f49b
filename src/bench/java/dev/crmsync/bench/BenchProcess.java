package dev.crmsync.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A class of this package in a process of its own, with the libraries of the packaged application. */
final class BenchProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    private final Process process;

    /** @param java options of its Java machine */
    BenchProcess(Class<?> main, List<String> java, String... arguments) throws IOException {
        String classes = main.getProtectionDomain().getCodeSource().getLocation().getPath();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java);
        command.addAll(List.of("-cp", classes + ":target/lib/*", main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A server, once it answers. Its first argument is its port. */
    static BenchProcess server(Class<?> main, List<String> java, int port, String... further) throws Exception {
        String[] arguments = new String[further.length + 1];
        arguments[0] = String.valueOf(port);
        System.arraycopy(further, 0, arguments, 1, further.length);
        BenchProcess server = new BenchProcess(main, java, arguments);
        Bench.until(LONGEST_START, Duration.ofMillis(20), () -> isOpen(port));
        return server;
    }

    /**
     * Sends as {@link Load} does, and returns what it measured.
     *
     * @param server the process whose CPU time is of interest
     */
    static LoadResult load(int port, long server, String run, String secret, int connections, int warmUp, int seconds)
            throws IOException {
        try (BenchProcess load = new BenchProcess(
                Load.class,
                List.of("-Xmx1g"),
                String.valueOf(port),
                String.valueOf(server),
                run,
                secret,
                String.valueOf(connections),
                String.valueOf(warmUp),
                String.valueOf(seconds))) {
            return LoadResult.of(new String(load.process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    /** The operating system's number of it. */
    long pid() {
        return process.pid();
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

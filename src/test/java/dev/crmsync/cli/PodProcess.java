package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application as the process of a pod: nothing of our environment, loopback ports chosen here. */
final class PodProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final PodRuntime runtime;
    private final Process process;
    private final Path log;
    private final int webhooks;
    private final int management;
    private final int console;

    private PodProcess(PodRuntime runtime, Process process, Path log, int webhooks, int management, int console) {
        this.runtime = runtime;
        this.process = process;
        this.log = log;
        this.webhooks = webhooks;
        this.management = management;
        this.console = console;
    }

    /**
     * Starts one; {@link #ready()} waits until it accepts webhooks.
     *
     * @param runtime runs it
     * @param folder gets its log
     * @param environment all that it sees
     * @param settings are added to those of the addresses it listens on
     * @param arguments the command, none for {@code run}
     */
    static PodProcess start(
            PodRuntime runtime,
            Path folder,
            Map<String, String> environment,
            Map<String, String> settings,
            String... arguments) {
        int webhooks = freePort();
        int management = freePort();
        int console = freePort();
        Map<String, String> all = new HashMap<>(settings);
        all.put("crm.http.host", "127.0.0.1");
        all.put("crm.webhooks.port", String.valueOf(webhooks));
        all.put("crm.management.port", String.valueOf(management));
        all.put("crm.console.port", String.valueOf(console));
        all.put("crm.sandbox.port", "0");
        try {
            Path log = Files.createTempFile(folder, "crm-sync", ".log");
            Process process = runtime.command(environment, all, List.of(arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new PodProcess(runtime, process, log, webhooks, management, console);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PodProcess ready() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return readiness() == 200;
        });
        return this;
    }

    /** The status of the readiness probe, 0 when nothing answers. */
    int readiness() {
        return get("/observe/health/ready");
    }

    int liveness() {
        return get("/observe/health/live");
    }

    private int get(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    String webhooks() {
        return "http://127.0.0.1:" + webhooks;
    }

    String console() {
        return "http://127.0.0.1:" + console;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM, as the kubelet does, and returns at once. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end. @return the exit code */
    int exit(Duration longest) {
        try {
            assertThat(process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within " + longest + ": " + log())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runtime.clear();
    }
}

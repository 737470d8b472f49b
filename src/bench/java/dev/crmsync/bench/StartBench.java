package dev.crmsync.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Starts the packaged application several times and prints, for each start, the time until it is ready, the CPU time
 * that it took until then, and its resident memory after ten idle seconds. CPU time tells more than wall time where other
 * work shares the machine. Linux only. Run it from the project root after {@code mvn package}:
 *
 * <pre>java -cp target/classes:target/bench-classes dev.crmsync.bench.StartBench [starts] [JVM options…]</pre>
 */
public final class StartBench {

    private static final int STARTS = 5;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int KIB_PER_MIB = 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> options;

    private StartBench(List<String> options) {
        this.options = options;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int starts = args.length == 0 ? STARTS : Integer.parseInt(args[0]);
        StartBench bench = new StartBench(Arrays.asList(args).subList(Math.min(1, args.length), args.length));
        System.out.printf("%d processors, Java %s %s%n", processors(), Runtime.version(), bench.options);
        System.out.println("ready ms   CPU ms   idle RSS MiB");
        for (int i = 0; i < starts; i++) {
            System.out.println(bench.start());
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private String start() throws IOException, InterruptedException {
        int management = freePort();
        Path data = Files.createTempDirectory("start-bench");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Dcrm.http.host=127.0.0.1",
                "-Dcrm.webhooks.port=0",
                "-Dcrm.console.port=0",
                "-Dcrm.sandbox.port=0",
                "-Dcrm.management.port=" + management,
                "-Dcrm.data.directory=" + data,
                "-jar",
                "target/crm-sync.jar"));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        try {
            awaitReady(process, management, began);
            long ready = Duration.ofNanos(System.nanoTime() - began).toMillis();
            long cpu = process.info()
                    .totalCpuDuration()
                    .orElse(Duration.ZERO)
                    .toMillis();
            Thread.sleep(IDLE.toMillis());
            return "%8d %8d %14d".formatted(ready, cpu, residentMebibytes(process));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void awaitReady(Process process, int port, long began) throws InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (true) {
            if (!process.isAlive() || System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("The application did not become ready within " + LONGEST);
            }
            try {
                if (http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // it does not listen yet
            }
            Thread.sleep(10);
        }
    }

    private static long residentMebibytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .findFirst()
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

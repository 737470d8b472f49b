package dev.crmsync.bench;

import dev.crmsync.reliability.JarProcess;
import dev.crmsync.reliability.PostgresDatabase;
import dev.crmsync.reliability.Sender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * From the start of the process until it is ready, the CPU time until then, and the resident memory after ten idle
 * seconds: in production as the image starts it (after {@code mvn -Pimage package}), in production from the jar, and in
 * the {@code dev} profile with its sandbox. In production the tables are up to date, but in the first start. Linux only.
 * CPU time tells more where other work shares the machine.
 */
final class HowSoonDoesItStart {

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Path IMAGE = Path.of("target/image").toAbsolutePath();
    private static final Path JAR = Path.of("target/crm-sync.jar").toAbsolutePath();
    private static final int KIB_PER_MIB = 1024;

    private final Table table =
            new Table("From the start of the process until it is ready", "start", "ready ms", "CPU ms", "idle MiB");
    private final Path folder = Files.createTempDirectory("how-soon");

    private HowSoonDoesItStart() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        int starts = Bench.option("starts", 7);
        HowSoonDoesItStart bench = new HowSoonDoesItStart();
        try (PostgresDatabase postgres = new PostgresDatabase(bench.folder.resolve("postgresql"))) {
            List<String> production = production(postgres.url());
            if (Files.exists(IMAGE.resolve("stage"))) {
                bench.start("production, image, empty database", IMAGE.resolve("stage"), image(), production);
                bench.starts(starts, "production, image", IMAGE.resolve("stage"), image(), production);
            }
            bench.starts(starts, "production, java -jar", Path.of(""), jar(), production);
            bench.starts(starts, "dev with sandbox, java -jar", Path.of(""), jar(), List.of());
        }
    }

    private void starts(int count, String what, Path directory, List<String> command, List<String> settings)
            throws IOException, InterruptedException {
        long[] ready = new long[count];
        for (int i = 0; i < count; i++) {
            ready[i] = start(what, directory, command, settings);
        }
        Arrays.sort(ready);
        table.row(what + ", median", ready[count / 2], "", "");
    }

    /** What the image runs, with its runtime, its class data and its limits of memory. */
    private static List<String> image() throws IOException {
        List<String> arguments = Files.readAllLines(IMAGE.resolve("app/crm-sync.args"));
        List<String> command = new ArrayList<>();
        command.add(IMAGE.resolve("opt/java/bin/java").toString());
        // What the limits of a pod with 768 MiB make of MaxRAMPercentage=50, and of the choice of the collector.
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC"));
        arguments.forEach(argument -> command.add(argument.replace("=/app/", "=" + IMAGE.resolve("app") + "/")));
        return command;
    }

    private static List<String> jar() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m", "-jar", JAR.toString());
    }

    private static List<String> production(String database) {
        return List.of(
                "crm.profile=prod",
                "crm.database.url=" + database,
                "crm.salesforce.login-url=http://localhost:9",
                "crm.salesforce.client-id=bench",
                "crm.salesforce.client-secret=bench",
                "crm.pivotal.signing-secrets=" + Sender.SECRET,
                "crm.emporix.signing-secrets.customer.created=1",
                "crm.emporix.signing-secrets.customer.updated=2",
                "crm.emporix.signing-secrets.customer.deleted=3",
                "crm.emporix.signing-secrets.customer.logged.in=4",
                "crm.emporix.signing-secrets.customer.email-change=5",
                "crm.plain.signing-secrets=" + Sender.SECRET);
    }

    /** @return milliseconds until it was ready */
    private long start(String what, Path directory, List<String> command, List<String> settings)
            throws IOException, InterruptedException {
        int management = JarProcess.freePort();
        List<String> all = new ArrayList<>(command.subList(0, 1));
        Stream.concat(
                        settings.stream(),
                        Stream.of(
                                "crm.http.host=127.0.0.1",
                                "crm.webhooks.port=0",
                                "crm.console.port=0",
                                "crm.sandbox.port=0",
                                "crm.management.port=" + management,
                                "crm.data.directory=" + Files.createTempDirectory(folder, "data")))
                .forEach(setting -> all.add("-D" + setting));
        all.addAll(command.subList(1, command.size()));
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment()
                .put(
                        "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
                        "file:" + Path.of("routes").toAbsolutePath() + "/*.camel.yaml");
        long began = System.nanoTime();
        Process process = builder.start();
        try {
            Bench.until(LONGEST, Duration.ofMillis(10), () -> isReady(process, management));
            long ready = Duration.ofNanos(System.nanoTime() - began).toMillis();
            long cpu = process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
            Thread.sleep(IDLE.toMillis());
            table.row(what, ready, cpu, residentMebibytes(process));
            return ready;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** By hand: an HTTP client would take CPU from what is measured. */
    private boolean isReady(Process process, int port) {
        if (!process.isAlive()) {
            throw new IllegalStateException("The application ended: see " + folder.resolve("log"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            socket.getOutputStream()
                    .write("GET /observe/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static long residentMebibytes(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst()
                    .orElseThrow();
        }
    }
}

package dev.crmsync.reliability;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The application in a process of its own; its ports stay the same when it is started again. */
public final class SyncProcess implements AutoCloseable {

    private static final List<String> TEST_SETTINGS =
            List.of("crm.delivery.first-retry=200ms", "crm.delivery.longest-retry=1s");

    private final String name;
    private final List<String> options;
    private final int webhooks = JarProcess.freePort();
    private final int management = JarProcess.freePort();
    private JarProcess process;

    /** @param further settings, as {@code name=value} */
    SyncProcess(String name, TestDatabase database, SandboxProcess sandbox, Path data, String... further) {
        this(name, database.url(), sandbox, data, JarProcess.SHORT_LIVED, TEST_SETTINGS, List.of(further));
    }

    /**
     * Starts one as it is in production, but for these options and settings.
     *
     * @param java options of its Java machine
     * @param settings as {@code name=value}
     */
    public SyncProcess(
            String name, String database, SandboxProcess sandbox, Path data, List<String> java, List<String> settings) {
        this(name, database, sandbox, data, java, List.of(), settings);
    }

    private SyncProcess(
            String name,
            String database,
            SandboxProcess sandbox,
            Path data,
            List<String> java,
            List<String> defaults,
            List<String> further) {
        this.name = name;
        List<String> settings = new ArrayList<>(List.of(
                "crm.http.host=127.0.0.1",
                "crm.webhooks.port=" + webhooks,
                "crm.management.port=" + management,
                "crm.console.port=0",
                "crm.data.directory=" + data,
                "crm.database.url=" + database,
                "crm.salesforce.login-url=" + sandbox.url(),
                "crm.salesforce.client-id=reliability",
                "crm.salesforce.client-secret=reliability",
                "crm.pivotal.signing-secrets=" + Sender.SECRET));
        settings.addAll(defaults);
        settings.addAll(further);
        this.options = Stream.concat(java.stream(), settings.stream().map(setting -> "-D" + setting))
                .toList();
        start();
    }

    void start() {
        process = JarProcess.start(name, options);
        process.awaitReady(() -> Http.answers("http://127.0.0.1:" + management + "/observe/health/ready")
                && Http.answers("http://127.0.0.1:" + management + "/observe/health/live"));
    }

    /** Its figures, in Prometheus' form. */
    public String metrics() {
        return Http.call("GET", "http://127.0.0.1:" + management + "/observe/metrics", null);
    }

    /** The operating system's number of it. */
    public long pid() {
        return process.pid();
    }

    /** Where it receives webhooks. */
    public String url() {
        return "http://127.0.0.1:" + webhooks;
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** SIGTERM, as the kubelet sends it. @return the exit code */
    int terminate() {
        return process.terminate();
    }

    void pause() {
        process.pause();
    }

    void proceed() {
        process.proceed();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }
}

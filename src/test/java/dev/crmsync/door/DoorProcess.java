package dev.crmsync.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.reliability.Http;
import dev.crmsync.reliability.JarProcess;
import dev.crmsync.reliability.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged application with the limits of its image and its embedded sandbox, and what can be seen of it. */
final class DoorProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LIMITS = List.of("-Xmx384m", "-XX:+ExitOnOutOfMemoryError");

    private final int webhooks = JarProcess.freePort();
    private final int console = JarProcess.freePort();
    private final int sandbox = JarProcess.freePort();
    private final int management = JarProcess.freePort();
    private final JarProcess process;

    DoorProcess(String name, TestDatabase database, Path data) {
        process = JarProcess.start(
                name,
                options(List.of(
                        "crm.http.host=127.0.0.1",
                        "crm.webhooks.port=" + webhooks,
                        "crm.console.port=" + console,
                        "crm.sandbox.port=" + sandbox,
                        "crm.management.port=" + management,
                        "crm.data.directory=" + data,
                        "crm.database.url=" + database.url(),
                        "crm.pivotal.signing-secrets=" + Scheme.SECRET,
                        "crm.plain.signing-secrets=" + Scheme.SECRET,
                        "crm.emporix.signing-secrets=" + Scheme.SECRET)));
        process.awaitReady(() -> Http.answers(observe("health/ready")));
    }

    private static List<String> options(List<String> settings) {
        return Stream.concat(LIMITS.stream(), settings.stream().map(setting -> "-D" + setting))
                .toList();
    }

    private String observe(String what) {
        return "http://127.0.0.1:" + management + "/observe/" + what;
    }

    int webhooks() {
        return webhooks;
    }

    int console() {
        return console;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Bytes of heap that are still in use after a full collection. */
    long liveHeap() throws IOException, InterruptedException {
        Process collection = new ProcessBuilder("jcmd", String.valueOf(pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!collection.waitFor(60, TimeUnit.SECONDS) || collection.exitValue() != 0) {
            throw new IllegalStateException("jcmd cannot reach process " + pid());
        }
        return (long) Http.call("GET", observe("metrics"), null)
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** The external ids of all records that were written to Salesforce. */
    Set<String> written() {
        try {
            Set<String> keys = new HashSet<>();
            for (JsonNode write :
                    JSON.readTree(Http.call("GET", "http://127.0.0.1:" + sandbox + "/sandbox/journal", null))) {
                keys.add(write.path("key").asText());
            }
            return keys;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The journal is no JSON", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

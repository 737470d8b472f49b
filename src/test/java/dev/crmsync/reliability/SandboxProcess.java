package dev.crmsync.reliability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The sandbox in a process of its own, with its control API. Its records survive a kill. */
public final class SandboxProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final int port = JarProcess.freePort();
    private final List<String> options;
    private JarProcess process;

    SandboxProcess(Path data) {
        this(data, JarProcess.SHORT_LIVED);
    }

    /**
     * Starts one.
     *
     * @param data where it keeps its records
     * @param options of its Java machine
     */
    public SandboxProcess(Path data, List<String> options) {
        this.data = data;
        this.options = options;
        start();
    }

    void start() {
        process = JarProcess.start(
                "sandbox", options, "sandbox", "--host", "127.0.0.1", "--port", "" + port, "--data", data.toString());
        process.awaitReady(() -> Http.answers(url() + "/sandbox"));
    }

    void kill() {
        process.kill();
    }

    /** Where it answers. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Adds a fault, in the JSON of the control API. */
    void fault(String json) {
        Http.call("POST", url() + "/sandbox/faults", json);
    }

    /** Every collections call is answered that much later, after its commit. */
    void answerLate(long millis) {
        fault("{\"kind\":\"slow\",\"operation\":\"upsert-collection\",\"delayMillis\":" + millis + "}");
    }

    /** What is scripted is over; a late answer that is under way stays late. */
    void clearFaults() {
        Http.call("DELETE", url() + "/sandbox/faults", null);
    }

    /** Every answer comes that much later. */
    public void latency(long millis) {
        Http.call("PUT", url() + "/sandbox/settings", "{\"latencyMillis\":" + millis + "}");
    }

    /** API calls made so far, logins not among them. */
    public long calls() {
        return overview().path("apiRequestsUsed").asLong();
    }

    /** The number of records of an object. */
    public long records(String object) {
        return overview().path("records").path(object).asLong();
    }

    private JsonNode overview() {
        try {
            return JSON.readTree(Http.call("GET", url() + "/sandbox", null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The sandbox answers no JSON", e);
        }
    }

    /** Forgets all records and writes. */
    public void reset() {
        Http.call("POST", url() + "/sandbox/reset", null);
    }

    /** When the newest write of that external id was committed, or null. */
    public Instant lastWrite(String key) {
        try {
            JsonNode writes = JSON.readTree(Http.call("GET", url() + "/sandbox/journal?key=" + key, null));
            return writes.isEmpty()
                    ? null
                    : Instant.parse(writes.get(writes.size() - 1).path("time").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The journal is no JSON", e);
        }
    }

    /** Whoever is logged in has to log in again. */
    void expireSessions() {
        Http.call("POST", url() + "/sandbox/sessions/expire", null);
    }

    /** Every committed write of these external ids, the oldest first. */
    List<SalesforceWrite> journal(Set<String> keys) {
        try {
            List<SalesforceWrite> writes = new ArrayList<>();
            for (JsonNode write : JSON.readTree(Http.call("GET", url() + "/sandbox/journal", null))) {
                if (keys.contains(write.path("key").asText())) {
                    writes.add(SalesforceWrite.of(write));
                }
            }
            return writes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The journal is no JSON", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

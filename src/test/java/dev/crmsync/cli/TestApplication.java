package dev.crmsync.cli;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A whole application in this process, on free loopback ports, with the embedded Salesforce. */
final class TestApplication implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Application application;
    private final TestSender sender;
    private final TestOrg org;

    private TestApplication(Application application) {
        this.application = application;
        this.sender = new TestSender(application.addresses().webhooks());
        this.org = new TestOrg(application.addresses().sandbox());
    }

    /**
     * Starts one.
     *
     * @param data where it keeps its files, the SQLite database unless {@code settings} say otherwise among them
     * @param settings win over those that every test application has
     */
    static TestApplication start(Path data, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings(data));
        all.putAll(settings);
        Application application = new Application(all);
        application.start();
        return new TestApplication(application);
    }

    /** What every test application is started with. */
    static Map<String, String> settings(Path data) {
        Map<String, String> settings = new HashMap<>(TestSender.SETTINGS);
        settings.put("crm.data.directory", data.toString());
        settings.put("crm.http.host", "127.0.0.1");
        settings.put("crm.webhooks.port", "0");
        settings.put("crm.console.port", "0");
        settings.put("crm.sandbox.port", "0");
        settings.put("crm.management.port", "0");
        settings.put("crm.delivery.first-retry", "300ms");
        settings.put("camel.main.shutdownTimeout", "5");
        return settings;
    }

    TestSender sender() {
        return sender;
    }

    /** One that adds a header to each request. */
    TestSender sender(String header, String value) {
        return new TestSender(application.addresses().webhooks(), Map.of(header, value));
    }

    TestOrg org() {
        return org;
    }

    Inbox inbox() {
        return application.parts().inbox();
    }

    Application application() {
        return application;
    }

    /** The event of that delivery, once it has come to an end. */
    StoredEvent ended(Sent sent) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> stored(sent),
                        event -> event.map(found -> found.state().isEnd()).orElse(false))
                .orElseThrow();
    }

    /** The event of that delivery, if the inbox holds it. */
    Optional<StoredEvent> stored(Sent sent) {
        return sent.ids().stream()
                .flatMap(id -> inbox().events().find(id).stream())
                .findFirst();
    }

    /**
     * Ends it as a crash does: from now on nothing that it learns is recorded and none of its leases is given up. What is on
     * its way to Salesforce may still arrive there.
     */
    void crash() {
        application
                .context()
                .getRegistry()
                .lookupByNameAndType("inbox-database", HikariDataSource.class)
                .close();
        application.close();
    }

    @Override
    public void close() {
        application.close();
    }
}

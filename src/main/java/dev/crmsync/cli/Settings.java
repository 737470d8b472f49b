package dev.crmsync.cli;

import dev.crmsync.inbox.BackOff;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.DeliveryLimits;
import dev.crmsync.inbox.PayloadCipher;
import dev.crmsync.inbox.Retention;
import dev.crmsync.salesforce.BatchLimits;
import dev.crmsync.salesforce.SalesforceSettings;
import dev.crmsync.webhook.http.RequestLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * All settings of the application, checked.
 *
 * @param embeddedSandbox whether the sandbox stands in for Salesforce
 * @param dataDirectory where the {@code dev} profile keeps its files
 * @param webhooks what senders may ask of the webhook server
 */
record Settings(
        Profile profile,
        Ports ports,
        DatabaseSettings database,
        SalesforceSettings salesforce,
        boolean embeddedSandbox,
        Path dataDirectory,
        RequestLimits webhooks,
        DeliveryLimits delivery,
        BackOff backOff,
        BatchLimits batches) {

    /**
     * Where the inbox is.
     *
     * @param cipher of the encryption keys: the first seals and all open; none stores payloads as they are
     * @param keepPayloads how long after its end an event keeps what may be personal data
     * @param keepIds how long after its end an event's id is remembered
     */
    record DatabaseSettings(
            String url,
            String username,
            String password,
            int connections,
            PayloadCipher cipher,
            Duration keepPayloads,
            Duration keepIds) {}

    /** Only where the inbox is, for commands that need nothing else. */
    static DatabaseSettings readDatabase(SettingsReader settings) {
        Profile profile = Profile.read(settings);
        return database(settings, profile == Profile.DEV, Path.of(settings.text("crm.data.directory", "data")));
    }

    static Settings read(SettingsReader settings) {
        Profile profile = Profile.read(settings);
        Path dataDirectory = Path.of(settings.text("crm.data.directory", "data"));
        boolean dev = profile == Profile.DEV;
        boolean embeddedSandbox =
                dev && settings.optional("crm.salesforce.login-url").isEmpty();
        DatabaseSettings database = database(settings, dev, dataDirectory);
        SalesforceSettings salesforce = embeddedSandbox ? null : SalesforceSettingsReader.read(settings, dev);
        testEvents(settings, salesforce);
        return new Settings(
                profile,
                Ports.read(settings, dev),
                database,
                salesforce,
                embeddedSandbox,
                dataDirectory,
                webhooks(settings),
                delivery(settings),
                backOff(settings),
                batches(settings));
    }

    private static RequestLimits webhooks(SettingsReader settings) {
        Duration otherwise = Duration.ofSeconds(30);
        Duration slowest = settings.duration("crm.webhooks.slowest-request", otherwise);
        if (slowest.isZero()) {
            settings.problem("crm.webhooks.slowest-request must be positive, was " + slowest);
        }
        return new RequestLimits(
                settings.number("crm.webhooks.max-concurrent", 1, 100_000, 1_000),
                slowest.isZero() ? otherwise : slowest,
                settings.number("crm.webhooks.max-connections", 1, 100_000, 2_000));
    }

    private static DatabaseSettings database(SettingsReader settings, boolean dev, Path dataDirectory) {
        String url = dev
                ? settings.text("crm.database.url", "jdbc:sqlite:" + dataDirectory.resolve("crm-sync.db"))
                : settings.required("crm.database.url", "such as jdbc:postgresql://db/crmsync");
        if (url != null && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:sqlite:")) {
            settings.problem("crm.database.url must start with jdbc:postgresql: or jdbc:sqlite:, was '"
                    + url.replaceFirst("[?].*", "") + "'");
        }
        return new DatabaseSettings(
                url,
                settings.optional("crm.database.username").orElse(null),
                settings.optional("crm.database.password").orElse(null),
                settings.number("crm.database.connections", 2, 100, Database.DEFAULT_CONNECTIONS),
                cipher(settings),
                settings.duration("crm.retention.payloads", Duration.ofDays(30)),
                keepIds(settings));
    }

    private static PayloadCipher cipher(SettingsReader settings) {
        List<String> keys = Stream.of(
                        settings.text("crm.database.encryption-keys", "").split(","))
                .map(String::trim)
                .filter(key -> !key.isEmpty())
                .toList();
        try {
            return PayloadCipher.of(keys);
        } catch (IllegalArgumentException e) {
            settings.problem("crm.database.encryption-keys: " + e.getMessage());
            return null;
        }
    }

    private static Duration keepIds(SettingsReader settings) {
        Duration keep = settings.duration("crm.retention.event-ids", Duration.ofDays(180));
        if (keep.compareTo(Retention.LEAST_IDS) < 0) {
            settings.problem("crm.retention.event-ids is " + keep.toDays() + "d, must be at least "
                    + Retention.LEAST_IDS.toDays() + "d: senders replay events that old");
        }
        return keep;
    }

    /** Events made with test keys must never reach a production org. */
    private static void testEvents(SettingsReader settings, SalesforceSettings salesforce) {
        String choice = settings.text("crm.test-events", "ignore");
        if (!choice.equals("ignore") && !choice.equals("deliver")) {
            settings.problem("crm.test-events is '" + choice + "', expected ignore or deliver");
        }
        if (choice.equals("deliver")
                && salesforce != null
                && salesforce.loginUrl() != null
                && SalesforceSettingsReader.isProductionOrg(salesforce.loginUrl())) {
            settings.problem("crm.test-events is 'deliver', but " + salesforce.loginUrl()
                    + " is a production org: set crm.test-events=ignore, or use a sandbox org");
        }
    }

    private static DeliveryLimits delivery(SettingsReader settings) {
        DeliveryLimits otherwise = DeliveryLimits.DEFAULT;
        return new DeliveryLimits(
                settings.number("crm.delivery.events-in-flight", 1, 100_000, otherwise.eventsInFlight()),
                otherwise.bytesInFlight(),
                settings.duration("crm.delivery.lease", otherwise.lease()),
                settings.duration("crm.delivery.poll-interval", otherwise.pollInterval()));
    }

    private static BackOff backOff(SettingsReader settings) {
        Duration first = settings.duration("crm.delivery.first-retry", BackOff.DEFAULT.first());
        Duration longest = settings.duration("crm.delivery.longest-retry", BackOff.DEFAULT.longest());
        if (first.isZero() || longest.compareTo(first) < 0) {
            settings.problem("crm.delivery.first-retry must be positive and at most crm.delivery.longest-retry, were "
                    + first + " and " + longest);
            return BackOff.DEFAULT;
        }
        return new BackOff(first, longest);
    }

    private static BatchLimits batches(SettingsReader settings) {
        BatchLimits otherwise = BatchLimits.DEFAULT;
        return new BatchLimits(
                settings.number("crm.salesforce.rows-per-call", 1, BatchLimits.MAX_ROWS, otherwise.rows()),
                otherwise.bytes(),
                settings.number("crm.salesforce.calls-in-flight", 1, 20, otherwise.callsInFlight()),
                settings.duration("crm.salesforce.linger", otherwise.linger()));
    }
}

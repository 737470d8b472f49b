package dev.crmsync.cli;

import dev.crmsync.deadletter.DeadLetterDetails;
import dev.crmsync.deadletter.ReplayRunner;
import dev.crmsync.event.Traffic;
import dev.crmsync.http.MemoryBudget;
import dev.crmsync.inbox.AcceptQueue;
import dev.crmsync.inbox.Arrivals;
import dev.crmsync.inbox.Consumers;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.DatabaseClock;
import dev.crmsync.inbox.DatabaseHealthCheck;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.InboxComponent;
import dev.crmsync.inbox.InboxGauges;
import dev.crmsync.inbox.InboxIdempotentRepository;
import dev.crmsync.inbox.RecordLedger;
import dev.crmsync.inbox.Retention;
import dev.crmsync.inbox.RetentionSchedule;
import dev.crmsync.inbox.SharedPauses;
import dev.crmsync.inbox.StoringWithoutThread;
import dev.crmsync.observe.LogContext;
import dev.crmsync.observe.OpenTelemetryTracing;
import dev.crmsync.observe.TracedReceipt;
import dev.crmsync.salesforce.SalesforceComponents;
import dev.crmsync.salesforce.SalesforceSettings;
import dev.crmsync.salesforce.UpsertComponent;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.webhook.OwnSamples;
import dev.crmsync.webhook.http.Answers;
import dev.crmsync.webhook.http.WebhookServer;
import dev.crmsync.worker.Workers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the parts together and gives them to Camel: those that routes name while Camel loads them at once, those that need
 * the database before the routes start. Meanwhile the database is opened.
 */
final class ApplicationParts extends MainListenerSupport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationParts.class);

    /** Each may take up many times its size while it is parsed. */
    private static final int LARGE_BODIES_AT_ONCE = 2;

    private static final Duration SECRETS_INTERVAL = Duration.ofSeconds(5);
    private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);

    private final Clock clock = Clock.systemUTC();
    private Clock sharedClock;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Workers workers = new Workers(metrics);
    private final MemoryBudget requestMemory = MemoryBudget.ofHeap().measuredIn(metrics);
    private final CheckedRoutes routes = new CheckedRoutes(() -> settings().profile());
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private WebhookServer webhooks;
    private ObserveServer observe;
    private Sandbox sandbox;
    private Inbox inbox;
    private SharedPauses pauses;
    private RecordLedger ledger;
    private Settings settings;
    private Opening opening;
    private Database database;
    private volatile UpsertComponent upserts;
    private ConsoleParts console;
    private ConsoleAccess consoleAccess;
    private TracingSettings tracing;

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        settings = readSettings(context);
        Settings.DatabaseSettings where = settings.database();
        opening = open(
                Opening.of(() -> Database.open(where.url(), where.username(), where.password(), where.connections())));
        opened.push(metrics::close);
        JvmMetrics.bindTo(metrics).forEach(this::open);
        try {
            bind(context);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Waits for the database and adds what needs it. */
    void connect(CamelContext context) {
        database = opening.await();
        sharedClock = open(DatabaseClock.start(database, clock, workers)).measuredIn(metrics);
        Traffic traffic = new Traffic();
        bindInbox(context, traffic);
        bindSalesforce(context, traffic);
        console = new ConsoleParts(
                context,
                settings,
                consoleAccess,
                database,
                inbox,
                upserts,
                metrics,
                () -> Addresses.local(webhooks.getPort()),
                settings.embeddedSandbox() ? null : settings.salesforce().loginUrl(),
                sharedClock,
                requestMemory,
                new RunningRoutes(context, routes));
        try {
            context.addService(console);
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Settings readSettings(CamelContext context) {
        PropertiesComponent properties = context.getPropertiesComponent();
        SettingsReader reader = new SettingsReader(properties::resolveProperty);
        Settings settings = Settings.read(reader);
        consoleAccess = ConsoleAccess.read(reader);
        tracing = TracingSettings.read(reader, System::getenv);
        Properties defaults = new Properties();
        defaults.setProperty("crm.test-events", "ignore");
        SigningSecretsCheck secrets = new SigningSecretsCheck(reader, properties);
        defaults.putAll(secrets.check(settings));
        reader.throwIfAny();
        properties.setInitialProperties(defaults);
        return settings;
    }

    private void bind(CamelContext context) throws Exception {
        Registry registry = context.getRegistry();
        registry.bind("clock", clock);
        registry.bind("metrics", metrics);
        registry.bind("workers", workers);
        registry.bind("own-samples", new OwnSamples());
        Answers answers = new Answers(metrics, clock);
        context.addStartupListener((started, alreadyStarted) -> answers.announceRoutesOf(started));
        context.addStartupListener(new ExtendedStartupListener() {
            @Override
            public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {}

            /** Before, no route delivers anything. */
            @Override
            public void onCamelContextFullyStarted(CamelContext started, boolean alreadyStarted) {
                watch(new RunningRoutes(started, routes));
            }
        });
        registry.bind("dead-letter-details", new DeadLetterDetails(clock));
        RouteFunctions.bind(registry);
        observeExchanges(context);
        webhooks = WebhookServer.on(
                settings.ports().host(), settings.ports().webhooks(), settings.webhooks(), requestMemory, answers);
        registry.bind("platform-http-engine", webhooks);
        registry.bind("vertx-options", new VertxOptions().setWorkerPoolSize(LARGE_BODIES_AT_ONCE));
        context.addService(webhooks);
        String folders = MountedSettings.folders();
        if (folders != null) {
            open(SecretsWatch.start(context, () -> MountedSettings.in(folders), SECRETS_INTERVAL, workers));
        }
        observe = open(new ObserveServer(context, metrics, settings.ports()));
        context.addService(observe);
    }

    private void observeExchanges(CamelContext context) {
        CamelMetrics.observe(context, metrics);
        context.getCamelContextExtension().addInterceptStrategy(new LogContext());
        context.getCamelContextExtension().addInterceptStrategy(new StoringWithoutThread());
        if (tracing.on()) {
            OpenTelemetryTracing exported = open(OpenTelemetryTracing.start(tracing.properties()));
            context.getRegistry().bind("tracing", exported);
            context.addRoutePolicyFactory(new TracedReceipt(exported));
        }
    }

    private void bindInbox(CamelContext context, Traffic traffic) {
        Settings.DatabaseSettings where = settings.database();
        inbox = new Inbox(database, where.cipher(), sharedClock, new Arrivals(), workers);
        inbox.verifyPayloadKeys();
        pauses = open(new SharedPauses(inbox, sharedClock));
        InboxComponent component = new InboxComponent(
                context,
                inbox,
                ProcessName.unique(),
                settings.delivery(),
                settings.backOff(),
                traffic,
                sharedClock,
                metrics);
        ledger = open(new RecordLedger(inbox, component::owner, sharedClock));
        open(new InboxGauges(metrics, inbox, sharedClock, () -> InboxComponent.sourcesOf(context)));
        HealthChecks.register(
                context,
                new DatabaseHealthCheck(database),
                new RoutesHealthCheck(context, new RunningRoutes(context, routes)),
                new WorkersHealthCheck(workers));
        open(RetentionSchedule.start(
                new Retention(database, sharedClock, where.keepPayloads(), where.keepIds()), SWEEP_INTERVAL, workers));
        open(ReplayRunner.start(
                database,
                inbox.replays(),
                sharedClock,
                () -> upserts != null && upserts.budget().allowsReplays(),
                workers));
        AcceptQueue accepting = open(new AcceptQueue(inbox));
        context.getRegistry().bind("inbox-database", database.dataSource());
        context.getRegistry().bind("inbox", new InboxIdempotentRepository(accepting, inbox));
        context.addComponent("inbox", component);
    }

    private void watch(RunningRoutes running) {
        open(new Consumers(metrics, inbox, sharedClock, running::accepted, running::delivered));
    }

    private void bindSalesforce(CamelContext context, Traffic traffic) {
        SalesforceSettings where = settings.salesforce();
        if (settings.embeddedSandbox()) {
            sandbox = open(Sandbox.start(SandboxOptions.inMemory()
                    .withHost(settings.ports().host())
                    .withPort(settings.ports().sandbox())
                    .withDataDirectory(settings.dataDirectory().resolve("sandbox"))));
            where = SandboxLogin.to(sandbox.url());
        }
        LOG.info("Salesforce: {}", where);
        SalesforceComponent salesforce = SalesforceComponents.create(context, where);
        context.addComponent("salesforce", salesforce);
        upserts = new UpsertComponent(
                context, salesforce, settings.batches(), traffic, pauses, ledger, metrics, sharedClock);
        context.addComponent("upsert", upserts);
    }

    Inbox inbox() {
        return inbox;
    }

    CheckedRoutes routes() {
        return routes;
    }

    private Settings settings() {
        return settings;
    }

    Addresses addresses() {
        return new Addresses(
                Addresses.local(webhooks.getPort()),
                console.address(),
                sandbox == null ? null : sandbox.url(),
                Addresses.local(observe.port()));
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    /** Closes what was opened, the last first. */
    @Override
    public void close() {
        List<AutoCloseable> parts = List.copyOf(opened);
        opened.clear();
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close cleanly: {}", part.getClass().getSimpleName(), e.toString());
            }
        }
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        close();
    }
}

package dev.crmsync.salesforce;

import dev.crmsync.event.DeliveryControl;
import dev.crmsync.event.Traffic;
import dev.crmsync.record.Judgement;
import dev.crmsync.record.Ledger;
import dev.crmsync.record.RecordKey;
import dev.crmsync.record.RecordState;
import dev.crmsync.record.Statement;
import dev.crmsync.worker.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.service.ServiceHelper;

/** Makes {@code upsert:<Object>} endpoints, which share their batchers and the login. */
public final class UpsertComponent extends DefaultComponent {

    private final SalesforceComponent salesforce;
    private final BatchLimits limits;
    private final Traffic traffic;
    private final DeliveryControl control;
    private final Ledger ledger;
    private final Clock clock;
    private final ApiUsage usage = new ApiUsage();
    private final ApiBudget budget;
    private final SalesforceMetrics metrics;
    private final RetryAfter retryAfter;
    private ExecutorService executor;
    private ExecutorService loginExecutor;
    private ScheduledExecutorService scheduler;
    private Batchers batchers;

    public UpsertComponent(
            CamelContext context,
            SalesforceComponent salesforce,
            BatchLimits limits,
            Traffic traffic,
            DeliveryControl control,
            Ledger ledger,
            MeterRegistry registry,
            Clock clock) {
        super(context);
        this.salesforce = salesforce;
        this.limits = limits;
        this.traffic = traffic;
        this.control = control;
        this.ledger = ledger;
        this.clock = clock;
        this.budget = new ApiBudget(usage, limits.linger());
        this.metrics = new SalesforceMetrics(registry, usage);
        this.retryAfter = new RetryAfter(clock);
    }

    /** The org's API usage as of the latest call. */
    public ApiUsage usage() {
        return usage;
    }

    /** What the usage allows. */
    public ApiBudget budget() {
        return budget;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        UpsertEndpoint endpoint = new UpsertEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        if (endpoint.getKey() == null) {
            throw new IllegalArgumentException(
                    uri + " lacks the parameter key: name the external id field that identifies the record");
        }
        if (!endpoint.patience().isZero() && !endpoint.isOnlyExisting()) {
            throw new IllegalArgumentException(
                    uri + " waits for a record that it would make itself: set onlyExisting too, or take wait out");
        }
        return endpoint;
    }

    /** What the ledger says now of what an event has to say of a record. */
    Judgement judge(Upsert upsert, Statement statement) {
        RecordKey record = upsert.recordKey();
        return ledger.read(List.of(record))
                .getOrDefault(record, RecordState.UNKNOWN)
                .judge(statement);
    }

    Batcher batcher(String object, String keyField) {
        return batchers.of(object, keyField);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        var executors = getCamelContext().getExecutorServiceManager();
        executor = executors.newFixedThreadPool(
                this, "upsert", Math.max(2, Runtime.getRuntime().availableProcessors()));
        loginExecutor = executors.newSingleThreadExecutor(this, "salesforce-login");
        Workers watched = CamelContextHelper.findSingleByType(getCamelContext(), Workers.class);
        scheduler = (watched == null ? Workers.unmeasured() : watched).named("upsert-linger");
        SalesforceLogin login = new SalesforceLogin(salesforce, loginExecutor, metrics);
        batchers = new Batchers(
                new CamelCollectionsClient(
                        new SalesforceCalls(getCamelContext(), login, this::readUsage, scheduler, deadline())),
                new Circuit(control, retryAfter, clock),
                new RowLeases(ledger, deadline().multipliedBy(2), clock, executor),
                budget,
                metrics,
                limits,
                traffic,
                clock,
                executor,
                scheduler);
    }

    /** Time for the call, for a login, and for the call once more, and as much again. */
    private Duration deadline() {
        return Duration.ofMillis(salesforce.getHttpRequestTimeout()).multipliedBy(6);
    }

    private void readUsage(Exchange exchange) {
        usage.read(exchange);
        budget.check();
    }

    /** Needs the HTTP client, which camel-salesforce makes when it starts. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(salesforce);
        salesforce.getConfig().getHttpClient().getRequestListeners().addListener(retryAfter);
    }

    @Override
    protected void doShutdown() throws Exception {
        var executors = getCamelContext().getExecutorServiceManager();
        scheduler.shutdownNow();
        executors.shutdownNow(loginExecutor);
        executors.shutdownNow(executor);
        super.doShutdown();
    }
}

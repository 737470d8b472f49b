package dev.crmsync.inbox;

import dev.crmsync.event.Tracing;
import dev.crmsync.event.Traffic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes {@code inbox:} endpoints. {@code from: inbox:<source>} delivers that source's events; {@code to: inbox:ignored},
 * {@code inbox:retry} and {@code inbox:dead} say what shall become of the event.
 */
public final class InboxComponent extends DefaultComponent {

    private static final Logger LOG = LoggerFactory.getLogger(InboxComponent.class);

    private static final String DEAD_LETTERS = "direct:dead-letter?block=false";

    private final Inbox inbox;
    private final String process;
    private final DeliveryLimits limits;
    private final BackOff backOff;
    private final Traffic traffic;
    private final Clock clock;
    private final MeterRegistry metrics;
    private GroupSettler settler;
    private volatile Ownership ownership;
    private Leases leases;
    private ExecutorService executor;
    private Tracing tracing;
    private AsyncProducer deadLetters;
    private final Isolation isolation = new Isolation();

    /** @param process names this process among all that share the database */
    public InboxComponent(
            CamelContext context,
            Inbox inbox,
            String process,
            DeliveryLimits limits,
            BackOff backOff,
            Traffic traffic,
            Clock clock,
            MeterRegistry metrics) {
        super(context);
        this.inbox = inbox;
        this.process = process;
        this.limits = limits;
        this.backOff = backOff;
        this.traffic = traffic;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The sources whose events a route of the context delivers. */
    public static Set<String> sourcesOf(CamelContext context) {
        return context.getRoutes().stream()
                .map(Route::getEndpoint)
                .filter(InboxEndpoint.class::isInstance)
                .map(endpoint -> ((InboxEndpoint) endpoint).source())
                .collect(Collectors.toSet());
    }

    /** The sources whose events a route of the context delivers now: one that runs. */
    public static Set<String> deliveredBy(CamelContext context) {
        return context.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof InboxEndpoint)
                .filter(route -> context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .map(route -> ((InboxEndpoint) route.getEndpoint()).source())
                .collect(Collectors.toSet());
    }

    /** What an event can be sent to, such as {@code ignored}. */
    public static Set<String> decisions() {
        return Stream.of(InboxEndpoint.Decision.values())
                .map(decision -> decision.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        InboxEndpoint endpoint = new InboxEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        Tracing bound = CamelContextHelper.findSingleByType(getCamelContext(), Tracing.class);
        tracing = bound == null ? Tracing.OFF : bound;
        settler = new GroupSettler(inbox);
        ownership = inbox.own(process);
        Gauge.builder("crm.inbox.owner", ownership, owner -> owner.isHeld() ? 1 : 0)
                .description("Whether this process may claim: the others on the database know that it is alive")
                .register(metrics);
        leases = new Leases(
                inbox,
                ownership,
                limits.lease(),
                clock,
                subject -> LOG.info("The lease on subject {} was lost", subject));
        var executors = getCamelContext().getExecutorServiceManager();
        executor = executors.newFixedThreadPool(
                this, "delivery", Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /** The route may be there only later, so nothing waits for it. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        deadLetters = getCamelContext().getEndpoint(DEAD_LETTERS).createAsyncProducer();
        ServiceHelper.startService(deadLetters);
    }

    @Override
    protected void doShutdown() throws Exception {
        settler.close();
        getCamelContext().getExecutorServiceManager().shutdownNow(executor);
        try {
            leases.close();
        } catch (InboxUnavailableException e) {
            LOG.warn("Leases stay until others find that this process has ended: {}", e.getMessage());
        }
        ownership.close();
        super.doShutdown();
    }

    Inbox inbox() {
        return inbox;
    }

    /** The name under which this process may claim and lease now, if it may. */
    public Optional<String> owner() {
        return ownership == null ? Optional.empty() : ownership.owner();
    }

    Ownership ownership() {
        return ownership;
    }

    DeliveryLimits limits() {
        return limits;
    }

    BackOff backOff() {
        return backOff;
    }

    Traffic traffic() {
        return traffic;
    }

    Clock clock() {
        return clock;
    }

    MeterRegistry metrics() {
        return metrics;
    }

    Tracing tracing() {
        return tracing;
    }

    GroupSettler settler() {
        return settler;
    }

    /** The route along which all dead letters go. */
    AsyncProducer deadLetters() {
        return deadLetters;
    }

    Isolation isolation() {
        return isolation;
    }

    Leases leases() {
        return leases;
    }

    ExecutorService executor() {
        return executor;
    }
}

package dev.crmsync.cli;

import dev.crmsync.console.ConsoleData;
import dev.crmsync.console.ConsoleServer;
import dev.crmsync.console.ConsoleSettings;
import dev.crmsync.console.RouteStatus;
import dev.crmsync.console.Users;
import dev.crmsync.deadletter.DeadLetters;
import dev.crmsync.http.MemoryBudget;
import dev.crmsync.inbox.Activity;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.DeliveryPreview;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.salesforce.UpsertComponent;
import dev.crmsync.webhook.OwnSamples;
import dev.crmsync.webhook.SameSubject;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the console together; it starts once the routes run. */
final class ConsoleParts extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleParts.class);
    private static final String DEV_USER = "operator";
    private static final int DEV_PASSWORD_BYTES = 9;

    private final CamelContext context;
    private final Settings settings;
    private final ConsoleAccess access;
    private final Database database;
    private final Inbox inbox;
    private final UpsertComponent upserts;
    private final MeterRegistry metrics;
    private final Supplier<String> webhooks;
    private final String salesforceUrl;
    private final Clock clock;
    private final MemoryBudget memory;
    private final RouteStatus routes;
    private ConsoleServer server;

    /**
     * @param webhooks yields the base URL of the webhook port
     * @param salesforceUrl where records have their pages
     * @param memory that all servers share
     * @param routes how they stand
     */
    ConsoleParts(
            CamelContext context,
            Settings settings,
            ConsoleAccess access,
            Database database,
            Inbox inbox,
            UpsertComponent upserts,
            MeterRegistry metrics,
            Supplier<String> webhooks,
            String salesforceUrl,
            Clock clock,
            MemoryBudget memory,
            RouteStatus routes) {
        this.context = context;
        this.settings = settings;
        this.access = access;
        this.database = database;
        this.inbox = inbox;
        this.upserts = upserts;
        this.metrics = metrics;
        this.webhooks = webhooks;
        this.salesforceUrl = salesforceUrl;
        this.clock = clock;
        this.memory = memory;
        this.routes = routes;
    }

    /** The base URL, or null while there is no console. */
    String address() {
        return server == null ? null : Addresses.local(server.port());
    }

    @Override
    protected void doStart() {
        Users users = users();
        if (users.isEmpty() && access.oidc() == null) {
            LOG.info("There is no console: set crm.console.users-file or crm.console.oidc.issuer");
            return;
        }
        SameSubject edits = new SameSubject(context);
        DeadLetters deadLetters = new DeadLetters(database, inbox, edits, clock);
        ConsoleData data = new ConsoleData(
                database,
                deadLetters,
                inbox,
                new Activity(database),
                new DeliveryPreview(context, database, edits, clock),
                new ConsoleSamples(
                        webhooks,
                        context.getPropertiesComponent(),
                        context.getRegistry().findSingleByType(OwnSamples.class),
                        clock),
                new SalesforceFigures(upserts, metrics),
                routes,
                clock);
        server = ConsoleServer.start(
                data,
                users,
                new ConsoleSettings(
                        settings.ports().host(),
                        settings.ports().console(),
                        access.behindTls(),
                        salesforceUrl,
                        access.oidc()),
                memory);
    }

    private Users users() {
        if (access.usersFile() != null) {
            return Users.read(access.usersFile());
        }
        if (settings.profile() != Profile.DEV || access.oidc() != null && access.devPassword() == null) {
            return Users.none();
        }
        String password = access.devPassword() == null ? generated() : access.devPassword();
        if (access.devPassword() == null) {
            LOG.info("Console: sign in as {} with the password {}", DEV_USER, password);
        }
        return Users.of(DEV_USER, password);
    }

    private static String generated() {
        byte[] bytes = new byte[DEV_PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    protected void doStop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}

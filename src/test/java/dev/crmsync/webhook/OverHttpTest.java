package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.event.SettableClock;
import dev.crmsync.salesforce.MappingFunctions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verifiers behind the real server, which decides what of a request becomes a header. */
class OverHttpTest {

    private static final String SECRET = "shop secret";
    private static final byte[] DELETED = Utf8.bytes(
            "{\"customerNumber\":\"138\",\"email\":\"zoë@acme.example\",\"triggeredBy\":\"me\",\"tenant\":\"acme\"}");

    private final SettableClock clock = SettableClock.atPresent();
    private final EmporixSigner signer = new EmporixSigner(SECRET, clock);
    private final CamelContext context = new DefaultCamelContext();
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private int port;

    /** What reached the end of the route. */
    record Received(Event event, Set<String> headers) {}

    @BeforeEach
    void start() throws Exception {
        Properties settings = new Properties();
        settings.put("crm.emporix.signing-secrets", SECRET);
        context.getPropertiesComponent().setOverrideProperties(settings);
        context.getRegistry().bind("clock", clock);
        MappingFunctions.all().forEach(context.getRegistry()::bind);
        EnvelopeFunctions.all().forEach(context.getRegistry()::bind);
        context.disableJMX();

        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("127.0.0.1");
        configuration.setBindPort(0);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(configuration);
        context.addService(server);
        server.start();
        port = server.getPort();
        context.getComponent("platform-http", PlatformHttpComponent.class).setServerRequestValidation(false);

        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:received")
                        .process(exchange -> received.add(new Received(
                                exchange.getProperty(ExchangeProperties.EVENT, Event.class),
                                Set.copyOf(exchange.getMessage().getHeaders().keySet()))))
                        .setBody(constant(""));
            }
        });
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString(
                        "receive-emporix.camel.yaml",
                        Files.readString(Path.of("routes", "receive-emporix.camel.yaml"))
                                .replaceAll(" *routeConfigurationId: refusals\n", "")
                                .replace("direct:accept", "direct:received")));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void verifiesTheBytesThatCame() throws Exception {
        assertThat(post("/customer.deleted").statusCode()).isEqualTo(204);

        Event event = next().event();
        assertThat(event.type()).isEqualTo("customer.deleted");
        assertThat(event.payload()).contains("zoë@acme.example");
    }

    @Test
    void letsNoHeaderOrQueryParameterTakeThePlaceOfThePath() throws Exception {
        post(
                "/Customer.Deleted?event-type=customer.created&CamelHttpPath=/x/customer.created"
                        + "&camelhttpuri=/x/customer.created&CamelHttpUri=/x/customer.created&sObjectName=User",
                "event-type",
                "customer.created",
                "CamelHttpUri",
                "/x/customer.created",
                "CAMELHTTPURI",
                "/x/customer.created",
                "CamelHttpPath",
                "/x/customer.created",
                "sObjectName",
                "User",
                "sObjectQuery",
                "SELECT Id FROM User",
                "apexUrl",
                "/x",
                "Content-Type",
                "application/json; charset=UTF-16");

        Received request = next();
        assertThat(request.event().unreadable()).isNull();
        assertThat(request.event().type()).isEqualTo("customer.deleted");
        assertThat(request.headers()).containsExactlyInAnyOrder("event-type", "signed-content", "Content-Type");
    }

    @Test
    void acceptsASignatureHeaderInAnyCaseAndNotTwice() throws Exception {
        SignedRequest request = signer.sign(DELETED);
        String signature = request.headers().get("emporix-event-signature");

        send("/customer.deleted", "EMPORIX-Event-Signature", signature);
        assertThat(next().event().unreadable()).isNull();

        assertThat(send("/customer.deleted", "emporix-event-signature", signature, "emporix-event-signature", signature)
                        .statusCode())
                .isEqualTo(500);
        assertThat(received).isEmpty();
    }

    @Test
    void saysNothingOfARefusedRequestInItsAnswer() throws Exception {
        HttpResponse<String> answer =
                send("/customer.deleted", "emporix-event-signature", "AAAA", "X-Hostile", "reflected");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map()).doesNotContainKeys("x-hostile", "emporix-event-signature");
        assertThat(received).isEmpty();
    }

    private Received next() throws InterruptedException {
        Received next = received.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("what the route let pass").isNotNull();
        return next;
    }

    private HttpResponse<String> post(String path, String... headers) throws Exception {
        Map<String, String> signed = signer.sign(DELETED).headers();
        String[] all = Stream.concat(
                        signed.entrySet().stream().flatMap(header -> Stream.of(header.getKey(), header.getValue())),
                        Arrays.stream(headers))
                .toArray(String[]::new);
        return send(path, all);
    }

    private HttpResponse<String> send(String path, String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/webhooks/emporix" + path))
                .headers(headers)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(DELETED))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

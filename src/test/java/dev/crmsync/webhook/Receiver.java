package dev.crmsync.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import dev.crmsync.salesforce.MappingFunctions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The beans of a YAML file, in a Camel context of their own, to be handed requests one by one. */
final class Receiver implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template = context.createProducerTemplate();
    private final Map<String, Object> headers = new HashMap<>();

    private Receiver(Map<String, String> settings, Clock clock) {
        context.getRegistry().bind("clock", clock);
        MappingFunctions.all().forEach(context.getRegistry()::bind);
        EnvelopeFunctions.all().forEach(context.getRegistry()::bind);
        Properties properties = new Properties();
        properties.putAll(settings);
        context.getPropertiesComponent().setOverrideProperties(properties);
    }

    /** The beans and the first route of {@code routes/receive-<source>.camel.yaml}, up to the step that accepts. */
    static Receiver of(String source, Map<String, String> settings, Clock clock) throws Exception {
        String[] parts = Files.readString(Path.of("routes", "receive-" + source + ".camel.yaml"))
                .split("(?m)^- route:\n");
        String route = parts[1].replaceAll(
                        "platform-http:/webhooks/\\S*\n *parameters:\n *httpMethodRestrict: POST", "direct:receive")
                .replaceAll(" *routeConfigurationId: refusals\n", "")
                .replaceAll(" *- to:\n *uri: direct:accept\n", "");
        return ofYaml(parts[0] + "- route:\n" + route, settings, clock);
    }

    /** The beans and routes of that YAML; the route starts at {@code direct:receive}. */
    static Receiver ofYaml(String yaml, Map<String, String> settings, Clock clock) throws Exception {
        return new Receiver(settings, clock).started(yaml);
    }

    private Receiver started(String yaml) throws Exception {
        context.disableJMX();
        context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("receive.camel.yaml", yaml));
        try {
            context.start();
        } catch (Exception e) {
            context.stop();
            throw e;
        }
        return this;
    }

    /** Sets a header of all following requests. */
    Receiver with(String header, Object value) {
        headers.put(header, value);
        return this;
    }

    /** Sets the path of all following requests. */
    Receiver at(String path) {
        return with(Exchange.HTTP_URI, path);
    }

    /** Sends a request through the route. */
    Exchange receive(SignedRequest request) {
        return receive(request.headers(), request.body());
    }

    /** Sends a request with those headers, besides the ones set, through the route. */
    Exchange receive(Map<String, ?> further, byte[] body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        exchange.getMessage().getHeaders().putAll(headers);
        exchange.getMessage().getHeaders().putAll(further);
        return template.send("direct:receive", exchange);
    }

    /** The event of a request that must pass. */
    Event event(SignedRequest request) {
        Exchange exchange = receive(request);
        if (exchange.getException() != null) {
            throw new AssertionError("Refused", exchange.getException());
        }
        return exchange.getProperty(ExchangeProperties.EVENT, Event.class);
    }

    /** What the reader makes of an event that it is to deliver. */
    Event readAgain(Event event) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(ExchangeProperties.EVENT, event);
        exchange.getMessage().setBody(new ObjectMapper().readTree(event.payload()), JsonNode.class);
        context.getRegistry().findSingleByType(EnvelopeReader.class).process(exchange);
        return exchange.getProperty(ExchangeProperties.EVENT, Event.class);
    }

    /** Why a request is refused. */
    NotAuthenticException.Reason refusal(SignedRequest request) {
        Exchange exchange = receive(request);
        if (exchange.getException() instanceof NotAuthenticException refusal) {
            return refusal.getReason();
        }
        throw new AssertionError("Not refused, but " + exchange.getException(), exchange.getException());
    }

    CamelContext context() {
        return context;
    }

    @Override
    public void close() {
        context.stop();
    }
}

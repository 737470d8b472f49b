package dev.crmsync.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.event.Lease;
import dev.crmsync.event.Traffic;
import dev.crmsync.event.Turn;
import dev.crmsync.event.Turns;
import dev.crmsync.record.MemoryLedger;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A sandbox, and the {@code upsert:} component that writes to it over HTTP as in production. */
final class UpsertOrg implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String CONTACT = "upsert:Contact?key=Emporix_Key__c";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CamelContext camel = new DefaultCamelContext();
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory());
    private final RecordedPauses pauses;
    private final UpsertComponent component;
    private final ProducerTemplate producer;
    private final SalesforceComponent salesforce;
    private final Traffic traffic = new Traffic();
    private final Duration requestTimeout;
    private final Map<String, AsyncProducer> producers = new HashMap<>();
    private final ExecutorService logins = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();

    UpsertOrg(Clock clock) {
        this(clock, Duration.ofMillis(10), Duration.ofSeconds(30));
    }

    UpsertOrg(Clock clock, Duration linger, Duration requestTimeout) {
        this.requestTimeout = requestTimeout;
        pauses = new RecordedPauses(clock);
        salesforce = SalesforceComponents.create(camel, settings());
        camel.addComponent("salesforce", salesforce);
        component = new UpsertComponent(
                camel,
                salesforce,
                new BatchLimits(200, 1 << 20, 20, linger),
                traffic,
                pauses,
                new MemoryLedger(clock),
                meters,
                clock);
        camel.addComponent("upsert", component);
        camel.start();
        producer = camel.createProducerTemplate();
    }

    SalesforceSettings settings() {
        return new SalesforceSettings(sandbox.url(), "me", "secret", null, null, null, null, "62.0", requestTimeout);
    }

    String url() {
        return sandbox.url();
    }

    RecordedPauses pauses() {
        return pauses;
    }

    UpsertComponent component() {
        return component;
    }

    /** The calls themselves, without batching. */
    CollectionsClient client() {
        SalesforceMetrics metrics = new SalesforceMetrics(meters, new ApiUsage());
        SalesforceLogin login = new SalesforceLogin(salesforce, logins, metrics);
        return new CamelCollectionsClient(
                new SalesforceCalls(camel, login, exchange -> {}, deadlines, Duration.ofMinutes(1)));
    }

    Exchange upsert(String record) {
        return upsert(CONTACT, record, Map.of());
    }

    Exchange upsert(String uri, String record, Map<String, Object> headers) {
        return producer.request(uri, exchange -> {
            exchange.getMessage().setBody(tree(record));
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    CompletableFuture<Exchange> upsertAsync(String record) {
        return producer.asyncSend(CONTACT, exchange -> exchange.getMessage().setBody(tree(record)));
    }

    /** The exchanges of records that leave at the same moment, fewer than a full call, by key. */
    Map<String, Exchange> upsertTogether(String uri, List<String> records) {
        Map<String, String> uris = new LinkedHashMap<>();
        records.forEach(record -> uris.put(record, uri));
        return upsertTogether(uris);
    }

    /** @param uris the endpoint of each record, which this thread hands over one after the other */
    Map<String, Exchange> upsertTogether(Map<String, String> uris) {
        Turns company = new Turns(Lease.UNLIMITED, traffic);
        Turn gate = company.next();
        company.complete();
        Map<String, CompletableFuture<Exchange>> sent = new LinkedHashMap<>();
        uris.forEach((record, uri) -> {
            CompletableFuture<Exchange> end = new CompletableFuture<>();
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(tree(record));
            producers.computeIfAbsent(uri, this::started).process(exchange, doneSync -> end.complete(exchange));
            sent.put(tree(record).path("Emporix_Key__c").asText(), end);
        });
        gate.finish();
        Map<String, Exchange> answered = new LinkedHashMap<>();
        sent.forEach((key, exchange) -> answered.put(key, exchange.join()));
        return answered;
    }

    private AsyncProducer started(String uri) {
        try {
            AsyncProducer producer = camel.getEndpoint(uri).createAsyncProducer();
            producer.start();
            return producer;
        } catch (Exception e) {
            throw new AssertionError(uri, e);
        }
    }

    /** Requests that the org has counted. */
    int requests() {
        return control("GET", "", "").path("apiRequestsUsed").asInt();
    }

    /** How often faults have struck since they were last lifted. */
    int firings() {
        int fired = 0;
        for (JsonNode fault : control("GET", "/faults", "")) {
            fired += fault.path("fired").asInt();
        }
        return fired;
    }

    /** How the upsert failed. */
    SalesforceFailureException failure(String record) {
        return failure(upsert(record));
    }

    static SalesforceFailureException failure(Exchange exchange) {
        if (exchange.getException() instanceof SalesforceFailureException failure) {
            return failure;
        }
        throw new AssertionError("Not refused by Salesforce, but " + exchange.getException());
    }

    void fault(String fault) {
        control("POST", "/faults", fault);
    }

    /** No faults, no pauses, and the settings of a fresh org. */
    void heal() {
        control("DELETE", "/faults", "");
        control(
                "PUT",
                "/settings",
                "{\"quota\":5000000,\"permissionSetAssigned\":true,\"inactiveRules\":[],\"readOnlyFields\":[],"
                        + "\"duplicateRule\":\"OFF\",\"lockWaitMillis\":10000,\"malformedRows\":\"WHOLE_REQUEST\"}");
        pauses.clear();
    }

    /** The records of an object. */
    JsonNode state(String object) {
        return control("GET", "/state?object=" + object, "").path(object);
    }

    /** The writes of one record. */
    JsonNode writes(String object, String key) {
        return control("GET", "/journal?object=" + object + "&key=" + key, "");
    }

    JsonNode control(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url() + "/sandbox" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(method + " " + path + " -> " + answer.statusCode() + " " + answer.body());
            }
            return tree(answer.body().isEmpty() ? "null" : answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    @Override
    public void close() {
        camel.stop();
        logins.shutdownNow();
        deadlines.shutdownNow();
        sandbox.close();
    }
}

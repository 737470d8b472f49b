package dev.crmsync.salesforce;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.impl.DefaultCamelContext;

/** camel-salesforce as anybody would configure it at first. */
final class PlainSalesforce implements AutoCloseable {

    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate producer;

    PlainSalesforce(String url) {
        SalesforceComponent component = new SalesforceComponent(camel);
        component.setLoginUrl(url);
        component.setClientId("plain");
        component.setClientSecret("secret");
        component.setAuthenticationType(AuthenticationType.CLIENT_CREDENTIALS);
        component.setLazyLogin(true);
        component.setConfig(new SalesforceEndpointConfig());
        camel.addComponent("salesforce", component);
        camel.start();
        producer = camel.createProducerTemplate();
    }

    /** Runs an operation, given as the endpoint without its scheme. */
    Exchange run(String operation, Object body, Map<String, Object> headers) {
        return producer.request("salesforce:" + operation, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    Exchange upsertLee() {
        return run(
                "upsertSObject?sObjectName=Contact&sObjectIdName=Emporix_Key__c&rawPayload=true",
                "{\"LastName\":\"Lee\"}",
                Map.of("sObjectIdValue", "t:lee"));
    }

    CompletableFuture<Exchange> upsertLeeAsync() {
        return CompletableFuture.supplyAsync(this::upsertLee);
    }

    static SalesforceException failure(Exchange exchange) {
        for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SalesforceException failure) {
                return failure;
            }
        }
        throw new AssertionError("No SalesforceException, but " + exchange.getException());
    }

    @Override
    public void close() {
        camel.stop();
    }
}

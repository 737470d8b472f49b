package dev.crmsync.sandbox;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel's salesforce component, configured as crm-sync configures it, against a sandbox. */
final class CamelClient implements AutoCloseable {
    private final CamelContext camel = new DefaultCamelContext();

    CamelClient(String url) {
        this(url, 64_000, Map.of("maxRetries", 0, "followRedirects", false));
    }

    /**
     * As above, with other settings.
     *
     * @param idleTimeoutMillis after which it no longer waits for an answer
     * @param httpClient properties of the HTTP client
     */
    CamelClient(String url, long idleTimeoutMillis, Map<String, Object> httpClient) {
        SalesforceComponent salesforce = new SalesforceComponent();
        salesforce.setLoginUrl(url);
        salesforce.setClientId("camel");
        salesforce.setClientSecret("secret");
        salesforce.setAuthenticationType(AuthenticationType.CLIENT_CREDENTIALS);
        salesforce.setLazyLogin(true);
        SalesforceEndpointConfig config = new SalesforceEndpointConfig();
        config.setApiVersion("62.0");
        salesforce.setConfig(config);
        salesforce.setHttpClientIdleTimeout(idleTimeoutMillis);
        salesforce.setHttpRequestTimeout(idleTimeoutMillis);
        salesforce.setHttpClientProperties(new HashMap<>(httpClient));
        camel.addComponent("salesforce", salesforce);
        camel.start();
    }

    /** Runs one operation, given as the endpoint without its scheme. */
    Exchange run(String operation, Object body) {
        return run(operation, body, Map.of());
    }

    Exchange run(String operation, Object body, Map<String, Object> headers) {
        return camel.createFluentProducerTemplate()
                .to("salesforce:" + operation)
                .withBody(body)
                .withHeaders(headers)
                .request(Exchange.class);
    }

    /** The answer's body as text, of an operation that must succeed. */
    static String text(Exchange exchange) {
        if (exchange.getException() != null) {
            throw new AssertionError("The operation failed", exchange.getException());
        }
        return exchange.getMessage().getBody(String.class);
    }

    /** Why the operation failed, wherever the component hid it. */
    static SalesforceException failure(Exchange exchange) {
        for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SalesforceException salesforce) {
                return salesforce;
            }
        }
        throw new AssertionError("No SalesforceException, but " + exchange.getException());
    }

    @Override
    public void close() {
        camel.stop();
    }
}

package dev.crmsync.salesforce;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.support.jsse.KeyStoreParameters;

/** Makes the camel-salesforce component in the one configuration that loses nothing. */
public final class SalesforceComponents {

    /** Salesforce's limits for a URI and for the other headers are 16 KiB each. */
    private static final int REQUEST_HEADER_BYTES = 32 * 1024;

    private SalesforceComponents() {}

    /**
     * A component that is not started yet. It logs in with the first call, so that an unreachable Salesforce does not
     * stop the start.
     */
    public static SalesforceComponent create(CamelContext context, SalesforceSettings settings) {
        SalesforceComponent component = new SalesforceComponent(context);
        component.setLoginUrl(settings.loginUrl());
        component.setClientId(settings.clientId());
        component.setLazyLogin(true);
        SalesforceEndpointConfig config = new SalesforceEndpointConfig();
        config.setApiVersion(settings.apiVersion());
        component.setConfig(config);
        component.setHttpRequestTimeout(settings.requestTimeout().toMillis());
        component.setHttpClientIdleTimeout(settings.requestTimeout().toMillis() + 1000);
        component.setHttpClientProperties(new HashMap<>(Map.of(
                // With retries of its own, a 401 from the token endpoint hangs the caller for ever.
                "maxRetries",
                0,
                // A redirected PATCH would be repeated as a GET, and its 2xx taken for success.
                "followRedirects",
                false,
                // A query is part of the URI, for which the client has 4 KiB only.
                "requestBufferSize",
                REQUEST_HEADER_BYTES)));
        if (settings.usesJwt()) {
            component.setAuthenticationType(AuthenticationType.JWT);
            component.setUserName(settings.userName());
            component.setKeystore(keystore(settings));
            component.setJwtAudience(settings.jwtAudience());
        } else {
            component.setAuthenticationType(AuthenticationType.CLIENT_CREDENTIALS);
            component.setClientSecret(settings.clientSecret());
        }
        return component;
    }

    private static KeyStoreParameters keystore(SalesforceSettings settings) {
        KeyStoreParameters keystore = new KeyStoreParameters();
        keystore.setResource("file:" + settings.keystore());
        keystore.setPassword(settings.keystorePassword());
        keystore.setType("PKCS12");
        return keystore;
    }
}

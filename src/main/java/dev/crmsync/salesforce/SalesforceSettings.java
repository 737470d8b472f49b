package dev.crmsync.salesforce;

import java.time.Duration;

/**
 * How to reach the org.
 *
 * @param loginUrl the org's My Domain URL, such as {@code https://acme.my.salesforce.com}
 * @param clientId the External Client App's consumer key
 * @param clientSecret its secret for the client credentials flow; null with a key store
 * @param userName the integration user of the JWT flow; null with a client secret
 * @param keystore path of the PKCS12 key store of the JWT flow; null with a client secret
 * @param keystorePassword its password
 * @param jwtAudience {@code https://login.salesforce.com}, or {@code https://test.salesforce.com} for a sandbox org
 * @param apiVersion such as {@code 62.0}
 * @param requestTimeout longest wait for one answer
 */
public record SalesforceSettings(
        String loginUrl,
        String clientId,
        String clientSecret,
        String userName,
        String keystore,
        String keystorePassword,
        String jwtAudience,
        String apiVersion,
        Duration requestTimeout) {

    /** Salesforce allows a call 10 minutes; a batch of 200 with triggers takes seconds. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(64);

    public static final String DEFAULT_API_VERSION = "62.0";

    boolean usesJwt() {
        return keystore != null;
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return loginUrl + " as " + clientId + " (API " + apiVersion + ")";
    }
}

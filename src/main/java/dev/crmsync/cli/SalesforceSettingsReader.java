package dev.crmsync.cli;

import dev.crmsync.salesforce.SalesforceSettings;
import java.net.URI;
import java.util.regex.Pattern;

/** Reads how to reach a real org. */
final class SalesforceSettingsReader {

    private static final String EXAMPLE = "https://acme.my.salesforce.com";
    private static final Pattern API_VERSION = Pattern.compile("\\d{2,3}\\.0");

    private SalesforceSettingsReader() {}

    static SalesforceSettings read(SettingsReader settings, boolean dev) {
        String loginUrl = settings.required("crm.salesforce.login-url", "the org's My Domain, such as " + EXAMPLE);
        if (loginUrl != null) {
            loginUrl = dev
                    ? settings.url("crm.salesforce.login-url", loginUrl, EXAMPLE)
                    : settings.secureUrl("crm.salesforce.login-url", loginUrl, EXAMPLE);
        }
        String clientId = settings.required("crm.salesforce.client-id", "the External Client App's consumer key");
        String keystore = settings.optional("crm.salesforce.keystore").orElse(null);
        String clientSecret = keystore == null
                ? settings.required(
                        "crm.salesforce.client-secret",
                        "the External Client App's secret; or crm.salesforce.keystore for the JWT flow")
                : null;
        return new SalesforceSettings(
                loginUrl,
                clientId,
                clientSecret,
                keystore == null ? null : settings.required("crm.salesforce.username", "the integration user"),
                keystore,
                keystore == null
                        ? null
                        : settings.required("crm.salesforce.keystore-password", "opens crm.salesforce.keystore"),
                settings.text("crm.salesforce.jwt-audience", audience(loginUrl)),
                settings.read(
                        "crm.salesforce.api-version",
                        SalesforceSettings.DEFAULT_API_VERSION,
                        "a version such as 62.0",
                        value -> {
                            if (!API_VERSION.matcher(value).matches()) {
                                throw new IllegalArgumentException();
                            }
                            return value;
                        }),
                settings.duration("crm.salesforce.request-timeout", SalesforceSettings.DEFAULT_REQUEST_TIMEOUT));
    }

    /** Production orgs have My Domain hosts without a sandbox part, or use the common login host. */
    static boolean isProductionOrg(String loginUrl) {
        String host = URI.create(loginUrl).getHost();
        return host.equals("login.salesforce.com")
                || host.endsWith(".my.salesforce.com") && !host.contains("--") && !host.contains(".sandbox.");
    }

    private static String audience(String loginUrl) {
        return loginUrl == null || isProductionOrg(loginUrl)
                ? "https://login.salesforce.com"
                : "https://test.salesforce.com";
    }
}
